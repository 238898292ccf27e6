from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_duplicate_days = fields.Integer(related="company_id.paper_duplicate_days", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_change_days = fields.Integer(related="company_id.paper_change_days", readonly=False)

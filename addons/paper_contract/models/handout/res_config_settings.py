from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_copy_read_days = fields.Integer(related="company_id.paper_copy_read_days", readonly=False)

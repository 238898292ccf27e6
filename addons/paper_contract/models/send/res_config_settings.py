from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_sign_link_days = fields.Integer(related="company_id.paper_sign_link_days", readonly=False)
    paper_read_link_days = fields.Integer(related="company_id.paper_read_link_days", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_inspected_days = fields.Integer(related="company_id.paper_inspected_days", readonly=False)
    paper_inspected_least = fields.Integer(related="company_id.paper_inspected_least", readonly=False)
    paper_inspected_spread = fields.Float(related="company_id.paper_inspected_spread", readonly=False)

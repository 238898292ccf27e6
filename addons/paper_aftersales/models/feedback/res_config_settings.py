from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_general_days = fields.Integer(related="company_id.paper_general_days", readonly=False)
    paper_claim_days_visible = fields.Integer(related="company_id.paper_claim_days_visible", readonly=False)
    paper_claim_days_hidden = fields.Integer(related="company_id.paper_claim_days_hidden", readonly=False)
    paper_remedy_limit = fields.Float(related="company_id.paper_remedy_limit", readonly=False)

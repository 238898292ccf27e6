from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_legal_review_days = fields.Integer(related="company_id.paper_legal_review_days", readonly=False)
    paper_change_days = fields.Integer(related="company_id.paper_change_days", readonly=False)
    paper_sign_link_days = fields.Integer(related="company_id.paper_sign_link_days", readonly=False)
    paper_copy_read_days = fields.Integer(related="company_id.paper_copy_read_days", readonly=False)
    paper_contract_retention_years = fields.Integer(
        related="company_id.paper_contract_retention_years", readonly=False
    )
    paper_read_link_days = fields.Integer(related="company_id.paper_read_link_days", readonly=False)
    paper_gapless_numbers = fields.Boolean(related="company_id.paper_gapless_numbers", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_credit_validity_months = fields.Integer(
        related="company_id.paper_credit_validity_months", readonly=False
    )

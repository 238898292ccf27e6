from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_contract_retention_years = fields.Integer(
        related="company_id.paper_contract_retention_years", readonly=False
    )

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_invoice_signed_only = fields.Boolean(related="company_id.paper_invoice_signed_only", readonly=False)

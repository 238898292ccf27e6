from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_invoice_signed_only = fields.Boolean(
        string="Invoice Signed Deliveries Only",
        help="Goods are billed once the customer has signed for them; otherwise as soon as they leave, and corrected "
        "by what was accepted.",
    )

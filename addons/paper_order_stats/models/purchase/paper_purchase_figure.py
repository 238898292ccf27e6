from odoo import fields, models

RATIOS = {
    "price_per_tonne": ("ordered_amount", "ordered_kg", 1000),
    "first_percent": ("first_kept_count", "first_due_count", 100),
    "last_percent": ("last_kept_count", "last_due_count", 100),
    "returned_percent": ("returned_kg", "received_kg", 100),
}


class PaperPurchaseFigure(models.AbstractModel):
    """The columns that facts of purchases and their months have in common: ordered on the day of the approval, received and
    returned when the goods moved, billed on the date of the bill, due on the day that was promised first, and last."""

    _name = "paper.purchase.figure"
    _description = "Figures of Purchases"

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Supplier", readonly=True)
    user_id = fields.Many2one("res.users", string="Buyer", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    category_id = fields.Many2one("product.category", string="Product Category", readonly=True)

    line_count = fields.Integer(string="Items Ordered", readonly=True)
    ordered_kg = fields.Float(string="Ordered (kg)", readonly=True, help="What is bought by weight.")
    received_kg = fields.Float(string="Received (kg)", readonly=True)
    returned_kg = fields.Float(string="Returned to Supplier (kg)", readonly=True, help="Rejected receipts that went back.")
    receipt_count = fields.Integer(string="Receipts", readonly=True)
    return_count = fields.Integer(string="Receipts Sent Back", readonly=True)
    first_due_count = fields.Integer(string="Due by First Promise", readonly=True)
    first_kept_count = fields.Integer(
        string="First Promise Kept", readonly=True, help="All received by the day that was promised first."
    )
    last_due_count = fields.Integer(string="Due by Last Promise", readonly=True)
    last_kept_count = fields.Integer(string="Last Promise Kept", readonly=True)
    ordered_amount = fields.Monetary(string="Ordered Amount, Untaxed", readonly=True)
    billed_amount = fields.Monetary(string="Billed Amount, Untaxed", readonly=True)
    price_per_tonne = fields.Monetary(string="Price per Tonne", readonly=True, aggregator="avg")
    first_percent = fields.Float(string="On Time, First Promise (%)", readonly=True, aggregator="avg")
    last_percent = fields.Float(string="On Time, Last Promise (%)", readonly=True, aggregator="avg")
    returned_percent = fields.Float(string="Sent Back (%)", readonly=True, aggregator="avg")
    currency_id = fields.Many2one("res.currency", readonly=True)

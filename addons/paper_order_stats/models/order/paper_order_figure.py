from odoo import api, fields, models

from .paper_order_report import AMOUNT_READERS


class PaperOrderFigure(models.AbstractModel):
    """The columns that facts of orders and their months have in common. Every measure stands on the day named at it:
    ordered when the order was confirmed, cancelled when it was cancelled, shipped and returned when the goods moved,
    invoiced on the date of the invoice, due on the delivery date of the line.
    """

    _name = "paper.order.figure"
    _description = "Figures of Orders"
    _figure_ratios = {
        "price_per_tonne": ("ordered_amount", "ordered_kg", 1000),
        "on_time_percent": ("on_time_count", "due_count", 100),
    }

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    region_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    medium_id = fields.Many2one("utm.medium", string="Medium", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    grade_id = fields.Many2one("paper.grade", readonly=True)
    spec_id = fields.Many2one("paper.spec", string="Specification", readonly=True)
    paper_format = fields.Selection([("reel", "Reel"), ("sheet", "Sheet")], string="Format", readonly=True)
    basis_weight = fields.Integer(string="Basis Weight (g/m²)", readonly=True, aggregator=None)
    paper_order_type = fields.Selection(selection="_order_types", string="Order Type", readonly=True)
    is_counted = fields.Boolean(
        string="Counted as Sales", readonly=True, help="Not samples, the mill's own stock, nor frameworks beside their call-offs."
    )

    line_count = fields.Integer(string="Items Ordered", readonly=True)
    ordered_kg = fields.Float(string="Ordered (kg)", readonly=True, help="On the day the order was confirmed.")
    cancelled_kg = fields.Float(
        string="Cancelled (kg)", readonly=True, help="On the day the order was cancelled: what had not left by then."
    )
    shipped_kg = fields.Float(string="Shipped (kg)", readonly=True, help="On the day the goods left.")
    returned_kg = fields.Float(string="Returned (kg)", readonly=True, help="On the day the goods came back.")
    backlog_kg = fields.Float(
        string="Change of Backlog (kg)",
        readonly=True,
        help="Ordered, less cancelled and shipped; summed over all days up to one it is the backlog of that day. What"
        " stays within"
        " the agreed tolerance leaves the backlog with the last shipment.",
    )
    due_count = fields.Integer(string="Items Due", readonly=True, help="On the delivery date of the item.")
    in_full_count = fields.Integer(string="Delivered in Full", readonly=True)
    on_time_count = fields.Integer(string="In Full and on Time", readonly=True)
    on_time_percent = fields.Float(string="OTIF (%)", readonly=True, aggregator="avg")
    ordered_amount = fields.Monetary(string="Ordered Amount, Untaxed", readonly=True, groups=AMOUNT_READERS)
    cancelled_amount = fields.Monetary(string="Cancelled Amount, Untaxed", readonly=True, groups=AMOUNT_READERS)
    invoiced_amount = fields.Monetary(
        string="Invoiced Amount, Untaxed",
        readonly=True,
        groups=AMOUNT_READERS,
        help="On the date of the posted invoice or credit note.",
    )
    price_per_tonne = fields.Monetary(string="Price per Tonne", readonly=True, aggregator="avg", groups=AMOUNT_READERS)
    currency_id = fields.Many2one("res.currency", readonly=True)

    @api.model
    def _order_types(self):
        return self.env["sale.order"]._fields["paper_order_type"]._description_selection(self.env)

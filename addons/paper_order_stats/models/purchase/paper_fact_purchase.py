from odoo import api, fields, models
from odoo.tools import SQL

from ...lib.fact import Event, Watch
from .paper_purchase_figure import RATIOS


class PaperFactPurchase(models.Model):
    """What happened to the items of confirmed purchase orders (R8.1.3): ordered, received, returned, billed, due."""

    _name = "paper.fact.purchase"
    _inherit = ["paper.fact.mixin", "paper.purchase.figure"]
    _description = "Purchase Figures"
    _auto = False
    _log_access = False
    _rec_name = "order_id"
    _figure_ratios = RATIOS
    _figure_quantiles = {"lead_p50": ("lead_days", 0.5), "lead_p90": ("lead_days", 0.9)}

    _fact_table = "purchase_order"
    _fact_documents = ("picking_id", "bill_id", "order_id")
    _fact_month = "paper.fact.purchase.month"
    _fact_slice = ("company_id", "month", "partner_id")

    event = fields.Selection(
        [
            ("ordered", "Ordered"),
            ("received", "Received"),
            ("returned", "Returned"),
            ("billed", "Billed"),
            ("first", "Due by First Promise"),
            ("last", "Due by Last Promise"),
        ],
        string="What Happened",
        readonly=True,
    )
    order_id = fields.Many2one("purchase.order", string="Purchase Order", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="Receipt", readonly=True)
    bill_id = fields.Many2one("account.move", string="Bill", readonly=True)
    orders = fields.Integer(string="Purchase Orders", readonly=True, aggregator="count_distinct")
    lead_days = fields.Integer(
        string="Lead Time (days)", readonly=True, aggregator="avg", help="From the approval to the receipt."
    )
    lead_p50 = fields.Float(
        string="Lead Time P50 (days)", readonly=True, aggregator="avg", help="Half of the receipts took no longer."
    )
    lead_p90 = fields.Float(
        string="Lead Time P90 (days)", readonly=True, aggregator="avg", help="Nine of ten receipts took no longer."
    )

    def _fact_watches(self):
        line = "SELECT line.order_id FROM changed JOIN purchase_order_line line ON line.id = changed.{}"
        return [
            Watch("purchase_order", "SELECT id FROM changed"),
            Watch("purchase_order_line", "SELECT order_id FROM changed"),
            Watch("paper_purchase_promise", line.format("line_id")),
            Watch(
                "stock_move",
                line.format("purchase_line_id"),
                ("state", "quantity", "product_uom", "date", "purchase_line_id", "location_id", "location_dest_id"),
            ),
            Watch("account_move_line", line.format("purchase_line_id"), ("balance", "move_id", "purchase_line_id")),
            Watch(
                "account_move",
                "SELECT line.order_id FROM changed JOIN account_move_line item ON item.move_id = changed.id"
                " JOIN purchase_order_line line ON line.id = item.purchase_line_id",
                ("state", "invoice_date", "date"),
            ),
        ]

    def _days_over(self):
        return SQL(
            """
            SELECT line.order_id AS id FROM purchase_order_line line
              JOIN purchase_order ord ON ord.id = line.order_id AND ord.state = 'purchase'
              LEFT JOIN paper_purchase_promise promise ON promise.line_id = line.id
             WHERE line.date_planned BETWEEN now() AT TIME ZONE 'UTC' - interval '8 days'
                 AND now() AT TIME ZONE 'UTC' + interval '1 day'
                OR promise.first_on BETWEEN now() AT TIME ZONE 'UTC' - interval '8 days'
                    AND now() AT TIME ZONE 'UTC' + interval '1 day'
            """
        )

    def _fact_with(self, only):
        due, first = SQL("line.date_planned"), SQL("COALESCE(promise.first_on, line.date_planned)")
        return SQL(
            """
            %(kilogram)s,
            item AS MATERIALIZED (
                SELECT ord.id AS document_id, ord.id AS order_id, ord.company_id, company.currency_id, ord.user_id,
                    line.id AS line_id,
                       partner.commercial_partner_id AS partner_id, line.product_id, template.categ_id AS category_id,
                           calendar.tz,
                       %(ordered_on)s AS ordered_on, %(last_on)s AS last_on, %(first_on)s AS first_on, %(today)s AS today,
                       %(kg)s AS kg, line.price_subtotal / COALESCE(NULLIF(ord.currency_rate, 0), 1) AS amount,
                       line.product_qty AS quantity, came.net, came.by_first, came.by_last
                  FROM purchase_order ord
                  JOIN purchase_order_line line ON line.order_id = ord.id AND line.display_type IS NULL
                  JOIN res_company company ON company.id = ord.company_id
                  JOIN res_partner partner ON partner.id = ord.partner_id
                  JOIN product_product product ON product.id = line.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = line.product_uom_id
                 CROSS JOIN kilogram
                  LEFT JOIN paper_purchase_promise promise ON promise.line_id = line.id
                  LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
                  LEFT JOIN LATERAL (
                      SELECT SUM(%(signed)s) AS net, SUM(%(signed)s) FILTER (WHERE %(day)s <= %(first_on)s) AS by_first,
                             SUM(%(signed)s) FILTER (WHERE %(day)s <= %(last_on)s) AS by_last
                        FROM stock_move move
                        JOIN stock_location origin ON origin.id = move.location_id
                        JOIN stock_location target ON target.id = move.location_dest_id
                        JOIN uom_uom unit ON unit.id = move.product_uom
                       WHERE move.purchase_line_id = line.id AND move.state = 'done'
                         AND (origin.usage = 'supplier') != (target.usage = 'supplier')
                  ) came ON TRUE
                 WHERE ord.state = 'purchase' AND ord.date_approve IS NOT NULL AND %(only)s
            )
            """,
            kilogram=super()._fact_with(only),
            ordered_on=self._day(SQL("ord.date_approve")),
            last_on=self._day(due),
            first_on=self._day(first),
            today=self._day(SQL("(now() AT TIME ZONE 'UTC')")),
            kg=self._kilograms(SQL("line.product_qty"), SQL("uom")),
            day=self._day(SQL("move.date")),
            signed=SQL("move.quantity * unit.factor / uom.factor * CASE WHEN origin.usage = 'supplier' THEN 1 ELSE -1 END"),
            only=only(SQL("ord.id")),
        )

    def _fact_events(self, only):
        names = ("document_id", "order_id", "company_id", "currency_id", "user_id", "partner_id", "product_id", "category_id")
        same = {name: SQL.identifier("item", name) for name in names}
        line = SQL("item.line_id")
        return {
            "ordered": Event(
                line,
                {
                    **same,
                    "date": SQL("item.ordered_on"),
                    "line_count": SQL("1"),
                    "ordered_kg": SQL("item.kg"),
                    "ordered_amount": SQL("item.amount"),
                    "orders": SQL("item.order_id"),
                },
                SQL("item"),
            ),
            "first": self._due(same, "first"),
            "last": self._due(same, "last"),
            **self._moved(same),
            "billed": Event(
                SQL("posting.id"),
                {
                    **same,
                    "date": SQL("COALESCE(bill.invoice_date, bill.date)"),
                    "bill_id": SQL("bill.id"),
                    "billed_amount": SQL("posting.balance"),
                },
                SQL(
                    "item JOIN account_move_line posting ON posting.purchase_line_id = item.line_id"
                    " JOIN account_move bill ON bill.id = posting.move_id AND bill.state = 'posted'"
                ),
            ),
        }

    @api.model
    def _due(self, same, which):
        day, came = SQL.identifier("item", f"{which}_on"), SQL.identifier("item", f"by_{which}")
        kept = SQL("COALESCE(%s, 0) >= item.quantity - 0.001", came)
        values = {
            **same,
            "date": day,
            f"{which}_due_count": SQL("1"),
            f"{which}_kept_count": SQL("CASE WHEN %s THEN 1 ELSE 0 END", kept),
        }
        over = SQL(
            "item.quantity > 0 AND %s IS NOT NULL AND (%s < item.today OR COALESCE(item.net, 0) >= item.quantity - 0.001)",
            day,
            day,
        )
        return Event(SQL("item.line_id"), values, SQL("item WHERE %s", over))

    def _moved(self, same):
        weight = self._kilograms(SQL("move.quantity"), SQL("unit"))
        day = self._day(SQL("move.date"), "item")
        moved = {**same, "date": day, "picking_id": SQL("move.picking_id")}
        source = SQL(
            """
            item JOIN stock_move move ON move.purchase_line_id = item.line_id AND move.state = 'done'
            JOIN stock_location origin ON origin.id = move.location_id
            JOIN stock_location target ON target.id = move.location_dest_id
            JOIN uom_uom unit ON unit.id = move.product_uom
            CROSS JOIN kilogram
            """
        )
        came = SQL("%s WHERE origin.usage = 'supplier' AND target.usage != 'supplier'", source)
        went = SQL("%s WHERE target.usage = 'supplier' AND origin.usage != 'supplier'", source)
        received = {**moved, "received_kg": weight, "receipt_count": SQL("1"), "lead_days": SQL("%s - item.ordered_on", day)}
        return {
            "received": Event(SQL("move.id"), received, came),
            "returned": Event(SQL("move.id"), {**moved, "returned_kg": weight, "return_count": SQL("1")}, went),
        }

from odoo import api, fields, models
from odoo.addons.paper_base.lib.order_types import types_with
from odoo.tools import SQL

from ...lib.fact import POSTCODES, Event, Watch

DIMENSIONS = (
    "document_id",
    "order_id",
    "order_line_id",
    "company_id",
    "currency_id",
    "partner_id",
    "country_id",
    "region_id",
    "user_id",
    "team_id",
    "medium_id",
    "product_id",
    "grade_id",
    "spec_id",
    "paper_format",
    "basis_weight",
    "paper_order_type",
    "is_counted",
)


class PaperFactOrder(models.Model):
    """What happened to the lines of confirmed paper orders (R8.1.1): ordered, cancelled, shipped, returned, invoiced, due."""

    _name = "paper.fact.order"
    _inherit = ["paper.fact.mixin", "paper.order.figure"]
    _description = "Order Figures"
    _auto = False
    _log_access = False
    _rec_name = "order_id"
    _figure_ratios = {
        "price_per_tonne": ("ordered_amount", "ordered_kg", 1000),
        "on_time_percent": ("on_time_count", "due_count", 100),
    }

    _fact_table = "sale_order"
    _fact_documents = ("picking_id", "invoice_id", "order_id")
    _fact_month = "paper.fact.order.month"
    _fact_slice = ("company_id", "month", "partner_id")

    event = fields.Selection(
        [
            ("ordered", "Ordered"),
            ("cancelled", "Cancelled"),
            ("shipped", "Shipped"),
            ("returned", "Returned"),
            ("settled", "Settled Within Tolerance"),
            ("invoiced", "Invoiced"),
            ("due", "Due"),
        ],
        string="What Happened",
        readonly=True,
    )
    order_id = fields.Many2one("sale.order", string="Order", readonly=True, aggregator=None)
    order_line_id = fields.Many2one("sale.order.line", readonly=True)
    picking_id = fields.Many2one("stock.picking", string="Delivery", readonly=True)
    invoice_id = fields.Many2one("account.move", string="Invoice", readonly=True)
    orders = fields.Integer(string="Orders", readonly=True, aggregator="count_distinct", help="Confirmed orders.")
    customers = fields.Integer(string="Customers", readonly=True, aggregator="count_distinct", help="Who ordered.")
    products = fields.Integer(string="Products", readonly=True, aggregator="count_distinct", help="Products that were ordered.")
    specs = fields.Integer(string="Specifications", readonly=True, aggregator="count_distinct", help="Of what was ordered.")

    def _fact_watches(self):
        line = "SELECT line.order_id FROM changed JOIN sale_order_line line ON line.id = changed.{}"
        invoiced = (
            "SELECT line.order_id FROM changed JOIN account_move_line item ON item.{} = changed.id"
            " JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = item.id"
            " JOIN sale_order_line line ON line.id = rel.order_line_id"
        )
        return [
            Watch("sale_order", "SELECT id FROM changed"),
            Watch("sale_order_line", "SELECT order_id FROM changed"),
            Watch(
                "stock_move",
                line.format("sale_line_id"),
                ("state", "quantity", "product_uom", "date", "sale_line_id", "location_id", "location_dest_id", "to_refund"),
            ),
            Watch(
                "sale_order_line_invoice_rel",
                "SELECT line.order_id FROM changed JOIN sale_order_line line ON line.id = changed.order_line_id",
            ),
            Watch("account_move", invoiced.format("move_id"), ("state", "invoice_date", "date", "move_type")),
            Watch("account_move_line", invoiced.format("id"), ("balance", "move_id")),
            Watch("res_partner", self._orders_of_partners(), ("state_id", "zip", "country_id", "commercial_partner_id")),
            Watch(
                "paper_spec",
                line.replace("line.id = changed.{}", "line.paper_spec_id = changed.id"),
                ("grade_id", "format", "basis_weight", "tolerance_minus"),
            ),
            Watch(
                "mail_tracking_value",
                "SELECT message.res_id FROM changed JOIN mail_message message ON message.id = changed.mail_message_id"
                " AND message.model = 'sale.order'",
            ),
        ]

    @api.model
    def _orders_of_partners(self):
        return (
            "SELECT ord.id FROM changed JOIN res_partner partner ON partner.id = changed.id OR"
            " partner.commercial_partner_id = changed.id"
            " JOIN sale_order ord ON ord.partner_id = partner.id OR ord.partner_shipping_id = partner.id"
        )

    def _days_over(self):
        """Lines that fell due in the last days: whether they came in time is known now."""
        return SQL(
            """
            SELECT line.order_id AS id FROM sale_order_line line JOIN sale_order ord ON ord.id = line.order_id
             WHERE ord.state = 'sale' AND COALESCE(line.paper_commitment_date, ord.commitment_date)
                   BETWEEN now() AT TIME ZONE 'UTC' - interval '8 days' AND now() AT TIME ZONE 'UTC' + interval '1 day'
            """
        )

    # Reading

    @api.model
    def _provinces(self):
        """Return the provinces of China by the first two figures of a postcode, as rows of SQL."""
        rows = []
        for (first, last), letters in POSTCODES.items():
            state = self.env.ref(f"base.state_cn_{letters}", raise_if_not_found=False)
            if state:
                rows += [SQL("(%s, %s)", f"{number:02}", state.id) for number in range(int(first), int(last) + 1)]
        return SQL(", ").join(rows) if rows else SQL("('', NULL::int)")

    def _fact_with(self, only):
        confirmed = SQL("(ord.state = 'sale' OR ord.state = 'cancel' AND (past.confirmed OR shipped.net > 0))")
        rate = SQL("COALESCE(NULLIF(ord.currency_rate, 0), 1)")
        dimensions = SQL(", ").join(SQL("%s AS %s", value, SQL.identifier(name)) for name, value in self._dimension_sql().items())
        return SQL(
            """
            %(kilogram)s,
            china AS (SELECT id FROM res_country WHERE code = 'CN'),
            province (postcode, state_id) AS (VALUES %(provinces)s),
            item AS MATERIALIZED (
                SELECT %(dimensions)s, line.id AS line_id, ord.state, calendar.tz,
                       %(ordered_on)s AS ordered_on,
                       %(cancelled_on)s AS cancelled_on,
                       %(due_on)s AS due_on,
                       %(now)s AS today,
                       shipped.net, shipped.in_time, shipped.last_on,
                       CASE WHEN %(is_made)s THEN line.paper_weight_kg ELSE 0 END AS kg,
                       CASE WHEN %(is_sold)s THEN line.price_subtotal / %(rate)s ELSE 0 END AS amount,
                       line.product_uom_qty AS quantity, %(kg_of_unit)s AS unit_kg,
                       line.product_uom_qty * (1 - COALESCE(spec.tolerance_minus, 0) / 100) - 0.001 AS enough
                  FROM %(tables)s
                 WHERE line.display_type IS NULL AND (spec.id IS NOT NULL OR template.is_paper) AND %(confirmed)s AND %(only)s
            )
            """,
            kilogram=super()._fact_with(only),
            provinces=self._provinces(),
            dimensions=dimensions,
            ordered_on=self._day(SQL("ord.date_order")),
            cancelled_on=self._day(SQL("COALESCE(past.cancelled_on, ord.date_order)")),
            due_on=self._day(SQL("COALESCE(line.paper_commitment_date, ord.commitment_date)")),
            now=self._day(SQL("(now() AT TIME ZONE 'UTC')")),
            is_made=SQL("ord.paper_order_type NOT IN %s", types_with("destination", "nowhere")),
            is_sold=SQL("ord.paper_order_type NOT IN %s", types_with("destination", "stock", "nowhere")),
            rate=rate,
            kg_of_unit=self._kilograms(SQL("1"), SQL("uom")),
            tables=self._item_tables(),
            confirmed=confirmed,
            only=only(SQL("ord.id")),
        )

    def _dimension_sql(self):
        """Return ``{dimension: SQL}``. Override to add those of another addon."""
        return {
            "document_id": SQL("ord.id"),
            "order_id": SQL("ord.id"),
            "order_line_id": SQL("line.id"),
            "company_id": SQL("ord.company_id"),
            "currency_id": SQL("company.currency_id"),
            "partner_id": SQL("partner.commercial_partner_id"),
            "country_id": SQL("COALESCE(place.country_id, customer.country_id)"),
            "region_id": SQL("COALESCE(place.state_id, province.state_id, customer.state_id)"),
            "user_id": SQL("ord.user_id"),
            "team_id": SQL("ord.team_id"),
            "medium_id": SQL("ord.medium_id"),
            "product_id": SQL("line.product_id"),
            "grade_id": SQL("COALESCE(spec.grade_id, template.paper_grade_id)"),
            "spec_id": SQL("spec.id"),
            "paper_format": SQL("spec.format"),
            "basis_weight": SQL("ROUND(spec.basis_weight)"),
            "paper_order_type": SQL("ord.paper_order_type"),
            "is_counted": SQL("ord.paper_order_type NOT IN %s", types_with("counted", False)),
        }

    def _item_tables(self):
        return SQL(
            """
            sale_order ord
            JOIN sale_order_line line ON line.order_id = ord.id
            JOIN res_company company ON company.id = ord.company_id
            JOIN res_partner partner ON partner.id = ord.partner_id
            JOIN res_partner customer ON customer.id = partner.commercial_partner_id
            JOIN uom_uom uom ON uom.id = line.product_uom_id
            JOIN product_product product ON product.id = line.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            CROSS JOIN kilogram
            LEFT JOIN res_partner place ON place.id = ord.partner_shipping_id
            LEFT JOIN province ON place.country_id IN (SELECT id FROM china) AND province.postcode = LEFT(place.zip, 2)
            LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
            LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
            LEFT JOIN LATERAL (%(past)s) past ON ord.state = 'cancel'
            LEFT JOIN LATERAL (%(shipped)s) shipped ON TRUE
            """,
            past=self._past_of_cancelled(),
            shipped=self._shipped_of_line(),
        )

    def _past_of_cancelled(self):
        """Return the query of when a cancelled order was cancelled, and whether it had been confirmed: its own history says so,
        in whatever language it was written."""
        return SQL(
            """
            SELECT MAX(message.date) FILTER (WHERE label.value = 'cancel'
                AND label.word = tracking.new_value_char) AS cancelled_on,
                   COALESCE(BOOL_OR(label.value = 'sale'), FALSE) AS confirmed
              FROM mail_message message
              JOIN mail_tracking_value tracking ON tracking.mail_message_id = message.id
              JOIN (SELECT DISTINCT selection.field_id, selection.value, word.value AS word
                      FROM ir_model_fields_selection selection
                      JOIN ir_model_fields field ON field.id = selection.field_id AND field.model = 'sale.order'
                          AND field.name = 'state'
                     CROSS JOIN LATERAL jsonb_each_text(selection.name) word) label
                ON label.field_id = tracking.field_id AND label.word IN (tracking.old_value_char, tracking.new_value_char)
             WHERE message.model = 'sale.order' AND message.res_id = ord.id
            """
        )

    def _shipped_of_line(self):
        """Return the query of what left for the customer, less what came back, in the line's own unit."""
        due = self._day(SQL("COALESCE(line.paper_commitment_date, ord.commitment_date)"))
        day = self._day(SQL("move.date"))
        quantity = SQL("move.quantity * unit.factor / uom.factor")
        return SQL(
            """
            SELECT SUM(CASE WHEN target.usage = 'customer' THEN %(quantity)s
                            WHEN move.to_refund THEN -(%(quantity)s) ELSE 0 END) AS net,
                   SUM(%(quantity)s) FILTER (WHERE target.usage = 'customer' AND COALESCE(%(day)s <= %(due)s, TRUE)) AS in_time,
                   MAX(%(day)s) AS last_on
              FROM stock_move move
              JOIN stock_location origin ON origin.id = move.location_id
              JOIN stock_location target ON target.id = move.location_dest_id
              JOIN uom_uom unit ON unit.id = move.product_uom
             WHERE move.sale_line_id = line.id AND move.state = 'done'
                 AND (origin.usage = 'customer') != (target.usage = 'customer')
            """,
            quantity=quantity,
            day=day,
            due=due,
        )

    def _fact_events(self, only):
        same = {name: SQL.identifier("item", name) for name in self._dimension_sql()}
        line = SQL("item.line_id")
        rest = SQL("item.kg * GREATEST(0, 1 - COALESCE(item.net, 0) / NULLIF(item.quantity, 0))")
        in_full = SQL("(item.quantity > 0 AND COALESCE(item.net, 0) >= item.enough)")
        events = {
            "ordered": Event(
                line,
                {
                    **same,
                    "date": SQL("item.ordered_on"),
                    "line_count": SQL("1"),
                    "ordered_kg": SQL("item.kg"),
                    "backlog_kg": SQL("item.kg"),
                    "ordered_amount": SQL("item.amount"),
                    "orders": SQL("item.order_id"),
                    "customers": SQL("item.partner_id"),
                    "products": SQL("item.product_id"),
                    "specs": SQL("item.spec_id"),
                },
                SQL("item"),
            ),
            "cancelled": Event(
                line,
                {
                    **same,
                    "date": SQL("item.cancelled_on"),
                    "cancelled_kg": rest,
                    "backlog_kg": SQL("-(%s)", rest),
                    "cancelled_amount": SQL("item.amount * GREATEST(0, 1 - COALESCE(item.net, 0) / NULLIF(item.quantity, 0))"),
                },
                SQL("item WHERE item.state = 'cancel'"),
            ),
            "settled": Event(
                line,
                {**same, "date": SQL("item.last_on"), "backlog_kg": SQL("item.net * item.unit_kg - item.kg")},
                SQL("item WHERE item.state = 'sale' AND %s AND item.net * item.unit_kg != item.kg", in_full),
            ),
            "due": Event(
                line,
                {
                    **same,
                    "date": SQL("COALESCE(item.due_on, item.last_on)"),
                    "due_count": SQL("1"),
                    "in_full_count": SQL("CASE WHEN %s THEN 1 ELSE 0 END", in_full),
                    "on_time_count": SQL("CASE WHEN %s AND COALESCE(item.in_time, 0) >= item.enough THEN 1 ELSE 0 END", in_full),
                },
                SQL(
                    "item WHERE item.state = 'sale' AND item.quantity > 0 AND COALESCE(item.due_on, item.last_on) IS NOT NULL"
                    " AND (item.due_on < item.today OR %s)",
                    in_full,
                ),
            ),
        }
        return {**events, **self._moved(same), "invoiced": self._invoiced(same)}

    def _moved(self, same):
        weight = self._kilograms(SQL("move.quantity"), SQL("unit"))
        moved = {**same, "date": self._day(SQL("move.date"), "item"), "picking_id": SQL("move.picking_id")}
        source = """
            item JOIN stock_move move ON move.sale_line_id = item.line_id AND move.state = 'done'
            JOIN stock_location origin ON origin.id = move.location_id
            JOIN stock_location target ON target.id = move.location_dest_id
            JOIN uom_uom unit ON unit.id = move.product_uom
            CROSS JOIN kilogram
            """
        out, back = (
            SQL("WHERE target.usage = 'customer' AND origin.usage != 'customer'"),
            SQL("WHERE origin.usage = 'customer' AND target.usage != 'customer'"),
        )
        reopened = SQL("CASE WHEN move.to_refund THEN %s ELSE 0 END", weight)
        return {
            "shipped": Event(
                SQL("move.id"),
                {**moved, "shipped_kg": weight, "backlog_kg": SQL("-(%s)", weight)},
                SQL("%s %s", SQL(source), out),
            ),
            "returned": Event(
                SQL("move.id"), {**moved, "returned_kg": weight, "backlog_kg": reopened}, SQL("%s %s", SQL(source), back)
            ),
        }

    def _invoiced(self, same):
        return Event(
            SQL("rel.order_line_id || '-' || posting.id"),
            {
                **same,
                "date": SQL("COALESCE(invoice.invoice_date, invoice.date)"),
                "invoice_id": SQL("invoice.id"),
                "invoiced_amount": SQL("-posting.balance / shared.lines"),
            },
            SQL(
                """
                item JOIN sale_order_line_invoice_rel rel ON rel.order_line_id = item.line_id
                JOIN account_move_line posting ON posting.id = rel.invoice_line_id
                JOIN account_move invoice ON invoice.id = posting.move_id AND invoice.state = 'posted'
                JOIN LATERAL (SELECT COUNT(*) AS lines FROM sale_order_line_invoice_rel other WHERE other.invoice_line_id =
                    posting.id) shared ON TRUE
                """
            ),
        )

from odoo import fields, models
from odoo.addons.paper_base.lib.order_types import types_with
from odoo.tools import SQL

# Who reads what orders are worth; the other departments count lines and kilograms.
AMOUNT_READERS = "paper_base.group_sales,paper_base.group_finance,paper_base.group_management,paper_base.group_paper_overview"


class PaperOrderReport(models.Model):
    """What became of every line of every paper order: ordered, confirmed, produced, delivered, and its
    amount. Read from the documents themselves whenever somebody looks (R8.1.1); nothing is stored.

    Glue addons add columns through :meth:`_select_columns` and :meth:`_from_tables`.
    """

    _name = "paper.order.report"
    _description = "Order Statistics"
    _auto = False
    _rec_name = "order_id"
    _order = "date_order desc, id desc"

    order_id = fields.Many2one("sale.order", string="Orders", readonly=True, aggregator="count_distinct")
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date_order = fields.Datetime(string="Order Date", readonly=True)
    commitment_date = fields.Datetime(string="Delivery Date", readonly=True, help="Of the line: its own, or the order's.")
    promised_date = fields.Datetime(readonly=True, help="What the mill promised for the line.")
    state = fields.Selection(
        [("draft", "Quotation"), ("sent", "Quotation Sent"), ("sale", "Sales Order"), ("cancel", "Cancelled")],
        string="Status",
        readonly=True,
    )
    paper_order_type = fields.Selection(
        lambda self: self.env["sale.order"]._fields["paper_order_type"]._description_selection(self.env),
        string="Order Type",
        readonly=True,
    )
    is_counted = fields.Boolean(
        string="Counted as Sales", readonly=True, help="Not samples, the mill's own stock, nor frameworks beside their call-offs."
    )
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    region_id = fields.Many2one("res.country.state", string="Region", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    medium_id = fields.Many2one("utm.medium", string="Channel", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    grade_id = fields.Many2one("paper.grade", readonly=True)
    spec_id = fields.Many2one("paper.spec", string="Specification", readonly=True)
    paper_format = fields.Selection([("reel", "Reel"), ("sheet", "Sheet")], string="Format", readonly=True)
    basis_weight = fields.Float(string="Basis Weight (g/m²)", readonly=True, aggregator="avg")
    line_count = fields.Integer(string="Lines", readonly=True, aggregator="sum")
    ordered_kg = fields.Float(string="Ordered (kg)", digits=(16, 3), readonly=True)
    confirmed_kg = fields.Float(string="Confirmed (kg)", digits=(16, 3), readonly=True)
    produced_kg = fields.Float(string="Produced (kg)", digits=(16, 3), readonly=True)
    delivered_kg = fields.Float(string="Delivered (kg)", digits=(16, 3), readonly=True)
    due_count = fields.Integer(
        string="Lines Due", readonly=True, help="Confirmed lines whose delivery date is over, or which are delivered in full."
    )
    in_full_count = fields.Integer(
        string="Delivered in Full", readonly=True, help="Lines due of which all is delivered, within the agreed tolerance."
    )
    on_time_count = fields.Integer(
        string="In Full and on Time",
        readonly=True,
        help="Lines due of which all left by their own delivery date, within the agreed tolerance.",
    )
    amount = fields.Monetary(string="Amount, Untaxed", readonly=True, groups=AMOUNT_READERS)
    confirmed_amount = fields.Monetary(string="Confirmed Amount, Untaxed", readonly=True, groups=AMOUNT_READERS)

    _depends = {
        "sale.order": [
            "state",
            "date_order",
            "commitment_date",
            "partner_id",
            "partner_shipping_id",
            "user_id",
            "team_id",
            "medium_id",
            "company_id",
            "currency_rate",
            "is_paper_order",
            "paper_order_type",
        ],
        "sale.order.line": [
            "product_id",
            "product_uom_id",
            "qty_delivered",
            "price_subtotal",
            "display_type",
            "paper_spec_id",
            "paper_weight_kg",
            "product_uom_qty",
            "paper_commitment_date",
            "paper_promised_date",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["is_paper", "paper_grade_id"],
        "paper.spec": ["grade_id", "format", "basis_weight", "tolerance_minus"],
        "mrp.production": ["sale_line_id", "product_id"],
        "stock.move": [
            "production_id",
            "sale_line_id",
            "product_id",
            "state",
            "quantity",
            "product_uom",
            "date",
            "location_dest_id",
        ],
        "stock.location": ["usage"],
        "resource.calendar": ["tz"],
        "res.partner": ["commercial_partner_id", "country_id", "state_id", "zip"],
    }

    @property
    def _table_query(self):
        columns = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name)) for name, expression in self._select_columns().items()
        )
        return SQL("%s SELECT %s FROM %s WHERE %s", self._with_tables(), columns, self._from_tables(), self._where())

    def _select_columns(self):
        """Return ``{column: SQL}``. Override to add the columns of another addon."""
        return {
            "id": SQL("line.id"),
            "order_id": SQL("ord.id"),
            "company_id": SQL("ord.company_id"),
            "currency_id": SQL("company.currency_id"),
            "date_order": SQL("ord.date_order"),
            "commitment_date": self._due(),
            "promised_date": SQL("line.paper_promised_date"),
            "state": SQL("ord.state"),
            "paper_order_type": SQL("ord.paper_order_type"),
            "is_counted": SQL("ord.paper_order_type NOT IN %s", types_with("counted", False)),
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
            "basis_weight": SQL("spec.basis_weight"),
            "line_count": SQL("1"),
            "ordered_kg": SQL(
                "CASE WHEN %s THEN line.paper_weight_kg * CASE WHEN ord.state IN ('sale', 'cancel') THEN %s ELSE 1 END"
                " ELSE 0 END",
                self._is_made(),
                self._agreed(),
            ),
            "confirmed_kg": SQL("CASE WHEN %s THEN line.paper_weight_kg * %s ELSE 0 END", self._is_made(), self._agreed()),
            "produced_kg": SQL("COALESCE(produced.kg, 0)"),
            "delivered_kg": SQL(
                "CASE WHEN %s THEN COALESCE(line.qty_delivered, 0) * uom.factor / kilogram.factor ELSE 0 END",
                self._is_weight(SQL("uom")),
            ),
            "due_count": SQL("CASE WHEN %s THEN 1 ELSE 0 END", self._is_due()),
            "in_full_count": SQL("CASE WHEN ord.state = 'sale' AND %s THEN 1 ELSE 0 END", self._is_in_full()),
            "on_time_count": SQL(
                "CASE WHEN ord.state = 'sale' AND %s AND left_in_time.product_qty >= %s THEN 1 ELSE 0 END",
                self._is_in_full(),
                self._enough(),
            ),
            "amount": SQL(
                "CASE WHEN %s THEN line.price_subtotal / COALESCE(NULLIF(ord.currency_rate, 0), 1)"
                " * CASE WHEN ord.state IN ('sale', 'cancel') THEN %s ELSE 1 END ELSE 0 END",
                self._is_sold(),
                self._agreed(),
            ),
            "confirmed_amount": SQL(
                "CASE WHEN %s THEN line.price_subtotal / COALESCE(NULLIF(ord.currency_rate, 0), 1) * %s ELSE 0 END",
                self._is_sold(),
                self._agreed(),
            ),
        }

    def _is_made(self):
        """Return the condition that an order asks for paper by itself: what a framework agrees on is asked for by call-offs."""
        return SQL("ord.paper_order_type NOT IN %s", types_with("destination", "nowhere"))

    def _is_sold(self):
        """Return the condition that somebody else pays for an order."""
        return SQL("ord.paper_order_type NOT IN %s", types_with("destination", "stock", "nowhere"))

    def _agreed(self):
        """Return the share of a line that holds: all of a confirmed one, of a cancelled one what had left by then."""
        return SQL(
            "CASE ord.state WHEN 'sale' THEN 1 WHEN 'cancel'"
            " THEN COALESCE(LEAST(1, GREATEST(0, line.qty_delivered / NULLIF(line.product_uom_qty, 0))), 0) ELSE 0 END"
        )

    # Delivered in full, and on time (R8.1.1), by line

    def _due(self):
        """Return the moment at which a line is due: its own date, or its order's."""
        return SQL("COALESCE(line.paper_commitment_date, ord.commitment_date)")

    def _day(self, moment):
        """Return the day of a moment where the mill stands."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE COALESCE(calendar.tz, 'UTC'))::date", moment)

    def _enough(self):
        """Return the least quantity of a line that counts as all of it, in its unit of measure."""
        return SQL("line.product_uom_qty * (1 - COALESCE(spec.tolerance_minus, 0) / 100) - 0.001")

    def _is_in_full(self):
        return SQL("line.product_uom_qty > 0 AND COALESCE(line.qty_delivered, 0) >= %s", self._enough())

    def _is_due(self):
        now = SQL("now() AT TIME ZONE 'UTC'")
        over = SQL("COALESCE(%s < %s, FALSE)", self._day(self._due()), self._day(now))
        return SQL("ord.state = 'sale' AND line.product_uom_qty > 0 AND (%s OR %s)", over, self._is_in_full())

    def _with_tables(self):
        """Return the WITH clause: what is counted per order line before it is joined.

        By order too, so that PostgreSQL takes the filter on an order into it.
        """
        return SQL(
            """
            WITH kilogram AS (SELECT factor, parent_path FROM uom_uom WHERE id = %(kilogram)s),
            china AS (SELECT id FROM res_country WHERE code = 'CN'),
            province (postcode, state_id) AS (VALUES %(provinces)s),
            produced AS (
                SELECT ordered.order_id, mo.sale_line_id, SUM(move.quantity * unit.factor / kilogram.factor) AS kg
                  FROM mrp_production mo
                  JOIN sale_order_line ordered ON ordered.id = mo.sale_line_id
                  JOIN stock_move move ON move.production_id = mo.id AND move.product_id = mo.product_id
                  JOIN uom_uom unit ON unit.id = move.product_uom
                 CROSS JOIN kilogram
                 WHERE move.state = 'done' AND %(is_weight)s
                 GROUP BY ordered.order_id, mo.sale_line_id
            )
            """,
            kilogram=self.env.ref("uom.product_uom_kgm").id,
            is_weight=self._is_weight(SQL("unit")),
            provinces=self.env["paper.fact.order"]._provinces(),
        )

    def _is_weight(self, uom):
        """Return the condition that a unit of measure is a weight: only like units are summed."""
        return SQL("split_part(%s.parent_path, '/', 1) = split_part(kilogram.parent_path, '/', 1)", uom)

    def _from_tables(self):
        """Return the FROM clause. Override to join the tables of another addon."""
        return SQL(
            """
            sale_order_line line
            JOIN sale_order ord ON ord.id = line.order_id
            JOIN res_company company ON company.id = ord.company_id
            JOIN res_partner partner ON partner.id = ord.partner_id
            JOIN res_partner customer ON customer.id = partner.commercial_partner_id
            JOIN uom_uom uom ON uom.id = line.product_uom_id
            JOIN product_product product ON product.id = line.product_id
            JOIN product_template template ON template.id = product.product_tmpl_id
            LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
            CROSS JOIN kilogram
            LEFT JOIN res_partner place ON place.id = ord.partner_shipping_id
            LEFT JOIN province ON place.country_id IN (SELECT id FROM china) AND province.postcode = LEFT(place.zip, 2)
            LEFT JOIN produced ON produced.order_id = ord.id AND produced.sale_line_id = line.id
            LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
            LEFT JOIN LATERAL (%(left_in_time)s) left_in_time ON TRUE
            """,
            left_in_time=self._left_in_time(),
        )

    def _left_in_time(self):
        """Return the query of what left for the customer by the day on which the line is due, in the line's own unit.

        Asked of each line by its own moves alone; a line without a date has no day to be late for.
        """
        return SQL(
            """
            SELECT SUM(move.quantity * unit.factor / uom.factor) AS product_qty
              FROM stock_move move
              JOIN stock_location place ON place.id = move.location_dest_id AND place.usage = 'customer'
              JOIN uom_uom unit ON unit.id = move.product_uom
             WHERE move.sale_line_id = line.id AND move.state = 'done'
               AND COALESCE(%s <= %s, TRUE)
            """,
            self._day(SQL("move.date")),
            self._day(self._due()),
        )

    def _where(self):
        """Return the WHERE clause: lines of paper; one that has no specification yet counts, but weighs nothing."""
        return SQL("line.display_type IS NULL AND (spec.id IS NOT NULL OR template.is_paper)")

    def action_open_order(self):
        """Open the order behind a row."""
        self.ensure_one()
        return self.order_id._get_records_action()

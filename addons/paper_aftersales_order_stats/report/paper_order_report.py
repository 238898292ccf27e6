from odoo import fields, models
from odoo.tools import SQL


class PaperOrderReport(models.Model):
    _inherit = "paper.order.report"

    feedback_count = fields.Integer(string="Feedback", readonly=True)
    serious_count = fields.Integer(string="Serious Feedback", readonly=True)

    _depends = {
        "helpdesk.ticket": ["sale_order_id", "sale_order_line_id", "severity", "active", "stage_id"],
        "helpdesk.ticket.stage": ["paper_unfounded"],
    }

    def _select_columns(self):
        return {
            **super()._select_columns(),
            "feedback_count": self._feedback_column(SQL.identifier("feedback")),
            "serious_count": self._feedback_column(SQL.identifier("serious")),
        }

    def _feedback_column(self, column):
        # Feedback on a line counts there; feedback on the order as a whole counts once, on its first line. That is asked
        # of orders with such feedback only. A window over the lines of an order would number the lines of all orders
        # before PostgreSQL could pick those of one.
        return SQL(
            "COALESCE(on_line.%(column)s, 0)"
            " + CASE WHEN on_order.order_id IS NOT NULL AND line.id = (%(first)s) THEN on_order.%(column)s ELSE 0 END",
            column=column,
            first=self._first_line(SQL("on_order.order_id")),
        )

    def _from_tables(self):
        # Both by order: what is asked of one order is then asked of its tickets alone, by their index.
        return SQL(
            """
            %s
            LEFT JOIN (%s) on_line ON on_line.order_id = ord.id AND on_line.line_id = line.id
            LEFT JOIN (%s) on_order ON on_order.order_id = ord.id
            """,
            super()._from_tables(),
            self._feedback_by(SQL(", ordered.id"), SQL(", ordered.id AS line_id"), SQL("ordered.paper_spec_id IS NOT NULL")),
            self._feedback_by(SQL(""), SQL(""), SQL("ordered.paper_spec_id IS NULL")),
        )

    def _feedback_by(self, key, column, condition):
        return SQL(
            """
            SELECT ticket.sale_order_id AS order_id%(column)s,
                   COUNT(*) AS feedback,
                   COUNT(*) FILTER (WHERE ticket.severity = 'serious') AS serious
              FROM helpdesk_ticket ticket
              LEFT JOIN sale_order_line ordered ON ordered.id = ticket.sale_order_line_id
             WHERE ticket.active AND ticket.sale_order_id IS NOT NULL AND %(condition)s AND %(counts)s
             GROUP BY ticket.sale_order_id%(key)s
            """,
            key=key,
            column=column,
            condition=condition,
            counts=self.env["helpdesk.ticket"]._paper_counts_sql(SQL("ticket")),
        )

    def _first_line(self, order):
        """Return the first line of an order that the report shows: feedback on the order as a whole counts there, once."""
        return SQL(
            """
            SELECT MIN(line.id)
              FROM sale_order_line line
              JOIN product_product product ON product.id = line.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
             WHERE line.order_id = %s AND %s
            """,
            order,
            self._where(),
        )

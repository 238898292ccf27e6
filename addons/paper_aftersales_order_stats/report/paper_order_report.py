from odoo import fields, models
from odoo.tools import SQL


class PaperOrderReport(models.Model):
    _inherit = "paper.order.report"

    feedback_count = fields.Integer(string="Feedback", readonly=True)
    serious_count = fields.Integer(string="Serious Feedback", readonly=True)

    _depends = {"helpdesk.ticket": ["sale_order_id", "sale_order_line_id", "severity", "active"]}

    def _select_columns(self):
        # Feedback on a line counts there; feedback on the order as a whole counts once, on its first line.
        return {
            **super()._select_columns(),
            "feedback_count": self._feedback_column(SQL.identifier("feedback")),
            "serious_count": self._feedback_column(SQL.identifier("serious")),
        }

    def _feedback_column(self, column):
        return SQL(
            "COALESCE(on_line.%s, 0) + CASE WHEN line.id = MIN(line.id) OVER (PARTITION BY line.order_id)"
            " THEN COALESCE(on_order.%s, 0) ELSE 0 END",
            column,
            column,
        )

    def _from_tables(self):
        return SQL(
            """
            %s
            LEFT JOIN (%s) on_line ON on_line.id = line.id
            LEFT JOIN (%s) on_order ON on_order.id = ord.id
            """,
            super()._from_tables(),
            self._feedback_by(SQL("ticket.sale_order_line_id"), SQL("ordered.paper_spec_id IS NOT NULL")),
            self._feedback_by(SQL("ticket.sale_order_id"), SQL("ordered.paper_spec_id IS NULL")),
        )

    def _feedback_by(self, key, condition):
        return SQL(
            """
            SELECT %(key)s AS id, COUNT(*) AS feedback, COUNT(*) FILTER (WHERE ticket.severity = 'serious') AS serious
              FROM helpdesk_ticket ticket
              LEFT JOIN sale_order_line ordered ON ordered.id = ticket.sale_order_line_id
             WHERE ticket.active AND ticket.sale_order_id IS NOT NULL AND %(condition)s
             GROUP BY 1
            """,
            key=key,
            condition=condition,
        )

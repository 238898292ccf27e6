from odoo import fields, models
from odoo.addons.paper_order_stats.lib.fact import Event, Watch
from odoo.tools import SQL


class PaperFactCase(models.Model):
    """Feedback of customers on the day it came and on the day it was closed (R7.3.2, R8.1.1); what was unfounded is none."""

    _name = "paper.fact.case"
    _inherit = ["paper.fact.customer.mixin"]
    _description = "Feedback Figures"
    _auto = False
    _log_access = False
    _rec_name = "ticket_id"
    _fact_table = "helpdesk_ticket"
    _fact_documents = ("ticket_id",)

    event = fields.Selection([("came", "Came"), ("closed", "Closed")], string="What Happened", readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="Feedback", readonly=True)
    came_count = fields.Integer(string="Came", readonly=True)
    serious_count = fields.Integer(string="Serious", readonly=True)
    closed_count = fields.Integer(string="Closed", readonly=True)
    days = fields.Integer(string="Days to Close", readonly=True, aggregator="avg")

    def _fact_watches(self):
        columns = (
            "severity",
            "active",
            "stage_id",
            "closed_date",
            "create_date",
            "sale_order_id",
            "sale_order_line_id",
            "partner_id",
            "company_id",
        )
        stage = "SELECT ticket.id FROM changed JOIN helpdesk_ticket ticket ON ticket.stage_id = changed.id"
        return [
            Watch("helpdesk_ticket", "SELECT id FROM changed", columns),
            Watch("helpdesk_ticket_stage", stage, ("paper_unfounded",)),
        ]

    def _fact_events(self, only):
        same = {
            "document_id": SQL("ticket.id"),
            "ticket_id": SQL("ticket.id"),
            "company_id": SQL("company.id"),
            "currency_id": SQL("company.currency_id"),
            "order_id": SQL("ticket.sale_order_id"),
            "partner_id": SQL("COALESCE(partner.commercial_partner_id, partner.id)"),
            "product_id": SQL("line.product_id"),
            "grade_id": SQL("spec.grade_id"),
        }
        source = SQL(
            """
            helpdesk_ticket ticket
            LEFT JOIN sale_order ord ON ord.id = ticket.sale_order_id
            JOIN res_company company ON company.id = COALESCE(ticket.company_id, ord.company_id)
            LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
            LEFT JOIN res_partner partner ON partner.id = ticket.partner_id
            LEFT JOIN sale_order_line line ON line.id = ticket.sale_order_line_id
            LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
            WHERE ticket.active AND %s AND %s
            """,
            self.env["helpdesk.ticket"]._paper_counts_sql(SQL("ticket")),
            only(SQL("ticket.id")),
        )
        came, closed = self._day(SQL("ticket.create_date")), self._day(SQL("ticket.closed_date"))
        serious = SQL("CASE WHEN ticket.severity = 'serious' THEN 1 ELSE 0 END")
        return {
            "came": Event(SQL("ticket.id"), {**same, "date": came, "came_count": SQL("1"), "serious_count": serious}, source),
            "closed": Event(
                SQL("ticket.id"),
                {**same, "date": closed, "closed_count": SQL("1"), "days": SQL("%s - %s", closed, came)},
                SQL("%s AND ticket.closed_date IS NOT NULL", source),
            ),
        }

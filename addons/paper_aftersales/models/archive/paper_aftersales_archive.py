from odoo import fields, models
from odoo.tools import SQL

from ..feedback.paper_defect import GROUPS


class PaperAftersalesArchive(models.Model):
    """The archive of after-sales: each feedback and each visit as one line, found by customer, period, roll, defect and words
    (R7.3.1). Sales look through the feedback of their customers, quality through everything."""

    _name = "paper.aftersales.archive"
    _description = "After-sales Archive"
    _auto = False
    _order = "day desc, id desc"
    _rec_name = "number"

    kind = fields.Selection([("ticket", "Feedback"), ("visit", "Quality Visit")], readonly=True)
    ticket_id = fields.Many2one("helpdesk.ticket", string="Feedback", readonly=True)
    visit_id = fields.Many2one("paper.quality.visit", string="Quality Visit", readonly=True)
    number = fields.Char(readonly=True)
    name = fields.Char(string="Title", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    order_id = fields.Many2one("sale.order", string="Sales Order", readonly=True)
    lots = fields.Char(string="Rolls", readonly=True, help="Rolls and pallets that it names.")
    defect_id = fields.Many2one("paper.defect", string="Defect", readonly=True)
    defect_group = fields.Selection(GROUPS, string="Group of Defects", readonly=True)
    severity = fields.Selection([("general", "General"), ("serious", "Serious")], readonly=True)
    day = fields.Datetime(string="Came on", readonly=True)
    closed_on = fields.Datetime(readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True)
    words = fields.Text(string="What Was Reported", readonly=True)
    result = fields.Text(string="Result", readonly=True)
    is_open = fields.Boolean(string="Open", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT ticket.id * 2 AS id, 'ticket' AS kind, ticket.id AS ticket_id, NULL::int AS visit_id,
                   ticket.number, ticket.name,
                   ticket.company_id, COALESCE(ticket.commercial_partner_id, ticket.partner_id) AS partner_id,
                   ticket.sale_order_id AS order_id,
                   concat_ws(' ', lot.name, (SELECT string_agg(rolled.name, ' ') FROM paper_claim_roll roll
                                               JOIN stock_lot rolled ON rolled.id = roll.lot_id
                                              WHERE roll.ticket_id = ticket.id)) AS lots,
                   ticket.defect_id, ticket.defect_group, ticket.severity, ticket.create_date AS day,
                   ticket.closed_date AS closed_on,
                   ticket.user_id, ticket.description AS words, ticket.solution AS result,
                   NOT COALESCE(stage.closed, FALSE) AS is_open
              FROM helpdesk_ticket ticket
              LEFT JOIN helpdesk_ticket_stage stage ON stage.id = ticket.stage_id
              LEFT JOIN stock_lot lot ON lot.id = ticket.lot_id
             WHERE ticket.active
            UNION ALL
            SELECT visit.id * 2 + 1, 'visit', NULL, visit.id, visit.name, visit.name, visit.company_id,
                   COALESCE(party.commercial_partner_id, visit.partner_id), visit.order_id, NULL, NULL, NULL, NULL,
                   COALESCE(visit.visited_on, visit.planned_date)::timestamp, visit.visited_on::timestamp, visit.visitor_id,
                   concat_ws(E'\n', visit.use, visit.quality), visit.suggestions, visit.state = 'planned'
              FROM paper_quality_visit visit
              LEFT JOIN res_partner party ON party.id = visit.partner_id
             WHERE visit.state <> 'cancelled'
            """
        )

    def action_open_document(self):
        """Open the feedback or the visit."""
        self.ensure_one()
        return (self.ticket_id or self.visit_id)._get_records_action()

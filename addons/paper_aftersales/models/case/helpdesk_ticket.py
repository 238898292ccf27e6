from odoo import api, fields, models

# What of a case the departments that are asked do not read.
HEARERS = "helpdesk_mgmt.group_helpdesk_user"


class HelpdeskTicket(models.Model):
    """What became of a case: meetings, decisions, settlements, and what it cost (R7.1.2)."""

    _inherit = "helpdesk.ticket"

    meeting_ids = fields.One2many("paper.case.meeting", "ticket_id", string="Meetings", groups=HEARERS)
    decision_ids = fields.One2many("paper.case.decision", "ticket_id", string="Decisions", groups=HEARERS)
    settlement_ids = fields.One2many("paper.case.settlement", "ticket_id", string="Settlements", groups=HEARERS)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost_settled = fields.Monetary(
        string="Settled with the Customer", compute="_compute_cost", store=True, groups=HEARERS,
        help="Credit, price reduction and compensation, in the company's currency.",
    )  # fmt: skip
    cost_other = fields.Monetary(
        string="Freight, Tests and Travel", groups=HEARERS, by_hand={"open": ()},
        help="What the complaint cost beside, in the company's currency.",
    )  # fmt: skip
    cost = fields.Monetary(string="Cost of the Complaint", compute="_compute_cost", store=True, groups=HEARERS)
    open_question_text = fields.Char(
        string="Waiting for", compute="_compute_open_question_text", compute_sudo=True, groups="base.group_user",
        help="The departments that have not answered yet.",
    )  # fmt: skip

    @api.depends("settlement_ids.amount", "settlement_ids.state", "cost_other")
    def _compute_cost(self):
        for ticket in self:
            counted = ticket.settlement_ids.filtered(lambda rec: rec.state not in ("cancelled", "declined"))
            ticket.cost_settled = sum(counted.mapped("amount"))
            ticket.cost = ticket.cost_settled + ticket.cost_other

    @api.depends("question_ids.answered_on", "question_ids.group_id")
    @api.depends_context("lang")
    def _compute_open_question_text(self):
        for ticket in self:
            waiting = ticket.question_ids.filtered(lambda question: not question.answered_on)
            ticket.open_question_text = ", ".join(waiting.mapped("department"))

    def _decided(self):
        """Put the decision into the record of the ticket, for everybody who follows it."""
        # sudo: the record is written whoever decides
        for ticket in self.sudo():
            decision = ticket.decision_ids[:1]
            body = self.env._("Decision: %(text)s", text=decision.text)
            ticket.message_post(body=body, author_id=self.env.user.partner_id.id, subtype_xmlid="mail.mt_note")

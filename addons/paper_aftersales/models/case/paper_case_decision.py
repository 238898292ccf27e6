from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import CaseDecisionError, CaseDecisionRightError
from ..feedback.helpdesk_ticket import REMEDIES

SALES = "paper_base.group_sales"
MANAGEMENT = "paper_base.group_management"
DECIDERS = (SALES, MANAGEMENT)


class PaperCaseDecision(models.Model):
    """What the mill offers the customer for a complaint: the remedy, up to which amount, who sees to it until when (R7.1.2).
    Sales decide general feedback within their limit; everything else the management, of a serious case after the departments
    have met. A decision stays; another one follows it.
    """

    _name = "paper.case.decision"
    _description = "Decision about a Complaint"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _step_field = "remedy"
    _all_by_steps = True
    _evidence_states = "ever"
    _field_error = CaseDecisionError
    _locked_error = CaseDecisionError

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="restrict", index=True, by_hand={"new": DECIDERS})
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    remedy = fields.Selection(REMEDIES, required=True, by_hand={"new": DECIDERS})
    text = fields.Text(
        string="Decision", required=True, by_hand={"new": DECIDERS}, help="In the words that the customer is told."
    )
    limit = fields.Monetary(
        string="Up to", by_hand={"new": DECIDERS}, help="Amount in the company's currency; settlements stay within it."
    )
    responsible_id = fields.Many2one(
        "res.users", required=True, domain=[("share", "=", False)], by_hand={"new": DECIDERS},
        default=lambda self: self.env.user, ondelete="restrict",
    )  # fmt: skip
    due_date = fields.Date(string="Until", by_hand={"new": DECIDERS})
    decided_by_id = fields.Many2one("res.users", string="Decided by", required=True, default=lambda self: self.env.user)
    decided_on = fields.Datetime(string="Decided on", required=True, default=fields.Datetime.now)
    done_on = fields.Datetime(string="Done on")
    settlement_ids = fields.One2many("paper.case.settlement", "decision_id", string="Settlements")
    settled = fields.Monetary(compute="_compute_settled", help="Of the settlements so far, in the company's currency.")

    _limit_positive = models.Constraint('CHECK("limit" >= 0)', "A limit cannot be negative.")

    @api.depends("settlement_ids.amount", "settlement_ids.state")
    def _compute_settled(self):
        for decision in self:
            decision.settled = sum(decision.settlement_ids.filtered(lambda rec: rec.state != "cancelled").mapped("amount"))

    @api.depends("ticket_id", "remedy")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["remedy"]._description_selection(self.env))
        for decision in self:
            decision.display_name = f"{decision.ticket_id.number}: {names.get(decision.remedy, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        decisions = super().create(vals_list)
        for decision in decisions:
            decision._check_decided()
            if decision.due_date:
                company = decision.company_id
                days = max(company._paper_work_calendar().working_days_between(company._paper_today(), decision.due_date), 0)
                decision._clock_start(days)
        for decision in decisions:
            decision._clock_tell(decision.responsible_id, decision._clock_words, kind="decided")
        decisions.ticket_id._decided()
        return decisions

    def _check_decided(self):
        """Refuse a decision by somebody who may not take it, or before the departments have met (R7.1.2).

        :raises CaseDecisionRightError: sales above their limit or about a serious complaint
        :raises CaseDecisionError: a serious case without a meeting with minutes, or a decision without words
        """
        self.ensure_one()
        # sudo: the rule is the same whatever the user may read
        ticket = self.sudo().ticket_id
        ticket._check_case_open()
        words = {"ticket": ticket.number}
        if not said(self.text):
            raise CaseDecisionError(self.env._("Ticket %(ticket)s: write down what is decided.", **words))
        if self._is_one_of((MANAGEMENT,)):
            pass
        elif ticket.severity == "serious":
            raise CaseDecisionRightError(self.env._("Ticket %(ticket)s is serious: the management decides on it.", **words))
        elif self.limit > self.company_id.paper_remedy_limit:
            raise CaseDecisionRightError(
                self.env._(
                    "Ticket %(ticket)s: sales settle up to %(limit)s; beyond that the management decides.",
                    limit=f"{self.company_id.paper_remedy_limit:,.2f}",
                    **words,
                )
            )
        if ticket.severity == "serious" and not ticket.meeting_ids.filtered(lambda rec: rec.state == "held"):
            raise CaseDecisionError(
                self.env._("Ticket %(ticket)s is serious: the departments meet first; write down the minutes.", **words)
            )

    def action_done(self):
        """Note that the decision is carried out; who is responsible, or the management."""
        for decision in self:
            if self.env.user != decision.responsible_id and not self._is_one_of((MANAGEMENT,)):
                raise CaseDecisionRightError(self.env._("%(name)s carries this decision out.", name=decision.responsible_id.name))
        # sudo: who may was asked above
        self.sudo()._by_step().write({"done_on": fields.Datetime.now()})
        self._clock_stop()
        self.env["res.company"]._paper_told(self)
        return True

    def _clock_users(self):
        return self.responsible_id

    def _clock_summary(self):
        return self.env._("Carry out: %(decision)s", decision=self.display_name)

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from .paper_contract import LEGAL

_lt = LazyTranslate(__name__)


class PaperContractReview(models.Model):
    """One round of the legal review of a contract. It opens when sales submits the draft and has its own
    deadline in working days; legal accepts the contract or returns it with an opinion, and nobody who wrote in
    the contract may decide. Rounds are never changed afterwards (R4.1.2).
    """

    _name = "paper.contract.review"
    _description = "Legal Review of a Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.contract.part", "paper.deadline.mixin"]
    _order = "contract_id, round desc"
    _rec_name = "contract_id"
    _reason_steps = {
        "action_return": ReasonStep(
            _lt("Return the Contract"),
            hint=_lt("What sales has to amend, clause by clause."),
            label=_lt("Opinion"),
            keyword="opinion",
        )
    }

    _all_by_steps = True
    _kept = True
    _step_field = "result"
    # Who decides is of legal or stands in for somebody there, see _check_can_decide.
    _steps = {
        "open": {"accepted": (), "returned": (), "withdrawn": ()},
        "accepted": {},
        "returned": {},
        "withdrawn": {},
    }
    _entering = {
        "accepted": Entering(by="reviewer_id", on="decided_on", then="_end"),
        "returned": Entering(by="reviewer_id", on="decided_on", then="_end"),
        "withdrawn": Entering(on="decided_on", then="_end"),
    }

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    order_id = fields.Many2one(related="contract_id.order_id")
    partner_id = fields.Many2one(related="contract_id.partner_id")
    currency_id = fields.Many2one(related="contract_id.currency_id")
    amount_total = fields.Monetary(related="contract_id.amount_total", string="Amount")
    round = fields.Integer(readonly=True)
    result = fields.Selection(
        [("open", "Open"), ("accepted", "Accepted"), ("returned", "Returned"), ("withdrawn", "Withdrawn")],
        required=True,
        readonly=True,
        default="open",
        index=True,
        tracking=True,
    )
    opinion = fields.Text(readonly=True, help="What legal asks sales to amend.")
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", readonly=True)
    reviewer_id = fields.Many2one("res.users", string="Decided by", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide")
    contract_text = fields.Html(
        compute="_compute_contract_text", sanitize=False, help="The contract as it would be printed now, to decide beside it."
    )

    @api.depends("contract_id.clause_ids.text", "contract_id.state")
    def _compute_contract_text(self):
        for review in self:
            # sudo: whoever reads the review reads its contract's text, whatever of the order they may read
            contract = review.sudo().contract_id
            review.contract_text = contract._text_html() if contract else False

    def _is_drafter(self):
        self.ensure_one()
        # sudo: the rule holds for whoever asks
        return self.env.user in self.sudo().contract_id.drafter_ids | self.sudo().submitted_by_id

    # Steps

    def action_accept(self):
        """Accept the contract: it may be sent to be signed. Legal only, not who drafted it (R4.1.2)."""
        self._check_can_decide()
        for review in self:
            review.contract_id._take_step("reviewed")
            review._decide("accepted")
        return True

    def action_return(self, opinion=None):
        """Return the contract to sales with what has to be amended. Legal only, not who drafted it (R4.1.2).

        Where no opinion on a clause is open, a text has to say what to amend; a dialog asks for it.
        """
        self._check_can_decide()
        if not said(opinion) and not all(review.open_opinions for review in self):
            self.ensure_one()
            return self.env["paper.reason.wizard"]._ask(self, "action_return")
        for review in self:
            review._decide("returned", said(opinion) or review._opinions_summary())
            contract = review.contract_id
            contract._follow_to("draft")
            contract._log(
                self.env._(
                    "Legal returned the contract (round %(round)s): %(opinion)s",
                    round=review.round,
                    opinion=review.opinion,
                )
            )
            contract._tell(contract._drafters(), lambda rec: rec.env._("Amend the contract"))
        return True

    def _opinions_summary(self):
        """Return the open opinions on clauses in a line each."""
        self.ensure_one()
        waiting = self.opinion_ids.filtered(lambda opinion: opinion.state == "open")
        return "\n".join(waiting.mapped("display_name"))

    def _decide(self, result, opinion=False):
        return self._take_step(result, opinion=opinion)

    def _withdraw(self):
        """Close the open rounds without a decision, because the contract goes back or is given up."""
        rounds = self.filtered(lambda review: review.result == "open")
        if rounds:
            rounds._follow_to("withdrawn")

    def _end(self):
        self._clock_stop()
        for company, rounds in self.grouped("company_id").items():
            # What sales was asked for the round is not asked any more.
            company._paper_told(rounds.contract_id, "opinions")

    def _tell_legal(self):
        """Put the open rounds before legal; ends with the decision, or when it is somebody else's turn."""
        for review in self:
            review._clock_company()._paper_tell(
                (review._clock_users(), LEGAL), review, review._clock_words, deadline=review.deadline_date
            )

    # Clock

    def _clock_users(self):
        return self._clock_company()._paper_department_users("paper_base.group_legal")

    def _clock_summary(self):
        return self.env._(
            "Legal review of contract %(contract)s, round %(round)s", contract=self.contract_id.name, round=self.round
        )

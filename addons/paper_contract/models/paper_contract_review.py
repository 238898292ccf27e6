from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ..exceptions import ContractImmutableError

_lt = LazyTranslate(__name__)


class PaperContractReview(models.Model):
    """One round of the legal review of a contract. It opens when sales submits the draft and has its own
    deadline in working days; legal accepts the contract or returns it with an opinion, and nobody who wrote in
    the contract may decide. Rounds are never changed afterwards (R4.1.2).
    """

    _name = "paper.contract.review"
    _description = "Legal Review of a Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
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

    # Only the steps write

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        own = {"contract_id", "round", "result", "opinion", "submitted_by_id", "reviewer_id", "decided_on"}
        if own & vals.keys() and (not self.env.su or any(review.result != "open" for review in self)):
            self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_by_hand()

    def _refuse_by_hand(self):
        raise ContractImmutableError(self.env._("A legal review is opened and decided by its steps only, and is kept."))

    # Steps

    def action_accept(self):
        """Accept the contract: it may be sent to be signed. Legal only, not who drafted it (R4.1.2)."""
        self._check_can_decide()
        for review in self:
            review.contract_id._check_terms()
            contract = review.contract_id
            contract._check_blanks()
            contract._check_opinions()
            contract._check_warnings()
            # What sales answered and legal accepts with the contract is settled.
            contract.opinion_ids.filtered(lambda opinion: opinion.state == "answered")._move("settled")
            review._decide("accepted")
            contract._set({"state": "reviewed", "reviewed_digest": contract._content_digest()})
            contract._log(self.env._("Legal accepted the contract (round %(round)s).", round=review.round))
            contract._ask(contract.order_id.user_id, self.env._("Send the contract to be signed"))
        return True

    def action_return(self, opinion=None):
        """Return the contract to sales with what has to be amended. Legal only, not who drafted it (R4.1.2).

        Where no opinion on a clause is open, a text has to say what to amend; a dialog asks for it.
        """
        self._check_can_decide()
        if not (opinion or "").strip() and not all(review.open_opinions for review in self):
            self.ensure_one()
            return self.env["paper.reason.wizard"]._ask(self, "action_return")
        for review in self:
            review._decide("returned", (opinion or "").strip() or review._opinions_summary())
            contract = review.contract_id
            contract._return_to_draft()
            contract._log(
                self.env._(
                    "Legal returned the contract (round %(round)s): %(opinion)s",
                    round=review.round,
                    opinion=review.opinion,
                )
            )
            contract._ask(contract.order_id.user_id or contract.drafter_id, self.env._("Amend the contract"))
        return True

    def _opinions_summary(self):
        """Return the open opinions on clauses in a line each."""
        self.ensure_one()
        waiting = self.opinion_ids.filtered(lambda opinion: opinion.state == "open")
        return "\n".join(waiting.mapped("display_name"))

    def _decide(self, result, opinion=False):
        # sudo: nobody may write a round by hand; the steps have checked who decides
        self.sudo().write(
            {
                "result": result,
                "opinion": opinion,
                "reviewer_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        self._end()

    def _withdraw(self):
        """Close the open rounds without a decision, because the contract goes back or is given up."""
        rounds = self.filtered(lambda review: review.result == "open")
        # sudo: see _decide
        rounds.sudo().write({"result": "withdrawn", "decided_on": fields.Datetime.now()})
        rounds._end()

    def _end(self):
        self._clock_stop()
        # sudo: the round's reminders belong to everybody in legal
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    # Clock

    def _clock_users(self):
        return self._clock_company()._paper_department_users("paper_base.group_legal")

    def _clock_summary(self):
        return self.env._(
            "Legal review of contract %(contract)s, round %(round)s", contract=self.contract_id.name, round=self.round
        )

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import ContractStateError, DrafterReviewError
from ..draft.paper_contract import LEGAL, WRITERS
from .paper_delegation import LEGAL as LEGAL_SEAT

_lt = LazyTranslate(__name__)


class PaperContractReview(models.Model):
    """One round of the legal review of a contract. It opens when sales submits the draft and has its own
    deadline in working days; legal accepts the contract or returns it with an opinion, and nobody who wrote in
    the contract may decide. Rounds are never changed afterwards (R4.1.2).
    """

    _name = "paper.contract.review"
    _description = "Legal Review of a Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.contract.part", "paper.deadline.mixin", "paper.order.mover"]
    _moves_orders = ("result", "turn", "deadline_date", "deadline_pauses")
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
    amount_total = fields.Monetary(related="contract_id.amount_total", string="Amount of the Order")
    amount_agreed = fields.Monetary(related="contract_id.amount_agreed", string="Amount")
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

    _acts = {"ask_sales": (("open",), ()), "ask_customer": (("open",), WRITERS), "resume": (("open",), ())}

    opinion_ids = fields.One2many("paper.contract.opinion", "review_id", string="Opinions")
    open_opinions = fields.Integer(compute="_compute_open_opinions")
    can_ask_sales = fields.Boolean(compute="_compute_can_steps")
    can_ask_customer = fields.Boolean(compute="_compute_can_steps")
    can_resume = fields.Boolean(compute="_compute_can_steps")
    on_behalf_id = fields.Many2one("res.users", string="Stood in for")
    turn = fields.Selection(
        [("legal", "Legal"), ("sales", "Sales"), ("customer", "Customer")],
        string="Whose Turn",
        required=True,
        default="legal",
        index=True,
        tracking=True,
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

    def _clock_summary(self):
        return self.env._(
            "Legal review of contract %(contract)s, round %(round)s", contract=self.contract_id.name, round=self.round
        )

    @api.depends("opinion_ids.state")
    def _compute_open_opinions(self):
        for review in self:
            review.open_opinions = sum(opinion.state == "open" for opinion in review.opinion_ids)

    # What is done while the round stays open

    @api.depends("turn", "open_opinions", "can_decide")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        if verb == "resume" and self.turn == "legal":
            return self.env._("It is the turn of legal already.")
        if verb in ("ask_sales", "ask_customer") and self.turn != "legal":
            return self.env._("Legal waits for an answer already.")
        if verb == "ask_sales" and not self.open_opinions:
            return self.env._("Write down what sales has to answer first.")
        if verb == "ask_sales" and not self._may_decide():
            return self.env._("Whoever decides on the round asks sales.")
        if verb == "resume" and not self._may_resume():
            return self.env._("Sales or legal give the round back to legal.")
        return super()._act_objection(verb)

    def _may_resume(self):
        return self._is_one_of(WRITERS) or self._may_decide()

    # Who decides

    @api.depends_context("uid")
    @api.depends("result", "contract_id.drafter_ids")
    def _compute_can_decide(self):
        for review in self:
            review.can_decide = review.result == "open" and review._may_decide()

    def _may_decide(self):
        """Say whether the user may decide for himself, or stands in for somebody who may (R4.1.2)."""
        self.ensure_one()
        if self._is_drafter():
            return False
        return self.env.user.has_group("paper_base.group_legal") or bool(self._absent_colleague())

    def _stands_in(self):
        """Say whether the user stands in for somebody in the companies of all the rounds."""
        # sudo: who decides is asked before who reads
        companies = self.sudo().company_id
        return all(self.env["paper.delegation"]._stood_in_for(self.env.user, company, LEGAL_SEAT) for company in companies)

    def _absent_colleague(self):
        """Return the lawyer for whom the user stands in today; never one who drafted the contract."""
        self.ensure_one()
        # sudo: the rule holds for whoever asks
        authors = self.sudo().contract_id.drafter_ids | self.sudo().submitted_by_id
        return self.env["paper.delegation"]._stood_in_for(self.env.user, self._clock_company(), LEGAL_SEAT, authors)[:1]

    def _check_can_decide(self):
        legal = self.env.user.has_group("paper_base.group_legal")
        if not legal and not self._stands_in():
            self.env["paper.contract"]._check_department("paper_base.group_legal")
        self.check_access("read")
        for review in self:
            if review.result != "open":
                raise ContractStateError(
                    self.env._("Round %(round)s of “%(contract)s” is decided.",
                               round=review.round, contract=review.contract_id.name)
                )
            if review._is_drafter() or (not legal and not review._absent_colleague()):
                raise DrafterReviewError(
                    self.env._(
                        "%(user)s, or who is stood in for, wrote in “%(contract)s” and cannot review it.",
                        user=self.env.user.name,
                        contract=review.contract_id.name,
                    )
                )

    def _decide(self, result, opinion=False):
        if not self.env.user.has_group("paper_base.group_legal"):
            for review in self:
                # sudo: who was stood in for is recorded by the step
                review.sudo()._by_step().write({"on_behalf_id": review._absent_colleague().id})
        return self._take_step(result, opinion=opinion)

    # Whose turn it is

    def action_ask_sales(self):
        """Hand the round to sales, whose answers legal needs to go on: the clock stands still until then."""
        self._check_can_decide()
        self._check_act("ask_sales")
        for review in self:
            review._wait("sales", self.env._("Waiting for the answers of sales"))
            contract = review.contract_id
            contract._tell(
                contract._drafters(), lambda rec: rec.env._("Answer the opinions of legal"), kind="opinions"
            )
        return True

    def action_ask_customer(self):
        """Note that the customer has the contract: sales asked him something, and the clock stands still."""
        self.contract_id._check_sales()
        self._check_act("ask_customer")
        for review in self:
            review._wait("customer", self.env._("Waiting for the customer"))
        return True

    def action_resume(self):
        """Take the round back to legal, by sales or by legal."""
        legal = all(review._may_decide() for review in self)
        if not legal:
            self.contract_id._check_sales()
        self._check_act("resume")
        self._resume()
        return True

    def _wait(self, turn, reason):
        self._clock_pause(reason)
        # sudo: nobody writes the turn by hand; the steps have checked who hands it on
        self.sudo()._by_step().write({"turn": turn})
        for company, waiting in self.grouped("company_id").items():
            company._paper_told(waiting, ("open", "due"))

    def _resume(self):
        waiting = self.filtered(lambda review: review.result == "open" and review.turn != "legal")
        waiting._clock_resume()
        # sudo: see _wait
        waiting.sudo()._by_step().write({"turn": "legal"})
        for company, reviews in waiting.grouped("company_id").items():
            company._paper_told(reviews.contract_id, "opinions")
        waiting._tell_legal()

    def _resume_when_answered(self):
        """Give the round back to legal once sales has answered everything."""
        self.filtered(lambda review: review.turn == "sales" and not review.open_opinions)._resume()

    def _clock_users(self):
        """Return the lawyers of the company, each absent one replaced by his stand-in."""
        company = self._clock_company()
        users = company._paper_department_users(LEGAL)
        # sudo: the rule holds for whoever asks
        authors = self.sudo().contract_id.drafter_ids | self.sudo().submitted_by_id
        return self.env["paper.delegation"]._replace_absent(company, {LEGAL_SEAT: users}, authors)[LEGAL_SEAT]

    # Opinions

    def action_add_opinion(self):
        """Write an opinion on a clause, in a dialog."""
        self.ensure_one()
        self._check_can_decide()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opinion on a Clause"),
            "res_model": "paper.contract.opinion",
            "view_mode": "form",
            "views": [(self.env.ref("paper_contract.paper_contract_opinion_view_form").id, "form")],
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    @api.model
    def get_queue(self):
        """Return what stands above legal's queue: counts and value of the open rounds that the user sees.

        :return: ``{"open", "late", "today", "waiting": counts, "amounts": [formatted text of each currency]}``
        :raises AccessError: for who may not read reviews
        """
        self.check_access("read")
        rounds = self.search([("result", "=", "open")])
        today = self.env.company._paper_today()
        mine = rounds.filtered(lambda review: review.turn == "legal")
        totals = {}
        for review in rounds:
            totals[review.currency_id] = totals.get(review.currency_id, 0) + review.amount_agreed
        return {
            "open": len(mine),
            "late": sum(review.deadline_state == "late" for review in mine),
            "today": sum(review.deadline_date == today for review in mine),
            "waiting": len(rounds) - len(mine),
            "amounts": [currency.format(amount) for currency, amount in totals.items()],
        }

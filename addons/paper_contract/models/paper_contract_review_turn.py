from odoo import api, fields, models

from ..exceptions import ContractStateError, DrafterReviewError
from .paper_contract import WRITERS
from .paper_delegation import LEGAL


class PaperContractReview(models.Model):
    """Whose turn it is in an open round: legal's, or that of sales or the customer, who were asked something. The
    clock stands still while legal waits (R4.1.2).
    """

    _inherit = "paper.contract.review"
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
        return all(self.env["paper.delegation"]._stood_in_for(self.env.user, company, LEGAL) for company in companies)

    def _absent_colleague(self):
        """Return the lawyer for whom the user stands in today; never one who drafted the contract."""
        self.ensure_one()
        # sudo: the rule holds for whoever asks
        authors = self.sudo().contract_id.drafter_ids | self.sudo().submitted_by_id
        return self.env["paper.delegation"]._stood_in_for(self.env.user, self._clock_company(), LEGAL, authors)[:1]

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
        return super()._decide(result, opinion)

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
        users, company = super()._clock_users(), self._clock_company()
        # sudo: the rule holds for whoever asks
        authors = self.sudo().contract_id.drafter_ids | self.sudo().submitted_by_id
        return self.env["paper.delegation"]._replace_absent(company, {LEGAL: users}, authors)[LEGAL]

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
            totals[review.currency_id] = totals.get(review.currency_id, 0) + review.amount_total
        return {
            "open": len(mine),
            "late": sum(review.deadline_state == "late" for review in mine),
            "today": sum(review.deadline_date == today for review in mine),
            "waiting": len(rounds) - len(mine),
            "amounts": [currency.format(amount) for currency, amount in totals.items()],
        }

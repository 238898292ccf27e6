from odoo import Command, api, fields, models

from ...exceptions import ContractIncompleteError
from ..draft.paper_contract import SALES
from .paper_delegation import LEGAL


class PaperContract(models.Model):
    _inherit = "paper.contract"

    review_ids = fields.One2many(
        "paper.contract.review", "contract_id", string="Legal Reviews", groups="base.group_user", by_steps=True
    )
    current_review_id = fields.Many2one(
        "paper.contract.review", string="Round", compute="_compute_current_review", groups="base.group_user"
    )
    review_deadline = fields.Date(
        string="Legal Review until", compute="_compute_current_review", groups="base.group_user"
    )
    turn = fields.Selection(
        related="current_review_id.turn", depends=["review_ids.turn"], string="Whose Turn", groups="base.group_user"
    )
    last_opinion = fields.Text(compute="_compute_current_review", groups="base.group_user")
    can_decide = fields.Boolean(compute="_compute_current_review", groups="base.group_user")
    can_ask_sales = fields.Boolean(compute="_compute_current_review", groups="base.group_user")
    can_ask_customer = fields.Boolean(compute="_compute_current_review", groups="base.group_user")
    can_resume_review = fields.Boolean(compute="_compute_current_review", groups="base.group_user")
    reviewed_digest = fields.Char(groups="base.group_system", by_steps=True)
    opinion_ids = fields.One2many(
        "paper.contract.opinion", "contract_id", string="Opinions", groups="base.group_user", by_steps=True
    )
    open_opinions = fields.Integer(compute="_compute_open_opinions", groups="base.group_user")

    @api.depends(
        "review_ids.result", "review_ids.deadline_date", "review_ids.turn", "opinion_ids.state", "drafter_ids", "state"
    )
    @api.depends_context("uid")
    def _compute_current_review(self):
        for contract in self:
            review = contract.review_ids.sorted("round")[-1:]
            contract.current_review_id = review
            contract.review_deadline = review.deadline_date if contract.state == "review" else False
            # The buttons of the open round, from the contract's own form.
            under_review = contract.state == "review"
            contract.can_decide = under_review and review.can_decide
            contract.can_ask_sales = under_review and review.can_ask_sales
            contract.can_ask_customer = under_review and review.can_ask_customer
            contract.can_resume_review = under_review and review.can_resume
            returned = contract.state == "draft" and review.result == "returned"
            contract.last_opinion = review.opinion if returned else False

    def action_submit_review(self):
        """Submit the drafts to legal, which opens a new round with its own deadline (R4.1.1, R4.1.2).

        :raises ContractIncompleteError: while an element of articles 470 and 596 is missing, saying which
        :raises ContractBlankError: while anything else is left open, saying what
        """
        return self._as_step("review")

    def _check_review(self):
        self._check_in_time()
        self._check_order_blockers()
        for contract in self:
            missing = contract._missing_sentences()
            if missing:
                raise ContractIncompleteError(
                    self.env._(
                        "“%(contract)s” lacks:\n%(missing)s", contract=contract.name, missing="\n".join(missing)
                    ),
                    action=self.env["paper.way.out"]._offered(contract._blanks_action()),
                )
        self._check_blanks()
        self._check_opinions()

    def _prepare_review_values(self):
        # Who submits has read what it says.
        return {"terms": self._order_terms(), "drafter_ids": [Command.link(self.env.uid)]}

    def _action_review(self):
        """Open a round of the review. Override to do more."""
        self._sync_warnings()
        for contract in self:
            contract._open_round()

    def _open_round(self):
        self.ensure_one()
        # sudo: the steps open rounds, nobody by hand
        review = self.env["paper.contract.review"].sudo()._by_step().create(
            {"contract_id": self.id, "round": len(self.sudo().review_ids) + 1, "submitted_by_id": self.env.uid}
        )
        self.env["paper.contract.version"]._keep(self, "submitted")
        review._clock_start(self.company_id.paper_legal_review_days)
        review._tell_legal()
        self._log(self.env._("Submitted to legal (round %(round)s).", round=review.round))
        return review

    def _check_reviewed(self):
        self._check_terms()
        self.filtered("parent_id")._check_order_blockers()
        self._check_blanks()
        self._check_opinions()
        self._check_warnings()

    def _prepare_reviewed_values(self):
        return {"reviewed_digest": self._content_digest()}

    def _action_reviewed(self):
        """Settle the opinions and hand the contract to sales. Override to do more."""
        # What sales answered and legal accepts with the contract is settled.
        self.opinion_ids.filtered(lambda opinion: opinion.state == "answered")._take_step("settled")
        for contract in self:
            contract._log(self.env._("Legal accepted the contract (round %(round)s).", round=contract.current_review_id.round))
            contract._tell(contract._drafters(), lambda rec: rec.env._("Send the contract to be signed"))

    def action_accept_review(self):
        """Accept the open round, from the contract's own form."""
        return self.current_review_id.action_accept()

    def action_ask_sales(self):
        """Hand the open round to sales, whose answers legal needs."""
        return self.current_review_id.action_ask_sales()

    def action_ask_customer(self):
        """Note that the customer has the contract under review."""
        return self.current_review_id.action_ask_customer()

    def action_resume_review(self):
        """Give the open round back to legal."""
        return self.current_review_id.action_resume()

    def action_return_review(self):
        """Ask for the opinion with which the open round is returned, from the contract's own form."""
        return self.current_review_id.action_return()

    def _is_reviewed_by_user(self):
        """Say whether the user is of legal, or stands in for somebody of legal (R4.1.2)."""
        self.ensure_one()
        if self.env.user.has_group("paper_base.group_legal"):
            return True
        return bool(self.env["paper.delegation"]._stood_in_for(self.env.user, self.company_id, LEGAL))

    def _check_reviewer(self):
        """Refuse who is neither of legal nor stands in for somebody of legal (R4.1.2)."""
        for contract in self:
            if not contract._is_reviewed_by_user():
                contract._check_department("paper_base.group_legal")

    def _drafters(self):
        """Return who goes on with these contracts, as alternatives of ``res.company._paper_tell``."""
        return (self.order_id.user_id, self.drafter_id, SALES)

    def _tell(self, to, summary, kind=None):
        """Put the contracts before the people who have them next; ends when they leave their state."""
        for company, contracts in self.grouped("company_id").items():
            company._paper_tell(to, contracts, summary, kind=kind)

    @api.depends("opinion_ids.state")
    def _compute_open_opinions(self):
        for contract in self:
            contract.open_opinions = sum(opinion.state == "open" for opinion in contract.opinion_ids)

    def _check_opinions(self):
        """Refuse to go on while an opinion of legal is open: no signature before (R4.1.2)."""
        # sudo: the rule holds for whoever takes the step
        self.sudo().opinion_ids._check_answered()

    def action_add_opinion(self):
        """Write an opinion on a clause of the contract under review, in a dialog."""
        return self.current_review_id.action_add_opinion()

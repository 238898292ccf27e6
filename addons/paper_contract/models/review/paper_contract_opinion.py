from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import ContractImmutableError, ContractStateError, OpenOpinionError

_lt = LazyTranslate(__name__)
# What legal said may be mended by legal while the round is open and nobody has answered.
UNANSWERED = {"open": (), "settled": ()}


class PaperContractOpinion(models.Model):
    """What legal says about one clause in a round of the review: amend it to a proposed text, delete it, a
    question, or that it is accepted as it stands. Sales answers each, or takes the proposed text over; legal
    opens it again or settles it. While one is open, the contract goes nowhere (R4.1.2).
    """

    _name = "paper.contract.opinion"
    _description = "Legal Opinion on a Clause"
    _inherit = ["paper.contract.part"]
    _order = "contract_id, round, id"

    _reason_steps = {
        "action_answer": ReasonStep(
            _lt("Answer the Opinion"),
            hint=_lt("What sales says to it."),
            label=_lt("Answer"),
            keyword="answer",
            of="contract_id",
            about="_answered_text",
        )
    }
    _all_by_steps = True
    # Who answers, and who decides whether that will do, the methods ask of contract and round.
    _steps = {
        "open": {"answered": (), "settled": ()},
        "answered": {"open": (), "settled": ()},
        "settled": {},
    }
    _entering = {"answered": Entering(by="answered_by_id", on="answered_on")}

    review_id = fields.Many2one(
        "paper.contract.review", required=True, ondelete="cascade", index=True, readonly=True, by_hand={"new": ()}
    )
    contract_id = fields.Many2one(related="review_id.contract_id", store=True, index=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    round = fields.Integer(related="review_id.round", store=True)
    clause_id = fields.Many2one("paper.contract.clause", ondelete="set null", index="btree_not_null", by_hand={"new": ()})
    clause_name = fields.Char(string="On Clause", help="Heading of the clause when legal spoke of it.")
    clause_text = fields.Text(string="Clause as Reviewed")
    kind = fields.Selection(
        [("amend", "Amend to"), ("delete", "Delete"), ("question", "Question"), ("accept", "Accepted as it Stands")],
        required=True,
        default="amend",
        by_hand=UNANSWERED,
    )
    text = fields.Text(string="Opinion", by_hand=UNANSWERED, help="Why, or what legal asks.")
    proposed = fields.Text(
        string="Proposed Text", by_hand=UNANSWERED, help="The clause as legal wants it; fields in braces stay fields."
    )
    state = fields.Selection(
        [("open", "Not Answered"), ("answered", "Answered"), ("settled", "Settled")],
        required=True,
        default="open",
        index=True,
    )
    answer = fields.Text(string="Answer of Sales")
    answered_by_id = fields.Many2one("res.users", string="Answered by")
    answered_on = fields.Datetime()
    author_id = fields.Many2one("res.users", string="By")
    can_answer = fields.Boolean(compute="_compute_can_answer")
    can_take_over = fields.Boolean(compute="_compute_can_answer")
    can_reopen = fields.Boolean(compute="_compute_can_answer")

    @api.depends("clause_name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for opinion in self:
            opinion.display_name = " – ".join(filter(None, (opinion.clause_name, kinds.get(opinion.kind))))

    @api.depends_context("uid")
    @api.depends("state", "kind", "clause_id", "proposed", "contract_id.state")
    def _compute_can_answer(self):
        sales = any(self.env.user.has_group(f"paper_base.group_{name}") for name in ("sales", "management"))
        for opinion in self:
            draft = opinion.contract_id.state == "draft"
            opinion.can_answer = sales and opinion.state == "open" and opinion.contract_id.state in ("draft", "review")
            replaces = opinion.kind == "delete" or (opinion.kind == "amend" and said(opinion.proposed))
            opinion.can_take_over = bool(opinion.can_answer and draft and opinion.clause_id and replaces)
            opinion.can_reopen = opinion.state == "answered" and opinion.contract_id.current_review_id.can_decide

    # Who writes

    @api.model_create_multi
    def create(self, vals_list):
        given = self._given(vals_list)
        reviews = self.env["paper.contract.review"].browse([vals.get("review_id") for vals in given])
        reviews._check_can_decide()
        clauses = self.env["paper.contract.clause"]
        completed = []
        for vals, review in zip(given, reviews, strict=True):
            clause = clauses.browse(vals.get("clause_id"))
            if clause and clause.contract_id != review.contract_id:
                self._refuse()
            completed.append(
                {
                    **{name: vals[name] for name in ("clause_id", "kind", "text", "proposed") if name in vals},
                    "review_id": review.id,
                    "clause_name": clause.name,
                    "clause_text": clause.text,
                    "author_id": self.env.uid,
                    "state": "settled" if vals.get("kind") == "accept" else "open",
                }
            )
        return super(PaperContractOpinion, self._completing()).create(completed).with_env(self.env)

    def write(self, vals):
        if self._is_step():
            return super().write(vals)
        if any(self._by_hand(name) for name in vals if name in self._fields):
            self.review_id._check_can_decide()
        result = super().write(vals)
        if "kind" in vals:
            state = "settled" if vals["kind"] == "accept" else "open"
            # sudo: the state follows the kind; nobody writes it by hand
            self.sudo()._by_step().write({"state": state})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_in_open_round(self):
        if any(opinion.state == "answered" for opinion in self):
            self._refuse()
        self.review_id._check_can_decide()

    @api.constrains("proposed")
    def _check_proposed(self):
        for opinion in self:
            self.env["paper.contract"]._check_fields(opinion.proposed)

    def _refuse(self):
        raise ContractImmutableError(
            self.env._("An opinion is written by legal in the open round, and answered or settled by its buttons.")
        )

    # Steps

    def action_answer(self, answer=None):
        """Answer the opinions, by sales; without a text a dialog asks for it (R4.1.2)."""
        self._check_answering()
        if not said(answer):
            self.ensure_one()
            return self.env["paper.reason.wizard"]._ask(self, "action_answer")
        self._answer(said(answer))
        return True

    def _answered_text(self):
        return "\n".join(opinion.text or opinion.display_name for opinion in self)

    def action_take_over(self):
        """Write the proposed text into the clause, or delete the clause, as legal proposed (R4.1.2)."""
        self._check_answering()
        self.contract_id._check_state("draft")
        for opinion in self:
            if not opinion.can_take_over:
                raise ContractStateError(
                    self.env._("“%(opinion)s” proposes no text to take over.", opinion=opinion.display_name)
                )
            clause = opinion.clause_id
            opinion._answer(self.env._("Taken over."))
            if opinion.kind == "delete":
                clause.unlink()
            else:
                clause.write({"body": opinion.proposed})
        return True

    def action_reopen(self):
        """Open answered opinions again: legal is not content with the answer."""
        self.contract_id.current_review_id._check_can_decide()
        return self._take_step("open")

    def action_settle(self):
        """Settle answered opinions, by legal."""
        self.contract_id.current_review_id._check_can_decide()
        self._check_answered()
        return self._take_step("settled")

    def _check_answering(self):
        self.contract_id._check_sales()
        self.contract_id._check_state("draft", "review")

    def _answer(self, answer):
        self._take_step("answered", answer=answer)
        self.review_id._resume_when_answered()

    def _check_answered(self):
        waiting = self.filtered(lambda opinion: opinion.state == "open")
        if waiting:
            raise OpenOpinionError(
                self.env._(
                    "“%(contract)s” has opinions of legal that are not answered: %(opinions)s.",
                    contract=waiting[0].contract_id.name,
                    opinions=", ".join(waiting.mapped("display_name")),
                )
            )

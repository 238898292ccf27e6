from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ..exceptions import ContractImmutableError, ContractStateError, OpenOpinionError

_lt = LazyTranslate(__name__)

# Where an opinion may go from each state.
TRANSITIONS = {"open": {"answered", "settled"}, "answered": {"open", "settled"}, "settled": set()}


class PaperContractOpinion(models.Model):
    """What legal says about one clause in a round of the review: amend it to a proposed text, delete it, a
    question, or that it is accepted as it stands. Sales answers each, or takes the proposed text over; legal
    opens it again or settles it. While one is open, the contract goes nowhere (R4.1.2).
    """

    _name = "paper.contract.opinion"
    _description = "Legal Opinion on a Clause"
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

    review_id = fields.Many2one("paper.contract.review", required=True, ondelete="cascade", index=True, readonly=True)
    contract_id = fields.Many2one(related="review_id.contract_id", store=True, index=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True)
    round = fields.Integer(related="review_id.round", store=True)
    clause_id = fields.Many2one("paper.contract.clause", ondelete="set null", index="btree_not_null")
    clause_name = fields.Char(string="On Clause", readonly=True, help="Heading of the clause when legal spoke of it.")
    clause_text = fields.Text(string="Clause as Reviewed", readonly=True)
    kind = fields.Selection(
        [("amend", "Amend to"), ("delete", "Delete"), ("question", "Question"), ("accept", "Accepted as it Stands")],
        required=True,
        default="amend",
    )
    text = fields.Text(string="Opinion", help="Why, or what legal asks.")
    proposed = fields.Text(string="Proposed Text", help="The clause as legal wants it; fields in braces stay fields.")
    state = fields.Selection(
        [("open", "Not Answered"), ("answered", "Answered"), ("settled", "Settled")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    answer = fields.Text(string="Answer of Sales", readonly=True)
    answered_by_id = fields.Many2one("res.users", string="Answered by", readonly=True)
    answered_on = fields.Datetime(readonly=True)
    author_id = fields.Many2one("res.users", string="By", readonly=True)
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
            replaces = opinion.kind == "delete" or (opinion.kind == "amend" and (opinion.proposed or "").strip())
            opinion.can_take_over = bool(opinion.can_answer and draft and opinion.clause_id and replaces)
            opinion.can_reopen = opinion.state == "answered" and opinion.contract_id.current_review_id.can_decide

    # Who writes

    @api.model_create_multi
    def create(self, vals_list):
        reviews = self.env["paper.contract.review"].browse([vals.get("review_id") for vals in vals_list])
        reviews._check_can_decide()
        clauses = self.env["paper.contract.clause"]
        completed = []
        for vals, review in zip(vals_list, reviews, strict=True):
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
        return super().create(completed)

    def write(self, vals):
        # What legal said may be mended by legal while the round is open and nobody has answered.
        if set(vals) - {"company_id", "contract_id", "round"} and not self.env.su:
            if set(vals) - {"kind", "text", "proposed"} or any(rec.state == "answered" for rec in self):
                self._refuse()
            self.review_id._check_can_decide()
            if "kind" in vals:
                state = "settled" if vals["kind"] == "accept" else "open"
                # sudo: the state follows the kind; nobody writes it by hand
                self.sudo().write({"state": state})
        return super().write(vals)

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

    def _move(self, state, vals=None):
        for opinion in self:
            if state not in TRANSITIONS[opinion.state]:
                raise ContractStateError(
                    self.env._("This step is not possible any more for “%(opinion)s”.", opinion=opinion.display_name)
                )
        # sudo: nobody writes the state by hand; the steps have checked who moves it
        self.sudo().write({"state": state, **(vals or {})})

    def action_answer(self, answer=None):
        """Answer the opinions, by sales; without a text a dialog asks for it (R4.1.2)."""
        self._check_answering()
        if not (answer or "").strip():
            self.ensure_one()
            return self.env["paper.reason.wizard"]._ask(self, "action_answer")
        self._answer(answer.strip())
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
        self._move("open")
        return True

    def action_settle(self):
        """Settle answered opinions, by legal."""
        self.contract_id.current_review_id._check_can_decide()
        self._check_answered()
        self._move("settled")
        return True

    def _check_answering(self):
        self.contract_id._check_sales()
        self.contract_id._check_state("draft", "review")

    def _answer(self, answer):
        self._move(
            "answered",
            {"answer": answer, "answered_by_id": self.env.uid, "answered_on": fields.Datetime.now()},
        )
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

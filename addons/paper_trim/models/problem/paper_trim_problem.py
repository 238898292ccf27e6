from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.fields import Command, Domain

from ...exceptions import TrimEmptyError, TrimMixedError, TrimRightError, TrimStaleError, TrimStateError
from ...lib.orders import build_problem

PLANNING = "paper_base.group_planning"
STATES = [
    ("draft", "Draft"),
    ("waiting", "Waiting to Be Computed"),
    ("computing", "Being Computed"),
    ("computed", "Computed"),
    ("chosen", "Chosen"),
    ("cancelled", "Cancelled"),
]
DRAFT = {"draft": (PLANNING,)}
REELS, METRES = "reels", "metres"
# Stock reels that may be rewound, by what was decided of them.
REWINDABLE = ("sale", "rework")


class PaperTrimProblem(models.Model):
    """Which widths of which orders are cut beside each other on a winder (R5.1.1).

    Planning takes the manufacturing orders of a plan, or types widths, and has the trim computed in the background; results can
    be compared, typed patterns are checked, and one result is chosen: it feeds the plan and the workshop, who read it.
    """

    _name = "paper.trim.problem"
    _description = "Trim Problem"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "draft": {"waiting": (PLANNING,), "cancelled": (PLANNING,), "computed": ()},
        "waiting": {"computing": (), "draft": (PLANNING,)},
        "computing": {"computed": (), "draft": (PLANNING,)},
        "computed": {"waiting": (PLANNING,), "chosen": (PLANNING,), "draft": (PLANNING,), "cancelled": (PLANNING,)},
        "chosen": {"computed": (PLANNING,)},
        "cancelled": {"draft": (PLANNING,)},
    }
    _step_verbs = {"compute": "waiting", "draft": "draft", "cancel": "cancelled", "take_back": "computed"}
    _acts = {
        "take": (("draft",), (PLANNING,)),
        "stop": (("computing",), (PLANNING,)),
        "type": (("draft", "computed"), (PLANNING,)),
        "retrim": (("computed", "chosen"), (PLANNING,)),
        "choose": (("computed", "chosen"), (PLANNING,)),
    }
    _entering = {
        "waiting": Entering(check="_check_waiting", values="_prepare_waiting_values", then="_action_waiting"),
        "draft": Entering(values="_prepare_draft_values", then="_action_draft"),
        "chosen": Entering(check="_check_chosen", by="chosen_by_id", on="chosen_on", then="_action_chosen"),
        "computed": Entering(values="_prepare_computed_values"),
    }
    # What was chosen is what the floor winds by; before, a problem is the planner's sketch.
    _evidence_states = ("chosen",)
    _state_error = TrimStateError
    _right_error = TrimRightError
    _field_error = TrimStateError
    _locked_error = TrimStateError
    _evidence_error = TrimStateError

    name = fields.Char(string="Number", by_steps=True, index="trigram", default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company, by_hand=DRAFT)
    state = fields.Selection(STATES, required=True, default="draft", index=True, tracking=True, by_steps=True)
    user_id = fields.Many2one("res.users", string="Planner", default=lambda self: self.env.user, index="btree_not_null")
    plan_id = fields.Many2one(
        "paper.production.plan", string="Production Plan", index="btree_not_null", check_company=True, by_hand=DRAFT
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Winder",
        check_company=True,
        domain="[('paper_is_winder', '=', True)]",
        default=lambda self: self._default_winder(self.env.company),
        by_hand=DRAFT,
    )
    web_mm = fields.Float(
        string="Web (mm)",
        digits=(16, 2),
        compute="_compute_web_mm",
        store=True,
        readonly=False,
        precompute=True,
        by_hand=DRAFT,
        help="Width of the jumbo that the winder gets.",
    )
    trim_mm = fields.Float(string="Trim (mm)", digits=(16, 2), compute="_compute_trim_mm", help="What of the web can be sold.")
    whole = fields.Selection(
        [(REELS, "Whole Reels"), (METRES, "Run Metres")],
        string="Reels Are Counted in",
        required=True,
        default=REELS,
        by_hand=DRAFT,
        help="Whole reels need a diameter or a length per reel; run metres leave the length of each run free.",
    )
    seconds = fields.Integer(
        string="Search for (s)",
        default=60,
        by_hand={**DRAFT, "computed": (PLANNING,)},
        help="The best plan found by then is kept.",
    )
    points = fields.Float(
        string="Points for Fewer Patterns",
        digits=(4, 2),
        default=0.3,
        by_hand={**DRAFT, "computed": (PLANNING,)},
        help="Points of waste above the bound that may be spent on fewer patterns.",
    )
    item_ids = fields.One2many("paper.trim.item", "problem_id", string="Items")
    reel_ids = fields.One2many("paper.trim.reel", "problem_id", string="Stock Reels")
    result_ids = fields.One2many("paper.trim.result", "problem_id", string="Results")
    chosen_id = fields.Many2one("paper.trim.result", string="Chosen Result", by_steps=True, index="btree_not_null")
    chosen_by_id = fields.Many2one("res.users", string="Chosen by", by_steps=True)
    chosen_on = fields.Datetime(by_steps=True)
    stop_asked = fields.Boolean(by_steps=True)
    refused_count = fields.Integer(compute="_compute_refused_count")
    can_compute = fields.Boolean(compute="_compute_can_steps")
    can_draft = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_take_back = fields.Boolean(compute="_compute_can_steps")
    can_take = fields.Boolean(compute="_compute_can_steps")
    can_stop = fields.Boolean(compute="_compute_can_steps")
    can_type = fields.Boolean(compute="_compute_can_steps")
    can_retrim = fields.Boolean(compute="_compute_can_steps")
    can_choose = fields.Boolean(compute="_compute_can_steps")

    _sound = models.Constraint(
        "CHECK(web_mm >= 0 AND seconds BETWEEN 1 AND 600 AND points >= 0)",
        "The web cannot be negative, and a search takes from one second to ten minutes.",
    )

    @api.depends("workcenter_id")
    def _compute_web_mm(self):
        for problem in self:
            problem.web_mm = problem.workcenter_id._paper_web() if problem.workcenter_id else problem.web_mm

    @api.depends("workcenter_id", "web_mm")
    def _compute_trim_mm(self):
        for problem in self:
            problem.trim_mm = problem.workcenter_id._paper_winder(problem.web_mm).trim_mm if problem.workcenter_id else 0.0

    @api.depends("item_ids.refusal")
    def _compute_refused_count(self):
        for problem in self:
            problem.refused_count = len(problem.item_ids.filtered("refusal"))

    @api.model
    def _default_winder(self, company):
        domain = Domain("paper_is_winder", "=", True) & Domain("company_id", "in", (False, company.id))
        return self.env["mrp.workcenter"].search(domain, limit=1)

    @api.model_create_multi
    def create(self, vals_list):
        problems = super().create(vals_list)
        for problem in problems:
            # sudo: numbering needs no right on sequences
            sequence = self.env["ir.sequence"].sudo().with_company(problem.company_id)
            problem._by_step().write({"name": sequence.next_by_code("paper.trim.problem") or "/"})
        return problems

    def _act_objection(self, verb):
        if verb == "stop" and self.stop_asked:
            return self.env._("%(problem)s ends already.", problem=self.name)
        return super()._act_objection(verb)

    @api.depends("stop_asked")
    def _compute_can_steps(self):
        result = super()._compute_can_steps()
        for problem in self:
            problem.can_take_back = problem.can_take_back and problem.state == "chosen"
        return result

    def _check_draft(self):
        """Refuse to change what is cut, unless the problem is a draft.

        :raises TrimStateError: naming the problem
        """
        for problem in self:
            if problem.state != "draft" and not problem._is_step():
                raise TrimStateError(
                    self.env._("%(problem)s is no draft: take it back to draft before you change it.", problem=problem.name)
                )

    # What is to be cut

    def action_take(self):
        """Take the manufacturing orders of the plan that are not taken yet (R5.1.1).

        :raises TrimEmptyError: if there is none
        """
        self.ensure_one()
        self.check_access("write")
        self._check_act("take")
        if not self._take_productions(self.plan_id._trim_productions()):
            raise TrimEmptyError(
                self.env._("%(problem)s: no further manufacturing order of the plan is to be cut.", problem=self.name)
            )
        return True

    def _take_productions(self, productions):
        """Make items of manufacturing orders that are of the same paper as those that stand here; return how many."""
        self.ensure_one()
        papers = self.item_ids.production_id._trim_papers() or productions[:1]._trim_papers()
        new = (productions - self.item_ids.production_id).filtered(lambda rec: rec._trim_papers() == papers)
        self.write({"item_ids": [Command.create({"production_id": production.id}) for production in new]})
        return len(new)

    def action_offer_reels(self):
        """Offer the free reels in stock of this paper that are wide enough for one of the items.

        :raises TrimEmptyError: if there is none
        """
        self.ensure_one()
        self.check_access("write")
        self._check_act("take")
        new = self._free_reels() - self.reel_ids.lot_id
        if not new:
            raise TrimEmptyError(self.env._("No free reel of this paper lies in stock that is wide enough."))
        cost = self.workcenter_id.paper_rewind_cost
        weight = self._basis_weight()
        values = [
            {"lot_id": lot.id, "width": lot.paper_width, "length": self._web_length(lot, weight), "cost": cost} for lot in new
        ]
        self.write({"reel_ids": [Command.create(vals) for vals in values]})
        return True

    def _free_reels(self):
        """Return the reels that nobody has reserved, by width."""
        widths = [width for width in self.item_ids.mapped("width") if width]
        domain = (
            Domain("product_id", "in", self._products().ids)
            & Domain("lot_id.paper_kind", "in", ("roll", "jumbo"))
            & Domain("lot_id.paper_disposition", "in", REWINDABLE)
            & Domain("lot_id.paper_width", ">=", min(widths, default=0.0))
            & Domain("location_id.usage", "=", "internal")
            & Domain("company_id", "=", self.company_id.id)
            & Domain("reserved_quantity", "=", 0)
            & Domain("quantity", ">", 0)
        )
        weight = self._basis_weight()
        lots = self.env["stock.quant"].sudo().search(domain).lot_id  # sudo: planning asks what lies in stock, not where
        lots = lots.filtered(lambda lot: not lot.paper_spec_id or abs(lot.paper_spec_id.basis_weight - weight) < 1e-6)
        return lots.filtered(lambda lot: self._web_length(lot, weight) > 0)

    def _web_length(self, lot, weight):
        area = lot.paper_width * weight
        return lot.paper_length or (lot.paper_net_kg * 1e6 / area if area else 0.0)

    def _basis_weight(self):
        return self.item_ids[:1].basis_weight

    def _products(self):
        # sudo: planning reads of an order what it has to make
        items = self.item_ids.sudo()
        return items.production_id.product_id | items.filtered(lambda item: not item.production_id).sale_line_id.product_id

    def _build(self):
        """Return the :class:`~..lib.items.Problem` of the items; what cannot be planned is refused in it by name."""
        self.ensure_one()
        winder = self.workcenter_id._paper_winder(self.web_mm)
        return build_problem([item._prepare_line() for item in self.item_ids], winder, whole=self.whole == REELS)

    # Steps

    def action_compute(self):
        """Have the trim computed in the background (R5.1.1)."""
        lock_or_tell(self)
        return self._as_step("waiting")

    def action_draft(self):
        """Take problems back to draft: what waits or is being computed ends, and its results are not kept."""
        return self._as_step("draft")

    def action_cancel(self):
        """Give problems up."""
        return self._as_step("cancelled")

    def action_take_back(self):
        """Take the choice back: the plan has no trim from it any more, and orders take again what their recipe says."""
        result = self._as_step("computed")
        self.item_ids.production_id._paper_take_by_trim()
        return result

    def action_stop(self):
        """End the search: the best plan so far is kept."""
        self.check_access("write")
        self._check_act("stop")
        # sudo: the act was checked
        return self.sudo()._by_step().write({"stop_asked": True})

    def _as_step(self, state, **values):
        self.check_access("write")
        return self._take_step(state, **values)

    def _check_waiting(self):
        """Refuse what has nothing to cut, no winder, or items of several papers.

        :raises TrimEmptyError, TrimMixedError: naming the problem or its items
        """
        for problem in self:
            if not problem.workcenter_id or problem.trim_mm <= 0:
                raise TrimEmptyError(
                    self.env._(
                        "%(problem)s has no winder, or its trim is zero. Enter the web and the winder.", problem=problem.name
                    )
                )
            if not problem.item_ids:
                raise TrimEmptyError(
                    self.env._(
                        "%(problem)s holds nothing to cut. Take the orders of a plan, or type widths.", problem=problem.name
                    )
                )
            if not problem._build().items:
                raise TrimEmptyError(
                    self.env._(
                        "%(problem)s: none of its items can be planned. %(reason)s",
                        problem=problem.name,
                        reason=" ".join(f"{item.display_name}: {item.refusal}" for item in problem.item_ids[:5]),
                    )
                )
            problem._check_one_paper()

    def _check_one_paper(self):
        weights = {round(item.basis_weight, 3) for item in self.item_ids if item.basis_weight}
        if len(weights) > 1 or len(self._products()) > 1:
            # sudo: as in _products
            items = self.item_ids.sudo()
            first = items[:1]
            papers = {item: (round(item.basis_weight, 3), item.production_id.product_id) for item in items}
            other = items.filtered(lambda item: papers[item] != papers[first])[:1]
            raise TrimMixedError(
                self.env._(
                    "%(problem)s: %(item)s is of another paper than %(first)s. One web is one paper: make a problem for each.",
                    problem=self.name,
                    item=other.display_name or first.display_name,
                    first=first.display_name,
                )
            )

    def _prepare_waiting_values(self):
        return {"stop_asked": False, "chosen_id": False}

    def _prepare_draft_values(self):
        return {"stop_asked": False, "chosen_id": False, "chosen_by_id": False, "chosen_on": False}

    def _action_draft(self):
        # Items may change now, so that results of before say nothing of them.
        self.sudo().result_ids.unlink()  # sudo: the step was asked for

    def _prepare_computed_values(self):
        return {"stop_asked": False, "chosen_id": False, "chosen_by_id": False, "chosen_on": False}

    def _check_chosen(self):
        for problem in self:
            problem._check_current()

    def _check_current(self):
        """Refuse to cut what an order does not ask for any more, or what another chosen result cuts.

        :raises TrimStaleError: naming the item
        """
        for item in self.item_ids.sudo():  # sudo: planning reads of an order what it has to make
            if not item.production_id:
                continue
            now = item._prepare_figures()
            gone = item.production_id.state in ("done", "cancel")
            # Planning may narrow what an order takes, never widen it.
            if gone or abs(item.kg - now["kg"]) > 1e-3 or item.most_kg > now["most_kg"] + 1e-3:
                raise TrimStaleError(
                    self.env._(
                        "%(item)s: the order has changed since it was taken. Take %(problem)s back to "
                        "draft, remove the item, take it anew "
                        "and compute again.",
                        item=item.display_name,
                        problem=self.name,
                    )
                )
        # sudo: as above
        others = self.sudo().search(
            Domain("state", "=", "chosen")
            & Domain("id", "not in", self.ids)
            & Domain("item_ids.production_id", "in", self.item_ids.production_id.ids),
            limit=1,
        )
        if others:
            shared = (others.item_ids.production_id & self.sudo().item_ids.production_id)[:1]  # sudo: as above
            raise TrimStaleError(
                self.env._(
                    "%(order)s is cut by %(other)s already. Take that choice back first.", order=shared.name, other=others.name
                )
            )

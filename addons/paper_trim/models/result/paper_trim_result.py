from odoo import api, fields, models

from ...exceptions import TrimFaultError
from ...lib import stock
from ...lib.check import check
from ...lib.items import REFUSALS, Refusal, Winder, make_problem
from ...lib.pattern_bound import PatternBound
from ...lib.plan import HEURISTIC, Plan
from ..problem.words import bound_words, fault_words, refusal_words

BOUND_DIGIT = 1e-5  # the last one that is kept of a bound
KINDS = [
    ("fewest", "Fewest Patterns"),
    ("least", "Least Waste"),
    ("typed", "Typed"),
    ("retrim", "Round a Fault"),
]


class PaperTrimResult(models.Model):
    """A way to cut the items of a trim problem: complete, or kept with what it lacks; steps alone write it.

    Waste and bound are of the new paper; what is lost of stock reels stands beside.
    """

    _name = "paper.trim.result"
    _description = "Trim Result"
    _inherit = ["paper.guarded.mixin"]
    _order = "problem_id desc, id"
    _all_by_steps = True
    _evidence_states = ()

    problem_id = fields.Many2one("paper.trim.problem", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="problem_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True)
    based_on_id = fields.Many2one("paper.trim.result", string="Made from", index="btree_not_null", ondelete="set null")
    pattern_ids = fields.One2many("paper.trim.pattern", "result_id", string="Patterns")
    set_ids = fields.One2many("paper.trim.set", "result_id", string="Sets")
    waste = fields.Float(string="Waste (%)", digits=(16, 3), aggregator=None)
    bound = fields.Float(string="Bound (%)", digits=(16, 3), aggregator=None, help="No plan wastes less.")
    limit = fields.Float(digits=(16, 6), aggregator=None)
    pattern_count = fields.Integer(string="Number of Patterns", aggregator=None)
    pattern_bound = fields.Integer(
        string="At Least", aggregator=None, help="No plan within the limit of waste has fewer patterns."
    )
    bound_reason = fields.Json()
    metres = fields.Float(string="Web (m)", digits=(16, 1))
    kg = fields.Float(string="Paper Used (kg)", digits=(16, 1))
    lost_kg = fields.Float(string="Lost (kg)", digits=(16, 1))
    provenance = fields.Char(string="Computed by")
    status = fields.Char()
    seconds = fields.Float(digits=(16, 2), aggregator=None)
    refused = fields.Json(help="Items that are left out, and why.")
    short = fields.Json(help="What a fault takes and nothing makes up: {item: quantity}.")
    is_chosen = fields.Boolean(compute="_compute_is_chosen")

    @api.depends("problem_id.chosen_id")
    def _compute_is_chosen(self):
        for result in self:
            result.is_chosen = result.problem_id.chosen_id == result

    @api.depends("kind", "waste", "pattern_count")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for result in self:
            result.display_name = self.env._(
                "%(kind)s: %(patterns)s patterns, %(waste)s %%",
                kind=kinds.get(result.kind, ""),
                patterns=result.pattern_count,
                waste=f"{result.waste:.2f}",
            )

    # From the maths, and back

    @api.model
    def _keep(self, problem, kind, plan, rewound=(), short=None, changed=(), based_on=None, model_problem=None):
        """Make a result of a plan; the caller has checked who may.

        :param plan: :class:`~..lib.plan.Plan`
        :param rewound: :class:`~..lib.stock.Rewound` of stock reels
        :param changed: numbers of runs that differ from the result that it was made from
        """
        bound = plan.pattern_bound
        weight = problem._basis_weight()
        per_mm = weight * plan.metres / 1e6
        waste = plan.waste + self._lost_to_faults(plan)
        values = {
            "problem_id": problem.id,
            "kind": kind,
            "based_on_id": based_on.id if based_on else False,
            "waste": 100 * waste,
            "bound": 100 * plan.bound,
            "limit": plan.limit,
            "pattern_count": plan.patterns,
            "pattern_bound": bound.count,
            "bound_reason": {"reason": bound.reason, "params": dict(bound.params)},
            "metres": plan.metres,
            "kg": per_mm * plan.trim_mm,
            "lost_kg": per_mm * plan.trim_mm * waste,
            "provenance": plan.provenance,
            "status": plan.status,
            "seconds": plan.seconds,
            "refused": [{"key": each.key, "code": each.code, "params": each.params} for each in plan.refused],
            "short": short or {},
        }
        # sudo: the step was asked for; what it keeps is nobody's to write
        result = self.sudo()._by_step().create(values)
        patterns = [{**self._prepare_pattern(each.run, problem), "lot_id": int(each.key)} for each in rewound]
        patterns += [
            {**self._prepare_pattern(run, problem, plan.trim_mm), "changed": at in changed} for at, run in enumerate(plan.runs)
        ]
        for number, vals in enumerate(patterns, 1):
            vals.update(result_id=result.id, sequence=number)
            if vals.get("lot_id"):
                vals["trim_mm"] = problem.reel_ids.filtered(lambda reel, vals=vals: reel.lot_id.id == vals["lot_id"])[:1].width
        cuts = [vals.pop("cuts") for vals in patterns]
        made = self.env["paper.trim.pattern"].sudo()._by_step().create(patterns)  # sudo: as above
        self.env["paper.trim.cut"].sudo()._by_step().create(  # sudo: as above
            [{**vals, "pattern_id": pattern.id} for pattern, own in zip(made, cuts, strict=True) for vals in own]
        )
        return result.with_env(self.env)

    @api.model
    def _lost_to_faults(self, plan):
        """Return the share of the web that is cut for nobody, because it is bad."""
        web = plan.metres * plan.trim_mm
        lost = sum(
            piece.width_mm * stretch.metres
            for run in plan.runs
            for piece in run.pieces
            for stretch in piece.stretches
            if not stretch.key
        )
        return lost / web if web else 0.0

    @api.model
    def _prepare_pattern(self, run, problem, trim_mm=0.0):
        items = {item._key(): item for item in problem.item_ids}
        cuts, widths = [], []
        for place, piece in enumerate(run.pieces):
            widths.append(f"{piece.width_mm:.10g}")
            for stretch in piece.stretches:
                item = items.get(stretch.key)
                weight = problem._basis_weight()
                cuts.append(
                    {
                        "place": place,
                        "width": piece.width_mm,
                        "item_id": item.id if item else False,
                        "start_m": stretch.start_m,
                        "metres": stretch.metres,
                        "reels": stretch.reels,
                        "kg": stretch.metres * piece.width_mm * weight / 1e6,
                    }
                )
        own = [item for cut in cuts if (item := items.get(str(cut["item_id"]))) and not item.length]
        by_diameter = run.reel_class and isinstance(run.reel_class[0], float | int)
        return {
            "trim_mm": trim_mm,
            "used_mm": run.used_mm,
            "widths": " + ".join(widths),
            "metres": run.metres,
            "sets": run.sets,
            "diameter": run.reel_class[0] if by_diameter else 0.0,
            "core": own[0].core if own else 0.0,
            "cuts": cuts,
        }

    def _plan(self, problem):
        """Return the result as the maths reads it, without its stock reels.

        :param problem: :class:`~..lib.items.Problem` of the items
        :return: :class:`~..lib.plan.Plan`
        """
        self.ensure_one()
        runs = tuple(pattern._run(problem) for pattern in self.pattern_ids if not pattern.lot_id)
        told = self.refused or []
        known = {refusal.key for refusal in problem.refused}
        left_out = tuple(Refusal(each["key"], each["code"], each["params"]) for each in told if each["code"] in REFUSALS)
        return Plan(
            trim_mm=problem.winder.trim_mm,
            runs=runs,
            bound=0.0 if self.kind == "retrim" else self.bound / 100 - BOUND_DIGIT,
            limit=self.limit,
            pattern_bound=PatternBound(self.pattern_bound) if self.kind in ("fewest", "least") else PatternBound(),
            refused=(*problem.refused, *(each for each in left_out if each.key not in known)),
        )

    def _rest(self, problem):
        """Return the problem without what the stock reels of this result give."""
        for pattern in self.pattern_ids.filtered("lot_id"):
            problem = stock.less(problem, pattern._run(problem))
        return problem

    def _faults(self):
        """Return what this result breaks, found by code that shares nothing with what made it."""
        self.ensure_one()
        whole = self.problem_id._build()
        faults = []
        for pattern in self.pattern_ids.filtered("lot_id"):
            own = make_problem(whole.items, Winder(pattern.trim_mm, pitch_mm=whole.winder.pitch_mm))
            faults += check(Plan(pattern.trim_mm, runs=(pattern._run(whole),)), own, complete=False)
        rest = self._rest(whole)
        faults += check(self._plan(rest), rest)
        if self.kind == "retrim":
            # What the fault takes is for nobody, and what cannot be made up is told beside it.
            short = self.short or {}
            faults = [
                fault
                for fault in faults
                if not (fault.params.get("key") == "" or (fault.code == "too_little" and fault.params["key"] in short))
            ]
        return faults

    def _fault_texts(self, faults):
        names = {item._key(): item.display_name for item in self.problem_id.item_ids}
        return [fault_words(self.env, fault, lambda key: names.get(key, key)) for fault in faults]

    # Choosing

    def action_choose(self):
        """Choose the result: its sets are what the winder is to wind (R5.1.1).

        :raises TrimFaultError: naming what it breaks
        """
        self.ensure_one()
        problem = self.problem_id
        problem.check_access("write")
        problem._check_act("choose")
        texts = self._fault_texts(self._faults())
        if texts:
            raise TrimFaultError(
                self.env._("%(result)s cannot be chosen:\n%(faults)s", result=self.display_name, faults="\n".join(texts[:8]))
            )
        return problem._choose(self)

    def _make_sets(self):
        """Write down the sets in the order in which they are wound; of a run whose length is free it is one."""
        self.ensure_one()
        values = []
        for pattern in self.pattern_ids:
            for _turn in range(pattern.sets or 1):
                values.append(
                    {
                        "result_id": self.id,
                        "pattern_id": pattern.id,
                        "number": len(values) + 1,
                        "metres": pattern.metres / (pattern.sets or 1),
                        "diameter": pattern.diameter,
                        "core": pattern.core,
                    }
                )
        # sudo: the step was asked for; what it keeps is nobody's to write
        self.sudo().set_ids.unlink()
        self.env["paper.trim.set"].sudo()._by_step().create(values)  # sudo: as above

    # What people read

    def _shares(self):
        """Return a row for each item: what it gets, beside what was ordered and what the customer takes, kg."""
        self.ensure_one()
        got = {}
        for cut in self.pattern_ids.cut_ids:
            got[cut.item_id] = got.get(cut.item_id, 0.0) + cut.kg
        left_out = {each["key"]: each for each in self.refused or []}
        rows = []
        for item in self.problem_id.item_ids:
            kg = got.get(item, 0.0)
            refused = left_out.get(item._key())
            slack = max(0.5, 1e-4 * item.kg)
            inside = item.least_kg - slack <= kg <= item.most_kg + slack
            rows.append(
                {
                    "id": item.id,
                    "name": item.name or "",
                    "customer": item.customer or "",
                    "width": item.width,
                    "ordered": item.kg,
                    "least": item.least_kg,
                    "most": item.most_kg,
                    "kg": kg,
                    "deviation": 100 * (kg / item.kg - 1) if item.kg else 0.0,
                    "inside": inside and not refused,
                    "refused": self._refusal_text(refused) if refused else "",
                    "due": item.due and str(item.due),
                }
            )
        return rows

    def _refusal_text(self, told):
        return refusal_words(self.env, Refusal(told["key"], told["code"], told["params"]))

    def _bound_text(self):
        told = self.bound_reason or {}
        params = tuple(sorted((told.get("params") or {}).items()))
        return bound_words(self.env, PatternBound(self.pattern_bound, told.get("reason", "none"), params))

    def _by_rule(self):
        return self.provenance == HEURISTIC

    def _fillers(self):
        """Return what would fill the trim, by falling area: dictionaries of ``least``, ``most`` (mm), "
        "``metres``, ``patterns``."""
        new = self.pattern_ids.filtered(lambda pattern: not pattern.lot_id)
        problem = self.problem_id._build()
        plan = Plan(trim_mm=new[:1].trim_mm, runs=tuple(pattern._run(problem) for pattern in new))
        return [
            {"least": least, "most": most, "metres": metres, "patterns": [new[at].sequence for at in at_runs]}
            for least, most, metres, at_runs in plan.fillers()[:4]
        ]

from odoo import api, models

from ...exceptions import TrimFaultError, TrimTypingError
from ...lib.check import check
from ...lib.fault import Defect, retrim
from ...lib.lp import solver_name
from ...lib.plan import Plan
from ...lib.typed import TypingError, read_patterns, typed_plan

SECONDS = 2.0  # for the program of a re-trim


class PaperTrimProblem(models.Model):
    """The screen of a trim problem: results side by side, patterns to scale, what is typed and what a fault changes (R5.1.1)."""

    _inherit = "paper.trim.problem"

    # What is drawn

    def trim_board(self):
        """Return what the screen draws: the problem, its progress and every result with its patterns from edge to edge."""
        self.ensure_one()
        self.check_access("read")
        colours = {name: at for at, name in enumerate(dict.fromkeys(item.name or "" for item in self.item_ids))}
        return {
            "state": self.state,
            "trim": self.trim_mm,
            "edge": self.workcenter_id.paper_edge_trim,
            "solver": bool(solver_name()),
            "may": {verb: self[f"can_{verb}"] for verb in ("choose", "retrim", "type")},
            "progress": self.trim_progress(),
            "results": [self._draw_result(result, colours) for result in self.result_ids],
            "chosen": self.chosen_id.id,
        }

    def _printed_result(self):
        """Return what is printed: the chosen result, else the first one; None without a result."""
        self.ensure_one()
        colours = dict.fromkeys((item.name or "" for item in self.item_ids), 0)
        result = self.chosen_id or self.result_ids[:1]
        return self._draw_result(result, colours) if result else None

    def trim_progress(self):
        """Return how far the computing has come; the screen asks again and again."""
        self.ensure_one()
        self.check_access("read")
        job = self.job_ids
        phases = dict(job._fields["phase"]._description_selection(self.env))
        return {
            "state": self.state,
            "phase": phases.get(job.phase, ""),
            "seconds": job.seconds,
            "limit": self.seconds,
            "waste": job.waste,
            "bound": job.bound,
            "patterns": job.patterns,
            "pattern_bound": job.pattern_bound,
            "stopping": self.stop_asked,
        }

    @api.model
    def _draw_result(self, result, colours):
        """Return a result as the screen and the print draw it."""
        return {
            "id": result.id,
            "name": result.display_name,
            "kind": result.kind,
            "waste": result.waste,
            "bound": result.bound,
            "patterns": result.pattern_count,
            "least": result.pattern_bound,
            "reason": result._bound_text(),
            "metres": result.metres,
            "kg": result.kg,
            "lost": result.lost_kg,
            "by": result.provenance,
            "by_rule": result._by_rule(),
            "seconds": result.seconds,
            "proven": result.status == "proven",
            "complete": result.status not in ("stopped",),
            "chosen": result.is_chosen,
            "runs": [self._draw_pattern(pattern, colours) for pattern in result.pattern_ids],
            "fillers": result._fillers(),
            "shares": result._shares(),
        }

    @api.model
    def _draw_pattern(self, pattern, colours):
        trim = pattern.trim_mm or pattern.used_mm or 1.0
        pieces = []
        for cuts in pattern.cut_ids.grouped("place").values():
            parts = [
                {
                    "id": cut.item_id.id,
                    "order": cut.item_id.name or "",
                    "customer": cut.item_id.customer or "",
                    "metres": cut.metres,
                    "reels": cut.reels,
                    "share": 100 * cut.metres / pattern.metres if pattern.metres else 0.0,
                    "colour": colours.get(cut.item_id.name or "", 0) % 12 if cut.item_id else -1,
                }
                for cut in cuts
            ]
            pieces.append({"width": cuts[0].width, "share": 100 * cuts[0].width / trim, "parts": parts})
        left = max(trim - pattern.used_mm, 0.0)
        return {
            "id": pattern.id,
            "number": pattern.sequence,
            "reel": pattern.lot_id.sudo().name or "",  # sudo: the number of a reel, for whoever reads the trim
            "metres": pattern.metres,
            "sets": pattern.sets,
            "diameter": pattern.diameter,
            "core": pattern.core,
            "used": pattern.used_mm,
            "left": left,
            "left_share": 100 * left / trim,
            "changed": pattern.changed,
            "pieces": pieces,
        }

    # Typed patterns

    def _read_typed(self, text):
        """Return (problem, plan) of patterns that a planner typed.

        :raises TrimTypingError: naming the line
        """
        self.ensure_one()
        problem = self._build()
        try:
            return problem, typed_plan(problem, read_patterns(text or ""))
        except TypingError as error:
            words = {
                "shape": self.env._("is not read: write widths, a colon and the number, as in 787+787+889: 12"),
                "width": self.env._("is no width of this problem"),
                "length": self.env._("is no whole number of sets"),
            }
            raise TrimTypingError(
                self.env._("Line %(line)s: “%(what)s” %(reason)s.", line=error.line, what=error.what, reason=words[error.code])
            ) from error

    def _typed_faults(self, text):
        """Return (plan, sentences of what the typed patterns break)."""
        problem, plan = self._read_typed(text)
        names = self.env["paper.trim.result"].new({"problem_id": self.id})
        return plan, names._fault_texts(check(plan, problem, complete=True)) if plan.runs else []

    def _keep_typed(self, text):
        """Keep typed patterns as a result, to be compared with what was computed.

        :raises TrimFaultError: naming what they break
        """
        self.check_access("write")
        self._check_act("type")
        plan, texts = self._typed_faults(text)
        if texts or not plan.runs:
            raise TrimFaultError("\n".join(texts[:8]) or self.env._("Type at least one pattern."))
        best = self.result_ids.filtered(lambda result: result.kind in ("fewest", "least"))[:1]
        result = self.env["paper.trim.result"]._keep(self, "typed", plan)
        if best and not best.pattern_ids.filtered("lot_id"):
            result.sudo()._by_step().write({"bound": best.bound})  # sudo: the act was checked
        if self.state == "draft":
            self._follow_to("computed")
        return result

    # Round a fault

    def _keep_retrim(self, pattern, from_m, to_m, from_mm, to_mm):
        """Keep a result that goes round a fault of the jumbo and changes only what it must.

        :param from_m, to_m: where it is along the run of the pattern
        :param from_mm, to_mm: across, from the first edge
        :return: the result
        """
        self.ensure_one()
        self.check_access("write")
        self._check_act("retrim")
        base = pattern.result_id
        problem = base._rest(self._build())
        runs = base.pattern_ids.filtered(lambda each: not each.lot_id)
        plan = base._plan(problem)
        at = list(runs).index(pattern)
        found = retrim(plan, problem, Defect(at, from_m, to_m, from_mm, to_mm), seconds=SECONDS)
        new = Plan(
            trim_mm=plan.trim_mm,
            runs=found.runs,
            bound=base.bound / 100,
            limit=1.0,
            provenance=base.provenance,
            seconds=found.seconds,
            refused=plan.refused,
            status="planned",
        )
        results = self.env["paper.trim.result"]
        result = results._keep(self, "retrim", new, short=found.short, changed=found.changed, based_on=base)
        return result

    # Choosing

    def _choose(self, result):
        """Take a result as what is wound; one that was chosen before gives way to it."""
        self.ensure_one()
        if self.state == "chosen":
            self._check_chosen()
            # sudo: the act was checked
            self.sudo()._by_step().write({"chosen_id": result.id})
            self._action_chosen()
            return True
        return self._take_step("chosen", chosen_id=result.id)

    def _action_chosen(self):
        for problem in self:
            problem.chosen_id._make_sets()
            problem.item_ids.production_id._paper_take_by_trim()
            problem.message_post(body=self.env._("Chosen: %(result)s", result=problem.chosen_id.display_name))

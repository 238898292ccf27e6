from odoo import models
from odoo.tools.misc import formatLang


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "produce":
            for order in self.filtered("is_paper_order"):
                blockers[order] += order._get_plan_blockers()
        return blockers

    def _paper_productions(self):
        """Return the manufacturing orders that make the paper of these orders."""
        return self.stock_reference_ids._paper_productions()

    def _get_plan_blockers(self):
        """List the manufacturing orders whose plan the supervisor has not approved (R5.1.2)."""
        self.ensure_one()
        waiting = self._paper_productions().filtered(lambda rec: rec.state != "done" and not rec._is_released())
        if not waiting:
            return []
        text = "\n".join(rec._unplanned_message() for rec in waiting)
        return [self._paper_blocker("plan", text, waiting._plan_action())]

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        if self.state == "sale" and self._paper_productions().filtered(lambda rec: rec.state != "done"):
            steps = [*steps, "produce"]
        return steps

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            productions = order._paper_productions()
            if not productions:
                milestones[order] += order._nothing_to_make()
                continue
            milestones[order] += [
                order._planned_milestone(productions),
                order._produced_milestone(productions),
                order._stocked_milestone(productions),
            ]
        return milestones

    def _production_names(self):
        _ = self.env._
        return {"planned": _("Production planned"), "produced": _("Produced"), "stocked": _("In stock")}

    def _nothing_to_make(self):
        """A confirmed order that needs no manufacturing order is delivered from stock."""
        state = "skipped" if self.state == "sale" else "todo"
        clauses = {"planned": "R5.1.2", "produced": "R5.3.1", "stocked": "R6.1.2"}
        names = self._production_names()
        return [self._paper_milestone(code, names[code], state, clause=clause) for code, clause in clauses.items()]

    def _planned_milestone(self, productions):
        plans = productions.paper_plan_id
        done = all(rec.state == "done" or rec._is_released() for rec in productions)
        submitted = any(plan.state == "submitted" for plan in plans)
        return self._paper_milestone(
            "planned",
            self._production_names()["planned"],
            "done" if done else "current" if plans else "todo",
            date=max(filter(None, plans.mapped("approved_on")), default=None) if done else None,
            owner=self.env._("Production Supervisor") if submitted else self.env._("Production Planning"),
            clause="R5.1.2",
        )

    def _produced_milestone(self, productions):
        made = sum(rec._paper_kg(rec._paper_made_qty()) for rec in productions)
        done = all(rec.state in ("to_close", "done") for rec in productions)
        started = made or any(rec.state == "progress" for rec in productions)
        finished = productions.workorder_ids.filtered("date_finished").mapped("date_finished")
        return self._progress_milestone("produced", made, done, started, max(finished, default=None), "R5.3.1")

    def _stocked_milestone(self, productions):
        stocked = sum(rec._paper_kg(rec.qty_produced) for rec in productions)
        done = all(rec.state == "done" for rec in productions)
        finished = productions.filtered("date_finished").mapped("date_finished")
        lines = productions.filtered(lambda rec: rec.state != "done").sale_line_id or self._paper_delivery_lines()
        deadline = min(filter(None, (line._paper_delivery_date() for line in lines)), default=False)
        return self._progress_milestone("stocked", stocked, done, stocked, max(finished, default=None), "R6.1.2", deadline)

    def _progress_milestone(self, code, made, done, started, date, clause, deadline=None):
        """Return a milestone that shows how much of the ordered weight has come so far (R5.3.3)."""
        name = self._production_names()[code]
        if made and not done:
            name = self.env._(
                "%(step)s: %(made)s of %(ordered)s kg",
                step=name,
                made=formatLang(self.env, made, digits=0),
                ordered=formatLang(self.env, self.paper_weight_kg, digits=0),
            )
        return self._paper_milestone(
            code,
            name,
            "done" if done else "current" if started else "todo",
            date=date if done else None,
            deadline=deadline,
            owner=self.env._("Workshop") if code == "produced" else self.env._("Warehouse"),
            clause=clause,
        )

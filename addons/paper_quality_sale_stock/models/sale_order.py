from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            milestones[order].append(order._inspected_milestone())
        return milestones

    def _inspected_milestone(self):
        """Return how far the final inspection of what this order has made is (R6.1.1)."""
        self.ensure_one()
        productions = self.stock_reference_ids._paper_productions()
        states = productions.mapped("inspection_state")
        passed = states.count("passed")
        state, date = "todo", None
        if not productions:
            state = "skipped" if self.state == "sale" else "todo"
        elif "failed" in states:
            state = "failed"
        elif passed == len(states):
            state = "done"
            date = max(filter(None, productions._final_inspections().mapped("date_done")), default=None)
        elif passed or any(production.state in ("progress", "to_close") for production in productions):
            state = "current"
        name = self.env._("Final inspection passed")
        if 0 < passed < len(states):
            name = self.env._("Final inspection passed: %(passed)s of %(all)s", passed=passed, all=len(states))
        return self._paper_milestone(
            "inspected", name, state, date=date, owner=self.env._("Quality"), clause="R6.1.1"
        )

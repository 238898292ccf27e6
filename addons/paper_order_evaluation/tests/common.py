from unittest.mock import patch

from odoo.addons.paper_capacity.tests.common import DELIVERY, DEPARTMENTS, NOW, CapacityCommon
from odoo.tests import freeze_time

__all__ = ["DELIVERY", "DEPARTMENTS", "NOW", "OWN_BLOCKERS", "EvaluationCommon"]
# What stands in the way for other reasons, as far as other addons are installed, is tested with them.
OWN_BLOCKERS = {"evaluation", "spec_missing", "supplement_evaluation"}


@freeze_time(NOW)
class EvaluationCommon(CapacityCommon):
    """The mill of the capacity, whose orders are evaluated."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._leave_out_other_blockers()
        cls.company.paper_evaluation_days = 3

    @classmethod
    def _leave_out_other_blockers(cls):
        SaleOrder = cls.registry["sale.order"]
        whole = SaleOrder._get_blockers

        def own_blockers(orders, step):
            found = whole(orders, step)
            return {order: [item for item in items if item["code"] in OWN_BLOCKERS] for order, items in found.items()}

        cls.startClassPatcher(patch.object(SaleOrder, "_get_blockers", own_blockers))

    def _submit(self, orders):
        orders.with_user(self.people["sales"]).action_submit_evaluation()
        return self.env["paper.evaluation"].browse([order._current_evaluation().id for order in orders])

    def _dimensions(self, *codes):
        """Return dimensions of the panel, as the management sees them."""
        dimensions = self.env["paper.evaluation.dimension"].with_user(self.people["chair"])
        return dimensions.search([("code", "in", codes)])

    def _opinion(self, evaluation, dimension):
        """Return the opinion of a dimension, as a member of its department sees it."""
        opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == dimension)
        return opinion.with_user(self.people[dimension])

    def _give(self, evaluation, **verdicts):
        """Give the opinions that are owed, a plain yes unless told otherwise."""
        for dimension in evaluation._pending_opinions().mapped("dimension"):
            verdict = verdicts.get(dimension, "yes")
            opinion = self._opinion(evaluation, dimension)
            values = {"verdict": verdict}
            if verdict != "yes":
                values["comment"] = f"{dimension} says why"
            if verdict == "conditional":
                values["condition"] = f"{dimension} asks for it"
            opinion.write(values)
            opinion.action_submit()

    def _decide(self, order, **verdicts):
        """Return the closed evaluation of an order."""
        evaluation = self._submit(order)
        self._give(evaluation, **verdicts)
        evaluation.with_user(self.people["chair"]).action_close()
        return evaluation

    def _codes(self, order, step):
        return [item["code"] for item in order._get_blockers(step)[order]]

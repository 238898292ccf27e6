from odoo import models
from odoo.tools.misc import formatLang


class SaleOrder(models.Model):
    """What the type of an order changes on its way: steps that it does not take, and what it must not be."""

    _inherit = "sale.order"

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step in ("evaluate", "confirm"):
            for order in self.filtered("is_paper_order"):
                blockers[order] += order._get_sample_blockers()
        elif step == "change":
            for order in self.filtered("is_paper_order"):
                blockers[order] += order._get_agreement_blockers()
        return blockers

    def _get_sample_blockers(self):
        """List that a sample is heavier than a sample of this mill may be."""
        self.ensure_one()
        if self._paper_type_rule("credit") != "over_limit" or not self._is_over_sample_limit():
            return []
        text = self.env._(
            "%(weight)s kg are more than a sample: the limit is %(limit)s kg. Make it a standard order.",
            weight=formatLang(self.env, self.paper_weight_kg, digits=0),
            limit=formatLang(self.env, self.company_id.paper_sample_limit_kg, digits=0),
        )
        return [self._paper_blocker("sample_limit", text, self._open_order_action())]

    def _get_agreement_blockers(self):
        """List that an order without a contract of its own was agreed by its confirmation."""
        self.ensure_one()
        if self._paper_type_rule("contract") == "own" or self.state != "sale":
            return []
        text = self.env._(
            "%(order)s was agreed as it was confirmed: cancel it and make a new order of what is wanted now.", order=self.name
        )
        return [self._paper_blocker("confirmed_agreement", text, self._open_order_action())]

    def _get_sorted_milestones(self, for_customer=False):
        return super()._get_sorted_milestones(for_customer=for_customer)

from odoo import models

from ..lib.panel import DIMENSIONS


class SaleOrder(models.Model):
    """Which departments evaluate an order: those that its type leaves something to say to (R2, R3.3.1)."""

    _inherit = "sale.order"

    def _paper_panel(self):
        """Return the dimensions of the order's panel."""
        rule = self._paper_type_rule("panel")
        company = self.company_id or self.env.company
        if rule == "sample":
            return company._sample_panel()
        # Of a dimension that the mill added the types say nothing: it is asked about every order.
        codes = self.env["paper.evaluation.dimension"]._codes()
        return [code for code in codes if code in rule or code not in DIMENSIONS]

    def _paper_type_fixed_by(self):
        # sudo: the rule is the same whatever the user may read
        evaluation = self.sudo()._current_evaluation()
        if evaluation and evaluation.state != "failed":
            return self.env._(
                "%(order)s was submitted for evaluation as it is: its type is fixed. Call the evaluation off, or make a new "
                "order.",
                order=self.name,
            )
        return super()._paper_type_fixed_by()

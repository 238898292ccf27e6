from odoo import fields, models
from odoo.addons.paper_base.models.steps.locking import pass_in_turn

from .res_partner import CREDIT_READERS


class SaleOrder(models.Model):
    """A confirmation takes its share of the customer's limit, one confirmation of a customer at a time."""

    _name = "sale.order"
    _inherit = ["sale.order", "paper.step.mixin"]

    paper_credit_review_id = fields.Many2one(
        "paper.credit.review",
        string="Credit Decision",
        by_steps=True,
        index="btree_not_null",
        check_company=True,
        groups=CREDIT_READERS,
        help="The decision that the order was confirmed under; its prepayment and guarantee hold the production.",
    )

    def write(self, vals):
        if vals.get("state") == "sale":
            self._claim_credit()
        return super().write(vals)

    def _claim_credit(self):
        """Note the decision that each order is confirmed under, and let no other confirmation of the customer pass by."""
        reviews = {}
        for order in self.filtered(lambda rec: rec.is_paper_order and rec.state != "sale" and rec._paper_asks_credit()):
            review = order._paper_credit_review()
            if review and review._is_valid():
                reviews.setdefault(review, self.browse())
                reviews[review] |= order
        for review, orders in reviews.items():
            # sudo: whoever confirms, a customer too, confirms under the mill's decision
            orders.sudo()._by_step().write({"paper_credit_review_id": review.id})
        pass_in_turn(self.env["paper.credit.review"].union(*reviews), "claim_count")

from odoo import api, fields, models

from ...exceptions import PurchaseApprovalError, PurchasePriceError


class PurchaseOrder(models.Model):
    """The purchase of a material plan: at a price, and approved by whoever may for its amount (R5.2.1)."""

    _inherit = "purchase.order"

    paper_material_plan_id = fields.Many2one(
        "paper.material.plan", string="Material Plan", index="btree_not_null", copy=False, ondelete="restrict"
    )

    def _approval_allowed(self):
        """The management approves whatever the amount, and has no other right of a purchase administrator."""
        return super()._approval_allowed() or self.env.user.has_group("paper_base.group_management")

    @api.constrains("state")
    def _check_paper_purchase(self):
        """Hold what a purchase needs on whatever way it is confirmed.

        :raises PurchasePriceError: for a planned material without a price
        :raises PurchaseApprovalError: for an amount that this person may not approve
        """
        for order in self.filtered(lambda rec: rec.state in ("to approve", "purchase") and rec.paper_material_plan_id):
            free = order.order_line.filtered(lambda line: line.product_id and line.price_unit <= 0)
            if free:
                raise PurchasePriceError(
                    self.env._(
                        "%(order)s: %(material)s has no price. Agree on one first.",
                        order=order.name,
                        material=free[0].product_id.display_name,
                    )
                )
            if order.state == "purchase" and not order._approval_allowed():
                raise PurchaseApprovalError(
                    self.env._(
                        "%(order)s: its amount has to be approved by a purchase manager or the management.", order=order.name
                    )
                )

    def _paper_contract_terms(self):
        """Return what the printed contract says of quality: [(material, terms)]."""
        self.ensure_one()
        return [
            (product, product.paper_quality_terms) for product in self.order_line.product_id if product.paper_quality_terms
        ]

from odoo import Command
from odoo.tests import tagged

from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestOrderCancelled(EvaluationCommon):
    """What an order takes with it is another department's, and sales cancels it all the same (R4.2.1)."""

    def _confirmed(self):
        line = Command.create({"product_id": self.pulp.id, "product_uom_qty": 500})
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": self.people["sales"].id, "order_line": [line]}
        )
        order.action_confirm()
        self.assertTrue(order.picking_ids)
        return order

    def test_sales_and_management_cancel(self):
        """R4.2.1: a confirmed order with a delivery is cancelled by sales and by the management, who read no purchases."""
        for person in ("sales", "chair"):
            for cancel in ("action_cancel", "several"):
                order = self._confirmed()
                own = order.with_user(self.people[person])
                with self.subTest(person=person, cancel=cancel):
                    if cancel == "several":
                        own.env["sale.mass.cancel.orders"].create({"sale_order_ids": own.ids}).action_mass_cancel()
                    else:
                        own.action_cancel()
                    self.assertEqual((order.state, set(order.picking_ids.mapped("state"))), ("cancel", {"cancel"}))

    def test_sales_reduce(self):
        """R4.1.3: sales orders less of what is on its way to be delivered, by the order and by its line."""
        order = self._confirmed()
        own = order.with_user(self.people["sales"])
        own.write({"order_line": [Command.update(order.order_line.id, {"product_uom_qty": 400})]})
        own.order_line.product_uom_qty = 300
        self.assertEqual(sum(order.picking_ids.move_ids.mapped("product_uom_qty")), 300)

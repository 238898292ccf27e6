from odoo import Command
from odoo.addons.paper_base.exceptions import DispatchBlockedError
from odoo.addons.paper_quality.exceptions import MovedGoodsError
from odoo.tests import Form, tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDispatchGate(DeliveryCommon):
    def _codes(self, error):
        return {item["code"] for found in error.blockers.values() for item in found}

    def test_validate(self):
        """R6.2.2: a delivery leaves after notice, plan and loading check, and not before."""
        order = self._order()
        picking = order.picking_ids.with_user(self.stock)
        with self.assertRaises(DispatchBlockedError) as caught:
            picking.button_validate()
        self.assertEqual(self._codes(caught.exception), {"dispatch_notice"})
        self._draft(order).with_user(self.sales).action_issue()
        with self.assertRaises(DispatchBlockedError) as caught:
            picking.button_validate()
        self.assertEqual(self._codes(caught.exception), {"dispatch_notice"})
        order.paper_notice_ids.with_user(self.logistics).action_plan(
            licence_plate="A1", driver_name="Li", planned_date=order.paper_notice_ids.delivery_date
        )
        with self.assertRaises(DispatchBlockedError) as caught:
            picking.button_validate()
        self.assertEqual(self._codes(caught.exception), {"loading_check"})
        self._pack(picking)
        picking.action_check_loading()
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertEqual(order.paper_notice_ids.state, "done")
        self.assertEqual(self._milestone(order, "dispatched")["state"], "done")

    def test_changed_after_the_check(self):
        """R6.2.2: what is changed after the loading check is checked again."""
        picking = self._load(self._order())
        picking.move_ids.quantity = 900
        with self.assertRaises(DispatchBlockedError) as caught:
            picking.with_user(self.stock).with_context(skip_backorder=True).button_validate()
        self.assertEqual(self._codes(caught.exception), {"loading_check"})

    def test_batch(self):
        """R6.2.2: a batch of deliveries does not leave with an unannounced one in it."""
        good, bad = self._order(), self._order()
        self._load(good)
        batch = self.env["stock.picking.batch"].create(
            {"picking_ids": [Command.set((good | bad).picking_ids.ids)], "company_id": self.env.company.id}
        )
        batch.action_confirm()
        with self.assertRaises(DispatchBlockedError):
            batch.with_user(self.stock).action_done()
        self._load(bad)
        batch.with_user(self.stock).action_done()
        self.assertEqual((good | bad).picking_ids.mapped("state"), ["done", "done"])

    def test_moves_directly(self):
        """R6.2.2: moving the goods directly, or writing that they have moved, meets the same gate."""
        order = self._order()
        moves = order.picking_ids.move_ids
        moves.picked = True
        with self.assertRaises(DispatchBlockedError):
            moves._action_done()
        with self.assertRaises(MovedGoodsError):
            moves.with_user(self.stock).write({"state": "done"})
        with self.assertRaises(DispatchBlockedError):
            order.picking_ids.with_context(skip_sanity_check=True, is_scrap=True)._action_done()

    def test_immediate_transfer(self):
        """R6.2.2: a transfer made by hand for the order of a customer meets the same gate."""
        order = self._order()
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.out_type_id.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "partner_id": self.customer.id,
                "sale_id": order.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.paper.id,
                            "product_uom_qty": 5,
                            "location_id": self.warehouse.lot_stock_id.id,
                            "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                            "sale_line_id": order.order_line.id,
                        }
                    )
                ],
            }
        )
        with self.assertRaises(DispatchBlockedError):
            picking.with_user(self.stock).button_validate()

    def test_other_orders_pass(self):
        """R2: what is no paper order leaves without a notice."""
        pallet = self.env["product.product"].create({"name": "Pallet", "is_storable": True, "uom_id": self.kg.id})
        order = self._order(product=pallet, spec=self.env["paper.spec"])
        self.assertFalse(order.is_paper_order)
        order.picking_ids.with_user(self.stock).button_validate()
        self.assertEqual(order.picking_ids.state, "done")

    def test_return_and_scrap_pass(self):
        """R6.2.2: goods that come back, and goods that are scrapped or counted, are no dispatch."""
        order = self._order()
        picking = self._dispatch(order)
        form = Form(self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking"))
        wizard = form.save()
        wizard.product_return_moves.quantity = 10
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": 10, "picked": True})
        back.with_user(self.stock).button_validate()
        self.assertEqual(back.state, "done")
        self.assertFalse(back.is_paper_dispatch)
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 1)
        scrap = self.env["stock.scrap"].with_user(self.stock).create(
            {"product_id": self.paper.id, "scrap_qty": 1, "paper_reason": "Torn"}
        )
        scrap.action_validate()
        self.assertEqual(scrap.state, "done")

    def test_partial_delivery(self):
        """R6.2.1: the rest of a partial delivery needs a notice of its own, and does not hold back the first part."""
        order = self._order()
        notice = self._draft(order).with_user(self.sales)
        notice.line_ids.quantity_kg = 400
        notice.action_issue()
        notice.with_user(self.logistics).action_plan(
            licence_plate="A1", driver_name="Li", planned_date=notice.delivery_date
        )
        picking = notice.picking_ids.with_user(self.stock)
        self._pack(picking)
        picking.action_check_loading()
        picking.button_validate()
        self.assertEqual((picking.state, notice.state), ("done", "done"))
        rest = order.picking_ids - picking.sudo()
        self.assertFalse(rest.paper_notice_id)
        rest.action_assign()
        with self.assertRaises(DispatchBlockedError):
            rest.with_user(self.stock).button_validate()
        notified = self._milestone(order, "notified")
        self.assertEqual((notified["state"], notified["name"]), ("current", "Dispatch notice: 400 of 1,000 kg"))
        self._dispatch(order)
        self.assertEqual(rest.state, "done")

    def test_override(self):
        """R6.2.2: the management may let goods go, with a reason that is kept."""
        order = self._order()
        boss = self.env["res.users"].create(
            {
                "name": "Boss",
                "login": "deliv_boss",
                "group_ids": [Command.set(self.env.ref("paper_base.group_management").ids)],
            }
        )
        order.with_user(boss)._override_blocker("dispatch", "dispatch_notice", "The lorry waits")
        order.picking_ids.with_user(self.stock).button_validate()
        self.assertEqual(order.picking_ids.state, "done")

    def test_blockers_of_many_orders(self):
        """R6.2.2: the blockers and milestones of many orders cost no more queries than of few."""
        orders = self.env["sale.order"].browse([self._order().id for _index in range(8)])
        for order in orders[:6]:
            self._plan(order)
        counts = []
        for batch in (orders[:4], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            batch._get_blockers("dispatch")
            batch._get_milestones()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2)

from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestOrderToStock(PaperProductionCommon):
    def test_whole_way(self):
        """R5.1.1, R5.1.2, R5.3.1, R6.1.1: from the confirmed order to stock, each step by its department."""
        order = self.create_order(self.create_spec(), kg=2000)
        production = self.productions(order)
        self.assertEqual(production.state, "confirmed")
        self.assertEqual(production.paper_spec_id, order.order_line.paper_spec_id)
        self.assertEqual(self.milestone(order, "planned")["state"], "todo")

        plan = self.env["paper.production.plan"].with_user(self.planner).create({})
        plan.action_collect()
        self.assertIn(production, plan.production_ids)
        self.assertEqual(self.milestone(order, "planned")["state"], "current")
        plan.action_submit()
        plan.with_user(self.supervisor).action_approve()
        self.assertTrue(production.is_planned)
        planned = self.milestone(order, "planned")
        self.assertEqual(planned["state"], "done")
        self.assertTrue(planned["date"])

        first, second = production.with_user(self.operator).workorder_ids
        first.button_start()
        self.assertEqual(self.milestone(order, "produced")["state"], "current")
        first.button_finish()
        second.button_start()
        second.button_finish()
        self.assertEqual(production.state, "to_close")
        self.assertEqual(self.milestone(order, "produced")["state"], "done")
        self.assertEqual(self.milestone(order, "stocked")["state"], "todo")

        inspection = self.answer(production.inspection_ids)
        inspection.action_confirm()
        self.assertEqual(self.milestone(order, "inspected")["state"], "done")

        production.with_user(self.operator).button_mark_done()
        self.assertEqual(production.state, "done")
        self.assertEqual(plan.state, "done")
        self.assertEqual(self.milestone(order, "stocked")["state"], "done")
        delivery = order.sudo().picking_ids
        self.assertEqual(delivery.move_ids.quantity, 2000)
        self.assertEqual(delivery.move_ids.paper_spec_id, order.order_line.paper_spec_id)
        self.assertEqual(sum(production.workorder_ids.paper_record_ids.mapped("produced_kg")), 4000)

    def test_cold_cache(self):
        """R5.3.1: the workshop finishes an order with its own rights alone, nothing read for it before."""
        production = self.productions(self.create_order())
        self.approved_plan(production)
        self.make(production)
        self.passed(production)
        production.sudo().workorder_ids.time_ids.unlink()  # as when start and end fall into the same second
        self.env.flush_all()
        self.env.invalidate_all()
        production.with_user(self.operator).button_mark_done()
        self.assertEqual(production.state, "done")

    def test_cancelled_by_planning(self):
        """R5.1.1: planning cancels an order with its own rights alone."""
        production = self.productions(self.create_order())
        self.env.flush_all()
        self.env.invalidate_all()
        production.with_user(self.planner).action_cancel()
        self.assertEqual(production.state, "cancel")

    def test_partial_progress(self):
        """R5.3.3: the order shows how much of the ordered weight is in stock."""
        order = self.create_order(self.create_spec(), self.create_spec(width=880), kg=1000)
        first, second = self.productions(order)
        self.approved_plan(first | second)
        self.make(first)
        self.passed(first)
        first.with_user(self.operator).button_mark_done()
        stocked = self.milestone(order, "stocked")
        self.assertEqual(stocked["state"], "current")
        self.assertIn("1,000", stocked["name"])
        self.assertIn("2,000", stocked["name"])

    def test_backorder_stays_in_its_plan(self):
        """R5.1.2: what is left of an approved order is approved with it."""
        production = self.productions(self.create_order())
        plan = self.approved_plan(production)
        production = production.with_user(self.operator)
        production.qty_producing = 400
        production.set_qty_producing()
        self.make(production)
        self.passed(production)
        action = production.button_mark_done()
        self.env["mrp.production.backorder"].with_user(self.operator).with_context(**action["context"]).create(
            {}
        ).action_backorder()
        rest = plan.production_ids - production
        self.assertEqual(rest.product_qty, 600)
        self.assertEqual(plan.state, "approved")
        self.assertEqual(rest.sale_line_id, production.sale_line_id)

    def test_orders_do_not_merge(self):
        """R4.2.1: two orders of the same paper have two manufacturing orders, so have two lines of one order."""
        spec = self.create_spec()
        first, second = self.create_order(spec, spec), self.create_order(spec)
        self.assertEqual(len(self.productions(first)), 2)
        self.assertEqual(len(self.productions(second)), 1)
        self.assertFalse(self.productions(first) & self.productions(second))

    def test_order_from_stock(self):
        """R5.1.1: an order that needs nothing made waits for no plan."""
        self.paper.route_ids = False
        order = self.create_order()
        codes = ("planned", "produced", "stocked")
        # Neither there nor being made: nobody announces it before.
        self.assertEqual([self.milestone(order, code)["state"] for code in codes], ["todo"] * 3)
        self.assertEqual(order.sudo()._get_steps_ahead()[order.sudo()]["name"], "Production planned")
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 1000)
        order.sudo().picking_ids.action_assign()
        self.assertEqual([self.milestone(order, code)["state"] for code in codes], ["skipped"] * 3)
        self.assertNotIn("produce", order._paper_open_steps())

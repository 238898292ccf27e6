from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .common import DeliveryCommon, signature

STAGES = ("notified", "dispatched", "delivered")


@tagged("post_install", "-at_install")
class TestOrderProgress(DeliveryCommon):
    """What was announced, sent and received of an order is judged by the weight of each line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tolerant = cls._spec(tolerance_minus=5, tolerance_plus=5)
        # What was made for the order is a matter of other addons.
        Report = cls.registry["ir.actions.report"]
        cls.startClassPatcher(patch.object(Report, "_render_qweb_pdf", lambda *args, **kwargs: (b"%PDF", "pdf")))

    def states(self, order):
        return [self._milestone(order, code)["state"] for code in STAGES]

    def deliver(self, order, *kg, backorder=False, **proof):
        """Announce, load and send ``kg`` of the lines of an order's open delivery, and have it signed for."""
        picking = order._paper_deliveries()
        notice = self._draft(order)
        for move, line, weight in zip(picking.move_ids, notice.line_ids, kg, strict=True):
            line.with_user(self.sales).quantity_kg = weight
            move.quantity = weight
        notice.with_user(self.sales).action_issue(late_reason="Asked for today")
        if not backorder:
            (order._paper_deliveries() - picking).with_user(self.stock).action_cancel()
        notice.with_user(self.logistics).action_plan(
            licence_plate="沪A·12345", driver_name="Driver Li", planned_date=self.env.company._paper_today()
        )
        self._pack(picking)
        picking.move_ids.picked = True
        picking.with_user(self.stock).action_check_loading()
        context = {"skip_backorder": True, "picking_ids_not_to_backorder": [] if backorder else picking.ids}
        picking.with_user(self.stock).with_context(**context).button_validate()
        self.assertEqual(picking.state, "done")
        picking.with_user(self.logistics).action_record_proof("Ms Chen", signature(), **proof)
        return picking

    def told(self, order):
        self.env.flush_all()
        self.env.cr.precommit.run()
        return order.activity_ids.filtered(lambda activity: activity.paper_kind == "short")

    def test_a_third_delivered_the_rest_given_up(self):
        """R5.3.3, R6.2.2, R6.3.1: a third that was signed for is no delivered order; sales have it, the customer reads it."""
        order = self._order(spec=self.tolerant)
        self.deliver(order, 333)
        self.assertEqual(self.states(order), ["short"] * 3)
        read = {item["code"]: item for item in order._get_portal_milestones()}
        for code in STAGES:
            self.assertIn("333 of 1,000 kg", read[code]["name"])
            self.assertEqual(read[code]["state_name"], "Less than ordered")
        told = self.told(order)
        self.assertEqual(told.user_id, self.sales)
        self.assertIn("333 of 1,000 kg", told.summary)

    def test_a_part_delivered_the_rest_to_come(self):
        """R5.3.3, R6.3.1: while the rest is open the order goes on, and is done with the last delivery."""
        order = self._order(spec=self.tolerant)
        self.deliver(order, 333, backorder=True)
        # The rest is announced by nobody yet.
        self.assertEqual(self.states(order), ["current"] * 3)
        self.assertFalse(self.told(order))
        self.deliver(order, 667)
        self.assertEqual(self.states(order), ["done"] * 3)

    def test_the_rest_cancelled_later(self):
        """R5.3.3: a rest that is cancelled afterwards does not count."""
        order = self._order(spec=self.tolerant)
        self.deliver(order, 333, backorder=True)
        order._paper_deliveries().with_user(self.stock).action_cancel()
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertEqual(len(self.told(order)), 1)

    def test_within_the_tolerance(self):
        """R6.3.1: what the customer accepts as missing is not missing."""
        order = self._order(spec=self.tolerant)
        self.deliver(order, 950)
        self.assertEqual(self.states(order), ["done"] * 3)
        self.assertFalse(self.told(order))

    def test_more_than_ordered(self):
        """R6.3.1: what is delivered beyond the order, as far as the customer accepts it, is done."""
        order = self._order(spec=self.tolerant)
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 100)
        self.deliver(order, 1050)
        self.assertEqual(self.states(order), ["done"] * 3)
        self.assertEqual(order.order_line.qty_delivered, 1050)

    def test_everything_cancelled(self):
        """R6.2.2: deliveries that were all cancelled have brought nothing, and sales are told."""
        order = self._order(spec=self.tolerant)
        order._paper_deliveries().with_user(self.stock).action_cancel()
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertEqual(len(self.told(order)), 1)

    def test_one_line_of_two(self):
        """R6.3.1: each line counts for itself, two of the same paper as well."""
        second = {"product_id": self.paper.id, "product_uom_qty": 1000, "paper_spec_id": self.tolerant.id, "sequence": 20}
        first = {**second, "sequence": 10}
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 2000)
        order = self._order(stocked=False, order_line=[Command.create(first), Command.create(second)])
        picking = self.deliver(order, 1000, 400)
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertIn("1,400 of 2,000 kg", self._milestone(order, "delivered")["name"])
        self.assertEqual(picking.paper_receipt_ids.mapped("shipped_kg"), [1000, 400])

    def test_received_less_than_shipped(self):
        """R6.3.1: what counts as delivered is what the customer signed for."""
        order = self._order(spec=self.tolerant)
        picking = self._dispatch(order)
        receipt = {"id": picking.paper_receipt_ids.id, "received_kg": 900, "remark": "2 reams wet"}
        picking.with_user(self.logistics).action_record_proof("Ms Chen", signature(), lines=[receipt])
        self.assertEqual(self.states(order), ["done", "done", "short"])
        self.assertIn("900 of 1,000 kg", self._milestone(order, "delivered")["name"])

    def test_the_order_is_cancelled(self):
        """R6.2.2: nobody is told of deliveries that an order which is cancelled itself gives up."""
        order = self._order(spec=self.tolerant)
        order._action_cancel()
        self.assertFalse(self.told(order))

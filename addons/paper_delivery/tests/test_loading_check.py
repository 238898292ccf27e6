from odoo.addons.paper_delivery.exceptions import (
    LoadingDifferenceError,
    NoticeStateError,
    NotOnHandError,
    PackingIncompleteError,
    ProofError,
)
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestLoadingCheck(DeliveryCommon):
    def _ready(self, **vals):
        order = self._order(**vals)
        self._plan(order)
        return order.picking_ids.with_user(self.stock)

    def test_passes(self):
        """R6.2.2: goods as announced and packed pass; who checked and when is kept."""
        picking = self._ready()
        self._pack(picking)
        picking.action_check_loading()
        self.assertRecordValues(
            picking.sudo(), [{"paper_loading_state": "passed", "paper_loaded_by_id": self.stock.id}]
        )
        self.assertEqual(picking.paper_check_ids.user_id, self.stock)

    def test_needs_a_planned_notice(self):
        """R6.2.2: without a planned notice there is nothing to check the loading against."""
        order = self._order()
        with self.assertRaises(NoticeStateError):
            order.picking_ids.with_user(self.stock).action_check_loading()

    def test_differences_are_listed(self):
        """R6.2.2: another quantity than announced is refused, with what was announced and what is loaded."""
        picking = self._ready()
        self._pack(picking)
        picking.move_ids.quantity = 700
        with self.assertRaises(LoadingDifferenceError) as caught:
            picking.action_check_loading()
        self.assertIn("1000", str(caught.exception))
        self.assertIn("700", str(caught.exception))
        self.assertEqual(picking.paper_loading_state, "todo")

    def test_tolerance(self):
        """R6.2.2: over or under delivery within the specification's tolerance passes with a note."""
        picking = self._ready(spec=self._spec(tolerance_minus=2, tolerance_plus=3))
        self._pack(picking)
        picking.move_ids.quantity = 985
        before = len(picking.message_ids)
        picking.action_check_loading()
        self.assertEqual(picking.paper_loading_state, "passed")
        self.assertGreater(len(picking.message_ids), before)

    def test_one_tolerance(self):
        """R6.2.2: the tolerance is one of the order: what a notice takes up of it is not taken up again by the loading."""
        order = self._order(spec=self._spec(tolerance_plus=5))
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 500)
        notice = self._draft(order)
        notice.with_user(self.sales).line_ids.quantity_kg = 1050
        notice.with_user(self.sales).action_issue(late_reason="Asked for today")
        notice.with_user(self.logistics).action_plan(
            licence_plate="沪A·12345", driver_name="Driver Li", planned_date=self.env.company._paper_today()
        )
        picking = order.picking_ids.with_user(self.stock)
        self._pack(picking)
        picking.move_ids.quantity = 1060
        with self.assertRaises(LoadingDifferenceError):
            picking.action_check_loading()
        picking.move_ids.quantity = 1050
        picking.action_check_loading()
        self.assertEqual(picking.paper_loading_state, "passed")

    def test_reel_of_another_specification(self):
        """R6.2.2: a reel made by another specification is not what the notice says, whatever its weight."""
        product = self._paper(tracking="lot")
        other = self._spec(basis_weight=70)
        self._lot(product, "R1", 1000, other)
        picking = self._ready(product=product, stocked=False)
        self.assertEqual(picking.move_ids.quantity, 1000)
        self._pack(picking)
        with self.assertRaises(LoadingDifferenceError):
            picking.action_check_loading()

    def test_no_more_than_lies_there(self):
        """R6.2.2: more of a roll than lies there is not loaded, whatever the tolerance."""
        product = self._paper(name="Reels", tracking="lot")
        spec = self._spec(tolerance_plus=5, tolerance_minus=5)
        self._lot(product, "R1", 1000, spec)
        picking = self._ready(product=product, stocked=False, spec=spec)
        self._pack(picking)
        picking.move_line_ids.quantity = 1020
        with self.assertRaises(NotOnHandError):
            picking.action_check_loading()
        picking.move_line_ids.quantity = 990
        picking.action_check_loading()

    def test_packing(self):
        """R6.2.2: damp, shock and theft are ticked off before the goods leave; a tick taken back undoes the check."""
        picking = self._ready()
        checks = picking.paper_check_ids
        checks[:2].done = True
        with self.assertRaises(PackingIncompleteError):
            picking.action_check_loading()
        checks[2].done = True
        picking.action_check_loading()
        checks[0].done = False
        self.assertEqual(picking.paper_loading_state, "todo")

    def test_departments(self):
        """R6.2.2: warehouse and logistics check the loading; others do not, nor does anybody write its result."""
        picking = self._ready()
        self._pack(picking)
        for user in (self.sales, self.workshop):
            with self.assertRaises(AccessError):
                picking.with_user(user).action_check_loading()
        with self.assertRaises(ProofError):
            picking.write({"paper_loading_state": "passed"})
        with self.assertRaises(ProofError):
            picking.with_user(self.sales).write({"paper_notice_id": False})
        with self.assertRaises(AccessError):
            picking.paper_check_ids.with_user(self.sales).write({"done": True})
        picking.with_user(self.logistics).action_check_loading()

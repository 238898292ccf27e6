from odoo.addons.paper_base.exceptions import EvaluateBlockedError
from odoo.addons.paper_order_intake.exceptions import IntakeStateError, SuspicionDecidedError
from odoo.tests import tagged

from .test_shop import REEL, SHEET, ShopCommon

# What 100 reams of 787 × 1092 mm, 60 g/m² weigh.
SAME = {"width": 787, "length": 1092, "weight": 2578.212, "basis_weight": 60}


@tagged("post_install", "-at_install")
class TestShopSuspicion(ShopCommon):
    """A customer who telephones and then orders in the shop, or the other way round."""

    own_blockers = ShopCommon.own_blockers | {"suspected_duplicate"}

    def _called(self):
        arrival = self._create_arrival(**SAME)
        arrival.action_process()
        return arrival

    def _web_order(self, *papers):
        order = self._fill_cart(*papers)
        self._submit()
        return order

    def _held(self, order, step="evaluate"):
        return "suspected_duplicate" in {item["code"] for item in order._get_open_blockers(step)[order]}

    def test_web_order_after_a_call(self):
        """R3.1.2: a web order that came by telephone before is held, also as one paper of several, until a person decides."""
        call = self._called()
        order = self._web_order(REEL, SHEET)
        suspicion = order.intake_message_ids.suspicion_ids
        self.assertEqual((suspicion.other_message_id, suspicion.state), (call, "open"))
        self.assertTrue(all(self._held(order, step) for step in ("evaluate", "contract", "confirm")))
        with self.assertRaisesRegex(EvaluateBlockedError, "Compare them"):
            order._check_blockers("evaluate")
        # As the portal asks: in the customer's name, by the mill's rights.
        [shown] = order.with_user(self.buyer).sudo()._get_open_blockers("confirm")[order][-1:]
        self.assertNotIn("A1", shown["message"])
        self.assertIn("still reviewing", shown["message"])
        suspicion.with_user(self.seller).action_both()
        self.assertFalse(self._held(order))
        self.assertEqual((order.state, order.intake_message_ids.state), ("sent", "order"))

    def test_the_same(self):
        """R3.1.2: decided the same, the web order is cancelled, its arrival a duplicate, and the customer told."""
        call = self._called()
        order = self._web_order()
        arrival = order.intake_message_ids
        arrival.suspicion_ids.with_user(self.seller).action_same()
        self.assertEqual((order.state, arrival.state, arrival.duplicate_of_id), ("cancel", "duplicate", call))
        letter = order.message_ids[:1]
        self.assertIn(call.order_id.name, letter.body)
        self.assertIn(self.customer, letter.partner_ids)
        with self.assertRaises(IntakeStateError):
            arrival.with_user(self.seller).action_reopen()

    def test_confirmed_meanwhile(self):
        """R3.1.2: an order that is confirmed is not cancelled by a decision on duplicates."""
        self._called()
        order = self._web_order()
        # As an order that was confirmed before the two were compared.
        self.env.cr.execute("UPDATE sale_order SET state = 'sale' WHERE id = %s", [order.id])
        order.invalidate_recordset()
        with self.assertRaises(SuspicionDecidedError):
            order.intake_message_ids.suspicion_ids.with_user(self.seller).action_same()

    def test_call_after_a_web_order(self):
        """R3.1.2: what comes by telephone after the same paper was ordered in the shop waits, once, for a person's word."""
        order = self._web_order(REEL, SHEET)
        call = self._called()
        self.assertEqual((call.state, call.suspicion_ids.other_order_id), ("received", order))
        alone = self._web_order({**SHEET, "quantity": "50"})
        later = self._create_arrival(**{**SAME, "weight": 1289.106, "number": "A2"})
        later.action_process()
        self.assertEqual(len(later.suspicion_ids), 1)
        suspicion = later.suspicion_ids
        self.assertEqual(suspicion.other_message_id.order_id or suspicion.other_order_id, alone)

    def test_other_web_orders(self):
        """R3.1.2: two orders of the shop, or another size, are no suspicion."""
        self._web_order()
        self.assertFalse(self._web_order().intake_message_ids.suspicion_ids)
        self._create_arrival(**{**SAME, "width": 788}).action_process()
        self.assertFalse(self._held(self._web_order()))

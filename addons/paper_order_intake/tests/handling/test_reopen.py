from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import IntakeStateError
from ..common import IntakeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 04:00:00")
class TestReopen(IntakeCommon):
    """What was closed without an order, and is one after all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"name": "Mails", "kind": "email", "handler_id": cls.seller.id, "product_id": cls.paper.id}
        cls.mails = cls.env["paper.intake.channel"].create(values)

    def test_no_duplicate_after_all(self):
        """R3.1.2: an arrival that was closed as a duplicate waits again, says what it repeats, and is decided anew."""
        first = self._create_arrival()
        first.action_process()
        second = self._create_arrival(channel_id=self.mails.id, number="M-77", user=self.seller)
        second.action_process()
        suspicion = second.suspicion_ids
        suspicion.with_user(self.colleague).action_same()
        second.action_reopen()
        self.assertEqual((second.state, suspicion.state, bool(second.duplicate_of_id)), ("received", "open", False))
        self.assertIn("looks like", second.reason)
        suspicion.with_user(self.seller).action_both()
        self.assertEqual((second.state, suspicion.decided_by_id), ("order", self.seller))

    def test_the_earlier_one_after_the_later_went_on(self):
        """R3.1.2: an earlier arrival that was closed as the same, and is reopened, is held until that is decided again."""
        first = self._create_arrival()
        second = self._create_arrival(channel_id=self.mails.id, number="M-77", user=self.seller)
        second.action_process()
        second.suspicion_ids.with_user(self.seller).action_same_close_earlier()
        self.assertEqual((first.state, second.state), ("duplicate", "order"))
        first.action_reopen()
        self.assertEqual(first.suspicion_ids.mapped("state"), ["open"])
        self.assertEqual(first.suspicion_ids.other_message_id, second)
        first.action_process()
        self.assertFalse(first.order_id)
        first.suspicion_ids.with_user(self.seller).action_same()
        self.assertEqual(first.state, "duplicate")

    def test_closed_by_hand(self):
        """R3.1.2: what a person closed as a duplicate becomes an order when he reopens and processes it."""
        arrival = self._create_arrival()
        arrival.action_mark_duplicate()
        arrival.action_reopen()
        self.assertEqual((arrival.state, arrival.activity_ids.user_id), ("received", arrival.handler_id))
        arrival.action_process()
        self.assertEqual(arrival.state, "order")

    def test_who_reopens_what(self):
        """R3.1.2: an order is not reopened, nor by the management, nor by writing the state."""
        arrival = self._create_arrival()
        with self.assertRaises(IntakeStateError):
            arrival.action_reopen()
        arrival.action_mark_duplicate()
        with self.assertRaises(AccessError):
            arrival.with_user(self.manager).action_reopen()
        with self.assertRaises(IntakeStateError):
            arrival.write({"reopened_on": "2026-06-15 03:00:00", "duplicate_of_id": False})
        arrival.action_reopen()
        arrival.action_process()
        with self.assertRaises(IntakeStateError):
            arrival.action_reopen()

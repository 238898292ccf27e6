from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import freeze_time, tagged

from ..common import CompletenessCommon

NOW = "2031-03-03 02:00:00"
PAST, TODAY, AHEAD = datetime(2031, 2, 20, 4), datetime(2031, 3, 3, 4), datetime(2031, 4, 1, 4)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPastDate(CompletenessCommon):
    """A delivery date that is past is no delivery date: it is asked for like a missing one."""

    def _order(self, date, *own):
        lines = [self._prepare_line(self._create_sheet(), paper_quantity=1000, paper_unit="kg") for _line in own or (1,)]
        for line, day in zip(lines, own, strict=False):
            line["paper_commitment_date"] = day
        return self._create_complete_order(commitment_date=date, order_line=[Command.create(line) for line in lines])

    def _gaps(self, order):
        return [(gap["fact"], gap["id"]) for gap in order.with_user(self.seller).paper_missing or ()]

    def test_the_orders_date(self):
        """R3.2.1: a date before today holds the order like a missing one, and says which day it is; today does not."""
        order = self._order(PAST)
        self.assertEqual(self._gaps(order), [("delivery_date", order.id)])
        self.assertIn("02/20/2031", order.paper_missing_text)
        self.assertIn("past", order.paper_missing_text)
        self.assertIn("incomplete", self._blocker_codes(order))
        for day in (TODAY, AHEAD):
            order.commitment_date = day
            self.assertFalse(self._gaps(order))

    def test_it_becomes_past(self):
        """R3.2.1: a date that passes while the order is not agreed is asked for; what was promised holds, and of
        an order that is over nothing is asked."""
        order = self._order(AHEAD)
        with freeze_time("2031-04-02 02:00:00"):
            order.invalidate_recordset()
            self.assertEqual(self._gaps(order), [("delivery_date", order.id)])
            order.order_line._by_step().write({"paper_promised_date": AHEAD})
            self.assertFalse(self._gaps(order))
            order.order_line._by_step().write({"paper_promised_date": False})
            order.sudo()._action_cancel()
            self.assertFalse(self._gaps(order))

    def test_each_line_for_itself(self):
        """R3.2.1: a line's own date that is past is asked for that line, by a question of its own; the others stay."""
        order = self._order(AHEAD, PAST, False, AHEAD)
        late, *_others = order.order_line
        self.assertEqual(self._gaps(order), [("delivery_date", late.id)])
        self.assertIn(late.paper_spec_id.display_name, order.paper_missing_text)
        [question] = [item for item in order._completion_questions() if item["fact"] == "delivery_date"]
        self.assertEqual([item["name"] for item in question["inputs"]], [f"line-{late.id}-paper_commitment_date"])
        taken, errors = order._take_answers({f"line-{late.id}-paper_commitment_date": "2031-05-06"})
        self.assertFalse(errors)
        self.assertEqual(len(taken), 1)
        self.assertEqual(late._paper_delivery_day().isoformat(), "2031-05-06")
        self.assertFalse(self._gaps(order))
        self.assertEqual(order.commitment_date, AHEAD)

    def test_which_lines_the_orders_date_is_asked_for(self):
        """R3.2.1: where some lines have a date and a place of their own, it is said for which ones they are asked."""
        order = self._order(False, AHEAD, False)
        depot = self.customer.create({"name": "Depot", "parent_id": self.customer.id, "street": "2 Road", "city": "Jinan"})
        order.order_line[0].paper_shipping_id = depot
        order.partner_shipping_id = self.customer.create({"name": "Site", "parent_id": self.customer.id, "type": "delivery"})
        order.order_line[1].paper_spec_id.width = 555
        order.invalidate_recordset()
        self.assertEqual(dict(self._gaps(order)), {"delivery_date": order.id, "delivery_place": order.id})
        own, asked = order.order_line.mapped("paper_spec_id.display_name")
        for sentence in order.paper_missing_text.splitlines():
            self.assertIn(asked, sentence)
            self.assertEqual(own in sentence, own == asked)

    def test_a_lines_own_place_without_street(self):
        """R3.2.1: a place that only some lines go to and nobody would find is asked for these, once, and answered by link."""
        order = self._order(AHEAD, AHEAD, AHEAD, AHEAD)
        bare = self.customer.create({"name": "工地", "parent_id": self.customer.id, "type": "delivery"})
        order.order_line[:2].paper_shipping_id = bare
        order.invalidate_recordset()
        first, second, third = order.order_line
        self.assertEqual(dict(self._gaps(order)), {"delivery_place": first.id})
        self.assertIn(first.paper_spec_id.display_name, order.paper_missing_text)
        _taken, errors = order._take_answers({f"place-{first.id}-city": "Qingdao"})
        self.assertTrue(errors, "a town is no place to deliver to")
        taken, errors = order._take_answers({f"place-{first.id}-street": "8 Dock", f"place-{first.id}-city": "Qingdao"})
        self.assertEqual((len(taken), errors), (1, {}))
        self.assertEqual((first.paper_shipping_id.street, second.paper_shipping_id), ("8 Dock", first.paper_shipping_id))
        self.assertFalse(third.paper_shipping_id)
        self.assertFalse(self._gaps(order))
        self.assertFalse(bare.street, "the address as it was is left alone")

    def test_what_arrives_with_a_past_date(self):
        """R3.2.1: whatever channel brings a past date, the order is made and the date asked for."""
        arrival = self._create_arrival(commitment_date=PAST)
        arrival.action_process()
        self.assertEqual(arrival.state, "order")
        self.assertIn("delivery_date", {fact for fact, _id in self._gaps(arrival.order_id)})
        later = self._create_arrival(number="A2", width=700, commitment_date=PAST + timedelta(days=60))
        later.action_process()
        self.assertNotIn("delivery_date", {fact for fact, _id in self._gaps(later.order_id)})

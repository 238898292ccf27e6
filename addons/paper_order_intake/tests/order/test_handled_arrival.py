from odoo import Command
from odoo.addons.paper_base.models.steps.paper_guarded_mixin import MAGIC, OTHERS
from odoo.fields import Domain
from odoo.tests import tagged

from ...exceptions import IntakeStateError
from ..common import IntakeCommon
from ..lists import csv_of

HEADER = ["order no", "width", "length", "weight", "basis weight"]


@tagged("post_install", "-at_install")
class TestHandledArrival(IntakeCommon):
    """What became of an arrival says what was read from it: nobody changes that behind the order's back."""

    def _by_hand_whenever(self, model):
        """Return the stored fields of a model that are its own and that no state locks."""
        stored = {name: field for name, field in self.env[model]._fields.items() if field.store and name not in MAGIC}
        fields = [name for name, field in stored.items() if field.type != "one2many"]  # that is written in its lines
        theirs = {name for other in OTHERS for name in self.env[other]._fields}
        return {name for name in fields if name not in theirs and self.env[model]._by_hand(name) is None}

    def test_every_figure_is_locked(self):
        """R3.1.2: of all that an arrival or an order book holds, handler and archive alone are open when it is handled."""
        self.assertEqual(self._by_hand_whenever("paper.intake.message"), {"active", "handler_id"})
        self.assertFalse(self._by_hand_whenever("paper.intake.upload"))

    def test_a_second_tab(self):
        """R3.1.2: what was open in a second tab, or is written past the screen, changes nothing of a handled arrival."""
        arrival = self._create_arrival()
        second = arrival.with_user(self.colleague)
        arrival.weight = 2100  # mended while it waits
        arrival.action_process()
        other = self.env["res.partner"].create({"name": "Somebody else"})
        for values in ({"weight": 1.0}, {"number": "B2"}, {"partner_id": other.id}, {"quality_requirement": "glossy"}):
            with self.assertRaises(IntakeStateError):
                second.write(values)
            with self.assertRaises(IntakeStateError):
                second.sudo().write(values)
        result = self.env["paper.intake.message"].with_user(self.seller).load([".id", "weight"], [[str(arrival.id), "5"]])
        self.assertIn("error", {message["type"] for message in result["messages"]})
        self.assertEqual((arrival.weight, arrival.order_id.order_line.paper_weight_kg), (2100, 2100))
        second.handler_id = self.colleague
        closed = self._create_arrival(number="A2", width=700)
        closed.action_no_order()
        with self.assertRaises(IntakeStateError):
            closed.width = 710
        closed.action_reopen()
        closed.width = 710
        self.assertEqual(closed.width, 710)

    def test_a_book_that_was_read(self):
        """R3.1.2: customer, product and date of an order book are those that its rows were read with."""
        upload = self._upload(csv_of([HEADER, ["P1", "700", "1000", "900", "80"]]).encode(), "po.csv")
        with self.assertRaises(IntakeStateError):
            upload.partner_id = self.env["res.partner"].create({"name": "Somebody else"})

    # Its item is deleted

    def _rows(self):
        rows = [["PO-8", str(700 + place), "1000", "900", "80"] for place in range(3)]
        return self._upload(csv_of([HEADER, *rows]).encode(), "po.csv").arrival_ids.sorted("line_no").with_user(self.seller)

    def test_a_deleted_item(self):
        """R3.1.2: the row whose item somebody deletes waits again and says who did; sales are told; the order waits for it."""
        rows = self._rows()
        order = rows.order_id
        boss = self._create_user("t_boss", "paper_base.group_sales", "sales_team.group_sale_salesman_all_leads")
        order.with_user(boss).write({"order_line": [Command.delete(rows[1].order_line_id.id)]})
        self.assertEqual(rows.mapped("state"), ["order", "received", "order"])
        lost = rows[1]
        self.assertFalse(lost.order_id or lost.handled_on)
        self.assertIn(order.name, lost.reason)
        self.assertIn(boss.name, lost.reason)
        self.assertEqual(lost.sudo().activity_ids.user_id, self.seller)
        self.assertIn("open_rows", self._blocker_codes(order))
        lost.action_process()
        self.assertEqual((lost.state, lost.order_id, len(order.order_line)), ("order", order, 3))
        self.assertNotIn("open_rows", self._blocker_codes(order))
        lost.order_line_id.unlink()
        lost.action_no_order()
        self.assertNotIn("open_rows", self._blocker_codes(order))

    def test_a_deleted_order(self):
        """R3.1.2: no row keeps saying that it is an order that is gone; made again, they are one order."""
        rows = self._rows()
        rows.order_id.sudo().unlink()
        self.assertEqual(set(rows.mapped("state")), {"received"})
        self.assertFalse(self.env["paper.intake.message"].search(Domain("state", "=", "order") & Domain("order_id", "=", False)))
        rows.action_process()
        self.assertEqual((len(rows.order_id), len(rows.order_id.order_line)), (1, 3))

    def test_queries_of_deleting(self):
        """R3.1.2: to delete three items costs no more queries for the arrivals than to delete one."""
        counts = []
        for number in (1, 3):
            rows = self._rows() if number == 1 else self._upload(
                csv_of([HEADER, *(["PO-9", str(800 + place), "1000", "900", "80"] for place in range(4))]).encode(), "q.csv"
            ).arrival_ids
            lines = rows[:number].order_line_id
            arrivals = rows[:number].sudo()
            self.env.flush_all()
            self.env.invalidate_all()
            names = {arrival: arrival.order_id.name for arrival in arrivals}
            self.assertEqual(len(lines), number)
            before = self.env.cr.sql_log_count
            arrivals._lose_items(names)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 12)

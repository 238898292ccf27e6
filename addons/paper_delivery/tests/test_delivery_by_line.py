from collections import Counter
from unittest.mock import patch

from lxml import etree
from odoo import Command
from odoo.addons.paper_base.exceptions import DispatchBlockedError
from odoo.tests import freeze_time, tagged

from ..exceptions import NoticeIncompleteError
from .common import DeliveryCommon

DATES = ("2026-04-10 08:00:00", "2026-04-20 08:00:00", "2026-05-04 08:00:00")


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 01:00:00")
class TestDeliveryByLine(DeliveryCommon):
    """An order of eight lines, three dates and two places: what goes together, and what does not."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-03-02 01:00:00"))
        cls.branch = cls.env["res.partner"].create(
            {"name": "Ningbo plant", "type": "other", "parent_id": cls.customer.id, "street": "5 Port Road", "city": "Ningbo"}
        )
        cls.env["stock.quant"]._update_available_quantity(cls.paper, cls.warehouse.lot_stock_id, 8000)
        wanted = [(0, False), (0, False), (0, True), (1, False), (1, False), (1, True), (2, False), (2, True)]
        cls.order = cls._order(
            stocked=False,
            commitment_date=DATES[0],
            order_line=[cls._line(DATES[date] if date else False, there) for date, there in wanted],
        )
        cls.lines = cls.order.order_line

    @classmethod
    def _line(cls, date, there):
        return Command.create(
            {
                "product_id": cls.paper.id,
                "product_uom_qty": 1000,
                "paper_spec_id": cls._spec().id,
                "paper_commitment_date": date,
                "paper_shipping_id": cls.branch.id if there else False,
            }
        )

    def _of(self, line):
        return line.move_ids.picking_id

    def test_lines_are_told_apart_on_the_delivery(self):
        """R6.2.2: whoever loads sees of each line of the delivery what paper it is, and in which unit it is counted."""
        view = self.env["stock.picking"].with_user(self.stock).get_view(
            self.env.ref("stock.view_picking_form").id, "form"
        )
        columns = etree.fromstring(view["arch"]).findall(".//field[@name='move_ids']/list/field")
        shown = {column.get("name") for column in columns if column.get("column_invisible") not in ("True", "1")}
        self.assertLessEqual({"paper_spec_id", "product_uom"}, shown)
        self.assertFalse([column for column in columns if column.get("name") == "paper_spec_id" and column.get("groups")])
        moves = self._of(self.lines[0]).move_ids
        self.assertEqual(moves.paper_spec_id, (self.lines[0] | self.lines[1]).paper_spec_id)
        self.assertEqual(len(moves.mapped("paper_spec_id")), 2)

    def test_each_line_is_looked_at_once(self):
        """R6.2.1: whether goods lie in the right delivery costs one look at each line, not one for every two."""
        moves = self.lines._open_delivery_moves()
        looked = Counter()
        whole = type(self.lines)._paper_delivery_key

        def counted(line):
            looked[line.id] += 1
            return whole(line)

        with patch.object(type(self.lines), "_paper_delivery_key", counted):
            moves._follow_delivery()
        self.assertEqual((len(looked), set(looked.values())), (8, {1}))

    def test_one_delivery_for_each_place_and_day(self):
        """R6.2.1: lines to the same place on the same day leave together, no other ones do; each on its own day."""
        pickings = self.order._paper_deliveries()
        self.assertEqual(len(pickings), 6)
        self.assertEqual(self._of(self.lines[0]), self._of(self.lines[1]))
        self.assertEqual(self._of(self.lines[3]), self._of(self.lines[4]))
        for line in self.lines:
            with self.subTest(line=line.id):
                picking = self._of(line)
                self.assertEqual(picking.partner_id, line._paper_delivery_place())
                self.assertEqual(line.move_ids.date_deadline, line._paper_delivery_date())
                self.assertEqual(picking._paper_delivery_day(), line._paper_delivery_day())

    def test_one_order_date_and_place_is_one_delivery(self):
        """R6.2.1: an order without dates and places of its lines is one delivery and one notice, as it always was."""
        order = self._order(
            stocked=False, commitment_date=DATES[0], order_line=[self._line(False, False) for _number in range(3)]
        )
        self.assertEqual(len(order.picking_ids), 1)
        self.assertEqual(len(self._draft(order)), 1)

    def test_one_notice_for_each_place_and_day(self):
        """R6.2.1: what goes to two places, or on two days, is announced by two notices, each with its own goods."""
        notices = self._draft(self.order)
        self.assertEqual(len(notices), 6)
        self.assertEqual(Counter(notice.partner_id.name for notice in notices), {"Printer Ltd": 3, "Ningbo plant": 3})
        for notice in notices:
            with self.subTest(notice=notice.name):
                lines = notice.line_ids.order_line_id
                self.assertEqual({line._paper_delivery_place() for line in lines}, {notice.partner_id})
                self.assertEqual({line._paper_delivery_day() for line in lines}, {notice.delivery_date})
                self.assertIn(notice.partner_id.city, notice.delivery_place)
        self.assertEqual(notices.line_ids.order_line_id, self.lines)

    def test_the_next_notice_is_due_by_the_first_line(self):
        """R6.2.1: the milestone compares with the lines that are still to be announced, not with the order's date."""
        self.assertEqual(str(self._milestone(self.order, "notified")["deadline"]), "2026-04-07")
        first = self._of(self.lines[0]) | self._of(self.lines[2])
        for picking in first:
            self.order.with_user(self.sales)._draft_notice(picking).with_user(self.sales).action_issue(late_reason="soon")
        self.assertEqual(str(self._milestone(self.order, "notified")["deadline"]), "2026-04-15")

    def test_a_delivery_for_two_places_does_not_leave(self):
        """R6.2.2: goods that were put into the delivery of another place are neither announced nor loaded."""
        here, there = self._of(self.lines[0]), self._of(self.lines[2])
        there.move_ids.picking_id = here
        notice = self.order.with_user(self.sales)._draft_notice(here)
        with self.assertRaises(NoticeIncompleteError):
            notice.with_user(self.sales).action_issue(late_reason="soon")
        with self.assertRaises(DispatchBlockedError):
            here.with_user(self.stock).button_validate()

    def test_moves_follow_a_changed_line(self):
        """R4.1.3, R6.2.1: where a line changes its day or place, its goods go over to the delivery of that day and place."""
        line, old = self.lines[1], self._of(self.lines[1])
        line.write({"paper_commitment_date": DATES[1]})
        self.assertEqual(self._of(line), self._of(self.lines[3]))
        self.assertEqual(str(line.move_ids.date_deadline), DATES[1])
        self.assertEqual(old.move_ids.sale_line_id, self.lines[0])
        line.write({"paper_shipping_id": self.branch.id, "paper_commitment_date": "2026-06-01 08:00:00"})
        self.assertEqual(self._of(line).partner_id, self.branch)
        self.assertEqual(self._of(line).move_ids.sale_line_id, line)
        self.assertEqual(line.move_ids.state, "assigned")
        self.order.commitment_date = "2026-04-12 08:00:00"
        self.assertEqual(str(self.lines[0].move_ids.date_deadline), "2026-04-12 08:00:00")
        self.assertEqual(str(self.lines[3].move_ids.date_deadline), DATES[1])

    def test_what_was_announced_stays(self):
        """R6.2.1: a delivery that was announced keeps its goods; the notice is cancelled first."""
        line = self.lines[2]
        picking = self._of(line)
        self.order.with_user(self.sales)._draft_notice(picking)
        line.paper_shipping_id = False
        self.assertEqual(self._of(line), picking)

    def test_delivered_by_line(self):
        """R6.3.1: each delivery brings its own lines to their place; what is not due yet stays open."""
        self._draft(self.order)
        here = self._of(self.lines[0])
        here.paper_notice_id.with_user(self.sales).action_issue(late_reason="soon")
        here.paper_notice_id.with_user(self.logistics).action_plan(
            licence_plate="沪A·12345", driver_name="Driver Li", planned_date="2026-04-09"
        )
        self._pack(here)
        here.with_user(self.stock).action_check_loading()
        here.with_user(self.stock).button_validate()
        self.assertEqual(self.lines.mapped("qty_delivered"), [1000, 1000, 0, 0, 0, 0, 0, 0])
        self.assertNotEqual(self._milestone(self.order, "dispatched")["state"], "done")

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import SuspicionDecidedError
from ..common import IntakeCommon

ROW = "4890     890   860    2000   0,2           0          0       0      0"


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 04:00:00")
class TestSuspicion(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["paper.intake.channel"].create(
            {"name": "Market", "kind": "marketplace", "handler_id": cls.colleague.id}
        )

    def _ordered(self, **values):
        arrival = self._create_arrival(**values)
        arrival.action_process()
        return arrival

    def _second(self, **values):
        arrival = self._create_arrival(**{"channel_id": self.shop.id, "number": "M-77", **values})
        arrival.action_process()
        return arrival

    def test_waits_for_a_person(self):
        """R3.1.2: the same customer, specification, quantity and date by two channels: the later one waits, undecided."""
        first = self._ordered(commitment_date="2026-07-01 08:00:00")
        second = self._second(commitment_date="2026-07-03 08:00:00")
        self.assertEqual((first.state, second.state), ("order", "received"))
        suspicion = second.suspicion_ids
        self.assertEqual((suspicion.other_message_id, suspicion.state), (first, "open"))
        self.assertIn("looks like", second.reason)
        second.action_process()
        self.assertEqual((second.state, len(second.suspicion_ids)), ("received", 1))

    def test_not_alike(self):
        """R3.1.2: another size, weight, basis weight, customer, date or the same channel is no suspicion."""
        self._ordered(commitment_date="2026-07-01 08:00:00")
        other = self.env["res.partner"].create({"name": "Other", "is_company": True})
        for place, values in enumerate((
            {"width": 891},
            {"weight": 2001},
            {"basis_weight": 210},
            {"partner_id": other.id},
            {"commitment_date": "2026-07-06 08:00:00"},
        )):
            values = {"commitment_date": "2026-07-01 08:00:00", "number": f"M-{place}", **values}
            second = self._second(**values)
            self.assertEqual(second.state, "order", values)
        same_channel = self._create_arrival(number="A9", commitment_date="2026-07-01 08:00:00", user=self.seller)
        suspected = same_channel._suspect({})
        self.assertNotIn(self.phone, [rec.other_channel_id for rec in same_channel.suspicion_ids], suspected)

    def test_tolerance_is_a_setting(self):
        """R3.1.2: how far apart the dates may lie is the company's setting."""
        self._ordered(commitment_date="2026-07-01 08:00:00")
        self.env.company.paper_duplicate_days = 10
        self.assertEqual(self._second(commitment_date="2026-07-11 08:00:00").state, "received")

    def test_the_same(self):
        """R3.1.2: decided the same, the later arrival is closed as a duplicate of the earlier, with who and when."""
        first, second = self._ordered(), self._second()
        suspicion = second.suspicion_ids.with_user(self.colleague)
        suspicion.note = "Mr. Wang called: he sent it twice."
        suspicion.action_same()
        self.assertEqual((second.state, second.duplicate_of_id), ("duplicate", first))
        self.assertEqual((suspicion.state, suspicion.decided_by_id), ("same", self.colleague))
        self.assertTrue(suspicion.decided_on)
        with self.assertRaises(SuspicionDecidedError):
            suspicion.action_both()

    def test_both_are_wanted(self):
        """R3.1.2: decided that both are wanted, the later one becomes an order and is not suspected again."""
        second = (self._ordered(), self._second())[1]
        second.suspicion_ids.with_user(self.colleague).action_both()
        self.assertEqual(second.state, "order")
        self.assertEqual(second.suspicion_ids.state, "both")

    def test_close_the_earlier_that_waits(self):
        """R3.1.2: the earlier one that still waits may be the one to close; the later one goes on."""
        first = self._create_arrival()
        second = self._second()
        suspicion = second.suspicion_ids.with_user(self.seller)
        self.assertTrue(suspicion.can_close_other)
        suspicion.action_same_close_earlier()
        self.assertEqual((first.state, second.state, first.duplicate_of_id), ("duplicate", "order", second))

    def test_mended_figures_clear_it(self):
        """R3.1.2: figures that were misread and are mended end the suspicion by themselves."""
        second = (self._ordered(), self._second())[1]
        second.weight = 3000
        second.action_process()
        self.assertEqual((second.state, second.suspicion_ids.state), ("order", "cleared"))

    def test_order_without_arrival(self):
        """R3.1.2: an order that was entered by hand, or by the shop, is compared too."""
        spec = self._create_sheet(width=890, length=860, basis_weight=200)
        order = self._create_order(self._prepare_line(spec, paper_quantity=2000, paper_unit="kg"))
        second = self._second()
        self.assertEqual(second.suspicion_ids.other_order_id, order)
        sides = second.suspicion_ids.comparison["sides"]
        self.assertEqual(sides[0]["subtitle"], order.name)
        rows = {row["name"]: row["differs"] for row in second.suspicion_ids.comparison["rows"]}
        self.assertFalse(rows["width"] or rows["weight"] or rows["partner_id"] or rows["basis_weight"])

    def test_comparison_marks_differences(self):
        """R3.1.2: side by side, what differs is marked, and what came stands below."""
        second = (self._ordered(tolerance=5), self._second())[1]
        comparison = second.suspicion_ids.comparison
        differing = {row["name"] for row in comparison["rows"] if row["differs"]}
        self.assertEqual(differing, {"number", "tolerance"})
        self.assertIn("by Friday", comparison["sides"][1]["raw"])

    def test_order_book_against_arrivals(self):
        """R3.1.2: the rows of a file are compared with what came by other channels."""
        self._ordered(number="A1", basis_weight=0)
        upload = self._upload(self._book(ROW))
        self.assertEqual(upload.arrival_ids.mapped("state"), ["received"])

    def test_batch_costs_no_more(self):
        """R3.1.2: looking for the same among 2N arrivals costs no more queries than among N."""
        counts = []
        for place, size in enumerate((2, 10, 20)):
            arrivals = self.env["paper.intake.message"]
            for number in range(size):
                arrivals |= self._create_arrival(number=f"Q{place}-{number}", weight=500 + 100 * place + number)
            self.env.flush_all()
            self.env.invalidate_all()
            arrivals.mapped("partner_id.commercial_partner_id")
            before = self.env.cr.sql_log_count
            arrivals._suspect({})
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[1])

    def test_who_decides(self):
        """R3.1.2: sales decides; the management reads; nobody makes, changes or removes a suspicion by hand."""
        suspicion = (self._ordered(), self._second())[1].suspicion_ids
        self.assertEqual(suspicion.with_user(self.manager).state, "open")
        with self.assertRaises(AccessError):
            suspicion.with_user(self.manager).action_same()
        for act in (
            lambda: suspicion.with_user(self.seller).write({"state": "both"}),
            lambda: suspicion.with_user(self.seller).write({"message_id": suspicion.other_message_id.id}),
        ):
            with self.assertRaises(SuspicionDecidedError):
                act()
        with self.assertRaises(AccessError):
            suspicion.with_user(self.seller).unlink()
        with self.assertRaises(SuspicionDecidedError):
            self.env["paper.intake.suspicion"].with_user(self.seller).create(
                {"message_id": suspicion.message_id.id, "other_message_id": suspicion.other_message_id.id}
            )

    def test_other_company(self):
        """R2: an order of another company is no duplicate, and its suspicions are not seen."""
        suspicion = (self._ordered(), self._second())[1].suspicion_ids
        other = self.env["res.company"].create({"name": "Second Mill"})
        stranger = self._create_user(
            "t_stranger", "paper_base.group_sales", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        self.assertFalse(self.env["paper.intake.suspicion"].with_user(stranger).search([("id", "in", suspicion.ids)]))

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import (
    DelegationError,
    DelegationLoopError,
    DelegationRightError,
    OwnStandInError,
    StandInAuthorError,
)
from ...models.department.paper_delegation import PaperDelegation, Seat
from ..common import PaperCommon
from ..document_model import add_document_models

SALES = "paper_base.group_sales"
QUALITY = "paper_base.group_quality"
WEEK = {"date_from": "2026-03-02", "date_to": "2026-03-06"}


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 02:00:00")
class TestDelegation(PaperCommon):
    """Absences and stand-ins, with one seat of sales and one that only quality stands in for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_document_models(cls)
        cls.company = cls.env.company
        seats = {"offer": Seat("Offers", group=SALES), "secret": Seat("Secrets", group=SALES, readers=(QUALITY,))}
        patcher = patch.object(cls.registry["paper.delegation"], "_paper_seats", lambda model: dict(seats))
        patcher.start()
        cls.addClassCleanup(patcher.stop)
        cls.colleague = cls._create_user("t_colleague", SALES)
        cls.quality = cls._create_user("t_quality", QUALITY)
        cls.worker = cls._create_user("t_worker", "paper_base.group_workshop")
        # Only the people of this test are there.
        others = cls.company._paper_department_users(SALES) | cls.company._paper_department_users(
            "paper_base.group_management"
        )
        (others - cls.salesman - cls.colleague - cls.manager).group_ids = cls.env.ref("base.group_user")
        cls.Delegation = cls.env["paper.delegation"]
        cls.document = cls.env["paper.test.document"].with_user(cls.salesman).create({"name": "D", "amount": 1})

    def _away(self, user, stand_in=None, by=None, **values):
        stand_in = stand_in or self.env["res.users"]
        values = {"user_id": user.id, "stand_in_id": stand_in.id, **WEEK, **values}
        return self.Delegation.with_user(by or user).create(values)

    # What may be entered

    def test_who_enters_it(self):
        """R3.3.1: an absence is entered by the person himself, or by the management; nobody hands it to another."""
        with self.assertRaises(DelegationRightError):
            self._away(self.salesman, self.quality, by=self.quality)
        absence = self._away(self.salesman, self.quality, by=self.manager)
        self.assertEqual(absence.with_user(self.salesman).state, "current")
        for user in (self.quality, self.colleague):
            for values in ({"date_to": "2026-12-31"}, {"user_id": user.id}):
                with self.subTest(user=user.login), self.assertRaises(DelegationRightError):
                    absence.with_user(user).write(values)
            with self.assertRaises(DelegationRightError):
                absence.with_user(user).unlink()
        own = self._away(self.colleague, self.quality)
        with self.assertRaises(DelegationRightError):
            own.with_user(self.colleague).write({"user_id": self.worker.id})
        outsider = self._create_user("t_outsider")
        with self.assertRaises(AccessError):
            self.Delegation.with_user(outsider).search([])

    def test_nobody_stands_in_for_himself(self):
        """R3.3.1: nobody is his own stand-in."""
        with self.assertRaises(OwnStandInError):
            self._away(self.salesman, self.salesman, seat="offer")
        absence = self._away(self.salesman, self.quality)
        with self.assertRaises(OwnStandInError):
            absence.stand_in_id = self.salesman

    def test_who_stands_in(self):
        """R3.3.1: a stand-in works for the mill and the company, and reads what the seat decides on."""
        company = self.env["res.company"].create({"name": "Second mill"})
        elsewhere = self._create_user(
            "t_elsewhere", QUALITY, company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        left = self._create_user("t_left", QUALITY, active=False)
        for stand_in, values in (
            (elsewhere, {}),
            (left, {}),
            (self._create_user("t_outsider"), {}),
            (self.worker, {"seat": "secret"}),
            (self.worker, {}),  # everything, the secrets included
        ):
            with self.subTest(stand_in=stand_in.login), self.assertRaises(DelegationError), self.cr.savepoint():
                self._away(self.salesman, stand_in, **values)
        self._away(self.salesman, self.worker, seat="offer")
        self._away(self.salesman, self.quality, seat="secret")

    def test_only_own_seats_are_handed_over(self):
        """R3.3.1: who has no such seat hands none over, but may be away."""
        with self.assertRaises(DelegationError):
            self._away(self.worker, self.quality, seat="offer")
        self.assertEqual(self._away(self.worker, self.quality)._seats(), [])

    def test_one_absence_a_day(self):
        """R3.3.1: one absence a day for a seat, so that it is clear who stands in."""
        self._away(self.salesman, self.quality)
        for values in ({}, {"seat": "offer"}, {"date_from": "2026-03-06", "date_to": "2026-03-09"}):
            with self.subTest(values=values), self.assertRaises(DelegationError), self.cr.savepoint():
                self._away(self.salesman, self.worker, **values)

    def test_what_began_stays(self):
        """R3.3.1: an absence that began stays on record, one that is over stays as it was."""
        absence = self._away(self.salesman, self.quality)
        with self.assertRaises(DelegationError):
            absence.with_user(self.salesman).unlink()
        with freeze_time("2026-03-09 02:00:00"):
            for values in ({"date_to": "2026-12-31"}, {"stand_in_id": self.worker.id}, {"seat": "offer"}):
                with self.subTest(values=values), self.assertRaises(DelegationError):
                    absence.with_user(self.salesman).write(values)
        planned = self._away(self.colleague, self.quality, date_from="2026-03-03")
        planned.with_user(self.colleague).unlink()

    # Loops

    def test_two_who_stand_in_for_each_other(self):
        """R3.3.1: on the same days nobody stands in for who stands in for him, whatever the seats."""
        self._away(self.salesman, self.quality, date_to="2026-03-04")
        for values in ({}, {"date_from": "2026-03-04", "date_to": "2026-03-20"}):
            with self.subTest(values=values), self.assertRaises(DelegationLoopError), self.cr.savepoint():
                self._away(self.quality, self.salesman, **values)
        later = self._away(self.quality, self.salesman, date_from="2026-03-05")
        with self.assertRaises(DelegationLoopError):
            later.with_user(self.quality).date_from = "2026-03-04"

    def test_longer_loops(self):
        """R3.3.1: a chain that leads back is refused where all its absences share a day, and only there."""
        self._away(self.salesman, self.quality)
        self._away(self.quality, self.worker, date_to="2026-03-04")
        with self.assertRaises(DelegationLoopError), self.cr.savepoint():
            self._away(self.worker, self.salesman, date_from="2026-03-04")
        self._away(self.worker, self.salesman, date_from="2026-03-05")

    def test_a_chain_that_leads_elsewhere_into_a_loop_ends(self):
        """R3.3.1: a loop that was there before this rule keeps nobody from entering an absence."""
        first = self._away(self.salesman, self.quality)
        second = self._away(self.quality, self.worker)
        self.env.flush_all()
        self.env.cr.execute("UPDATE paper_delegation SET stand_in_id = %s WHERE id = %s", [self.salesman.id, second.id])
        (first | second).invalidate_recordset()
        self._away(self.worker, self.salesman)

    # Who decides

    def test_seats_of_today(self):
        """R3.3.1: a seat is taken in the days of the absence and its company; what is handed on is not handed on again."""
        self._away(self.salesman, self.quality, seat="secret", date_from="2026-03-03")
        stood_in = self.Delegation._stood_in_for
        for day, there in (("02", False), ("03", True), ("06", True), ("07", False)):
            with self.subTest(day), freeze_time(f"2026-03-{day} 02:00:00"):
                self.assertEqual(bool(stood_in(self.quality, self.company, "secret")), there)
        with freeze_time("2026-03-03 02:00:00"):
            self.assertFalse(stood_in(self.quality, self.company, "offer"))
            self._away(self.quality, self.worker, date_from="2026-03-03")
            self.assertFalse(stood_in(self.worker, self.company, "secret"))
            asked = self.Delegation._replace_absent(self.company, {"secret": self.salesman})["secret"]
            self.assertEqual(asked, self.manager, "the stand-in is away too")
            self.salesman.group_ids = self.env.ref("paper_base.group_workshop")
            self.assertFalse(stood_in(self.quality, self.company, "secret"), "who has no seat hands none on")

    def test_nobody_decides_the_own_by_a_stand_in(self):
        """R3.3.1, R4.1.2: who wrote it decides it neither as a stand-in nor through one."""
        self._away(self.salesman, self.quality)
        ask = self.Delegation._stood_in_for
        self.assertEqual(ask(self.quality, self.company, "offer"), self.salesman)
        self.assertEqual(ask(self.quality, self.company, "offer", self.colleague), self.salesman)
        for author in (self.quality, self.salesman):
            self.assertFalse(ask(self.quality, self.company, "offer", author))
            asked = self.Delegation._replace_absent(self.company, {"offer": self.salesman}, author)["offer"]
            self.assertEqual(asked, self.manager)
        with self.assertRaisesRegex(StandInAuthorError, "D"):
            self.Delegation._refuse_author(self.quality, self.document)

    # Who is told

    def _told(self, to, **context):
        told = self.company._paper_tell(to, self.document, "Do it", **context)
        activities = self.env["mail.activity"].search([("res_model", "=", self.document._name)])
        self.assertEqual(activities.user_id, told)
        activities.unlink()
        return told

    def test_the_stand_in_is_told_in_the_place_of_who_is_away(self):
        """R3.3.1: what is to be done reaches people who are here."""
        absence = self._away(self.salesman, self.quality)
        self.assertEqual(self._told(self.salesman), self.quality)
        self.assertEqual(self._told(SALES), self.colleague | self.quality)
        absence.with_user(self.salesman).stand_in_id = False
        self.assertEqual(self._told(SALES), self.colleague)
        self.assertEqual(self._told((self.salesman, SALES)), self.colleague)
        self.assertEqual(self._told(self.salesman), self.manager)
        with freeze_time("2026-03-09 02:00:00"):
            self.assertEqual(self._told(self.salesman), self.salesman)

    def test_one_seat_handed_over_is_no_absence(self):
        """R3.3.1: who hands over one seat alone is still told of everything else."""
        self._away(self.salesman, self.quality, seat="offer")
        self.assertEqual(self._told(self.salesman), self.salesman)

    def test_a_stand_in_who_is_not_here_is_not_told(self):
        """R3.3.1: a stand-in who is away, or left, gets nothing."""
        self._away(self.salesman, self.quality)
        self._away(self.quality, self.worker)
        self.assertEqual(self._told(self.salesman), self.manager)
        self.quality.active = False
        self.assertEqual(self._told(self.salesman), self.manager)

    def test_what_nobody_is_here_for_is_not_lost(self):
        """R3.3.1: when the management is away too, it finds the to-do when it is back."""
        for user in (self.salesman, self.colleague, self.manager):
            self._away(user)
        self.assertEqual(self._told(SALES), self.manager)

    def test_base_has_no_seat_of_its_own(self):
        """R3.3.1: seats come with the addons that decide from them."""
        self.assertEqual(PaperDelegation._paper_seats(self.Delegation), {})

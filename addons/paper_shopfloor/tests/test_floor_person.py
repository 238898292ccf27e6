from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..exceptions import BadgeError, SignInError
from .common import PaperFloorCommon


@tagged("post_install", "-at_install")
class TestFloorPerson(PaperFloorCommon, HttpCase):
    def test_badge_or_pin(self):
        """R5.3.1: people sign in by badge or PIN, which is kept as a hash; after five wrong ones the tablet waits."""
        self.assertEqual(self.station._sign_in("BADGE-1")["operator"], self.operator.name)
        self.env.cr.execute("SELECT pin_hash, badge_hash FROM paper_floor_operator WHERE id = %s", [self.people[0].id])
        self.assertFalse({"2468", "BADGE-1"} & set(self.env.cr.fetchone()))
        for _try in range(5):
            self.assertIn("error", self.station._sign_in("9999"))
        with self.assertRaises(SignInError):
            self.station._sign_in("2468")
        self.station._by_step().write({"locked_until": "2000-01-01"})
        self.assertIn("session", self.station._sign_in("2468"))

    def test_the_same_pin_twice(self):
        """R5.3.1: no two people have the same PIN or badge, nor one that is too short."""
        for code in ("1357", "BADGE-1", "12", "abcd"):
            with self.subTest(code=code), self.assertRaises(BadgeError):
                self.people[0].new_pin = code
        with self.assertRaises(BadgeError):
            self.people[1].new_badge = "2468"

    def test_nobody_signed_in(self):
        """R5.3.1: without a session, with a guessed one, or after its end nothing is reported."""
        self.assertEqual(self.tell("start", session="x" * 32)["state"], "refused")
        self.assertEqual(self.tell("start", session=self.pm._sign_in("1357")["session"])["state"], "refused")
        self.people[0].active = False
        self.assertEqual(self.tell("start")["state"], "refused")
        self.assertNotEqual(self.wind.state, "progress")

    def test_the_clock_of_the_tablet(self):
        """R5.3.1: a tablet whose clock is wrong reports nothing of a day to come, and nothing after the session."""
        self.tell("start", at="2999-01-01T00:00:00Z", uid="d" * 32)
        event = self.env["paper.floor.event"].search([("uid", "=", "d" * 32)])
        self.assertLessEqual(event.happened_on, fields.Datetime.now())
        self.assertEqual(self.tell("note", text="x", at="nonsense")["state"], "kept")

    def test_who_may_open_a_tablet(self):
        """R5.3.1: the supervisor issues a tablet's address; the workshop does not, and a new one makes the old one void."""
        with self.assertRaises(AccessError):
            self.station.with_user(self.operator).action_open()
        first = self.station.with_user(self.supervisor).action_open()["url"]
        self.assertEqual(self.url_open(first).status_code, 200)
        second = self.station.with_user(self.supervisor).action_open()["url"]
        self.assertEqual(self.url_open(first).status_code, 404)
        page = self.url_open(second)
        self.assertIn("Winder", page.text)
        self.assertEqual(
            self.url_open(f"{second}/events", data="{", headers={"Content-Type": "application/json"}).status_code, 400
        )
        self.assertEqual(self.url_open(f"{second}/events", data="[]", headers={"Content-Type": "text/plain"}).status_code, 415)
        self.station.with_user(self.supervisor).action_revoke()
        self.assertEqual(self.url_open(second).status_code, 404)

    def test_another_company(self):
        """R5.3.1: another company sees nothing of what is reported here."""
        self.tell("start")
        foreign = self.env["res.company"].create({"name": "Other Mill"})
        other = self.users["workshop"].copy(
            {"login": "floor_other", "company_id": foreign.id, "company_ids": [(6, 0, foreign.ids)]}
        )
        self.assertFalse(self.env["paper.floor.event"].with_user(other).search_count([]))
        self.assertFalse(self.env["paper.floor.station"].with_user(other).search_count([("id", "=", self.station.id)]))

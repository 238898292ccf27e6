from contextlib import nullcontext

from odoo import fields
from odoo.addons.paper_aftersales.exceptions import VisitRightError, VisitStateError
from odoo.addons.paper_base.tests.forging import assert_not_forged
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AftersalesCommon

FINDINGS = {"use": "Runs well", "quality": "As ordered", "satisfaction": "5"}
MOMENT = fields.Datetime.to_datetime("2026-01-01 08:00:00")


@tagged("post_install", "-at_install")
class TestAftersalesSteps(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.admin = cls.env.ref("base.user_admin")

    def _visit(self):
        return self.env["paper.quality.visit"].with_user(self.quality).create({"order_id": self.order.id})

    def test_a_visit_is_not_forged(self):
        """R7.2.1, R7.3.1: no visit is written done, nor numbered by hand, on whatever path."""
        visit = self._visit().with_env(self.env)
        people = self.quality | self.sales | self.admin
        for forged in ({"state": "done"}, {"name": "QV1"}, {"rule_id": self.rule.id}):
            assert_not_forged(self, visit, forged, people, {"order_id": self.order.id, **FINDINGS})

    def test_a_done_visit_is_not_forged(self):
        """R7.3.1: a visit that was made stays as it was recorded, whoever writes with whatever rights."""
        visit = self._visit()
        visit.write(FINDINGS)
        visit.action_done()
        for forged in ({"quality": "Otherwise"}, {"visitor_id": self.sales.id}, {"visited_on": "2026-01-01"}):
            for own in (visit, visit.sudo(), visit.with_user(self.admin).sudo()):
                with self.subTest(forged=forged), self.assertRaises(UserError):
                    own.write(forged)

    def test_a_ticket_is_not_forged(self):
        """R7.1.2: when a complaint reached the management is not written, nor its deadline."""
        ticket = self._ticket(severity="serious")
        given = {"name": "Dust", "description": "Much dust"}
        people = self.sales | self.quality | self.management | self.admin
        assert_not_forged(self, ticket, {"escalated_on": MOMENT}, people, given)
        with self.assertRaises(UserError):
            ticket.with_user(self.sales).sudo().escalated_on = False

    def test_an_answer_is_not_forged(self):
        """R7.1.2: nobody answers or asks in another's name, on whatever path."""
        ticket = self._ticket()
        given = {
            "ticket_id": ticket.id,
            "group_id": self.env.ref("paper_base.group_workshop").id,
            "question": "Whence the dust?",
        }
        question = self.env["paper.ticket.question"].with_user(self.sales).create(dict(given)).with_env(self.env)
        forged = {"answered_by_id": self.workshop.id, "answered_on": MOMENT, "asked_by_id": self.workshop.id}
        assert_not_forged(self, question, forged, self.sales | self.quality | self.admin, given)
        assert_not_forged(self, question, {"answer": "All well"}, self.sales | self.quality | self.management, given)

    def test_buttons(self):
        """R7.2.1: quality sees the buttons of the steps that are possible, others none; sudo asks the person."""
        visit = self._visit()
        self.assertEqual((visit.can_done, visit.can_cancel, visit.can_plan_again), (True, True, False))
        other = visit.with_user(self.sales)
        self.assertFalse(other.can_done or other.can_cancel)
        with self.assertRaises(VisitRightError):
            other.sudo().action_cancel()
        visit.action_cancel()
        self.assertTrue(visit.can_plan_again)

    def test_each_method_has_its_button(self):
        """R7.2.1: a questionnaire is sent for a visit by questionnaire, an appointment made for one on site; the buttons
        and the steps ask the same."""
        visit = self._visit()
        for method, possible in {"phone": (False, False), "questionnaire": (True, False), "onsite": (False, True)}.items():
            visit.method = method
            with self.subTest(method=method):
                self.assertEqual((visit.can_send_questionnaire, visit.can_meeting), possible)
                for step, may in zip((visit.action_send_questionnaire, visit.action_meeting), possible, strict=True):
                    with nullcontext() if may else self.assertRaises(VisitStateError):
                        step()

    def test_only_its_own_to_dos_end(self):
        """R7.2.1: closing a visit ends what the system asked for, and leaves what people noted for themselves."""
        visit = self._visit()
        own = visit.activity_schedule("mail.mail_activity_data_todo", summary="Send samples", user_id=self.sales.id)
        visit.method = "questionnaire"
        visit.action_send_questionnaire()
        visit.sudo().answer_ids._mark_done()
        self.assertGreater(visit.activity_ids, own)
        visit.write(FINDINGS)
        visit.action_done()
        self.assertEqual(visit.activity_ids, own)

    def test_a_report_ends_with_its_analysis(self):
        """R7.1.1: who was asked for the first analysis of a report is done once it is written."""
        ticket = self._ticket(user_id=self.sales.id)
        ticket._receive()
        self.assertEqual(ticket.activity_ids.user_id, self.sales)
        ticket.with_user(self.sales).first_analysis = "Blunt slitter"
        self.assertFalse(ticket.activity_ids)

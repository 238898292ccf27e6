import re
from datetime import timedelta

from odoo.tests import freeze_time, tagged

from ...exceptions import StepFieldError, StepRightError, StepStateError
from ..clock_model import add_model
from ..common import PaperCommon
from ..example_document import PaperSampleRequest


@tagged("post_install", "-at_install")
class TestExampleDocument(PaperCommon):
    """The example of docs/extending.md does what the page says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_model(cls, PaperSampleRequest)
        cls.inspector = cls._create_user("t_inspector", "paper_base.group_quality", lang="zh_CN")
        cls.customer.email = "hua@example.com"
        cls.request = (
            cls.env["paper.sample.request"]
            .with_user(cls.salesman)
            .create({"name": "S1", "partner_id": cls.customer.id, "sheets": 5})
        )

    def test_from_asking_to_the_customer(self):
        """R2: from asking to the customer."""
        request = self.request
        self.assertTrue(request.can_ask)
        self.assertFalse(request.can_send)
        with self.assertRaises(StepFieldError):
            request.state = "sent"
        with self.assertRaises(StepRightError):
            request.with_user(self.inspector).action_ask()
        request.action_ask()
        self.assertEqual(request.deadline_state, "running")
        to_do = request.activity_ids.filtered(lambda activity: activity.user_id == self.inspector)
        self.assertTrue(to_do)
        with self.assertRaises(StepFieldError):
            request.sheets = 6
        request.with_user(self.inspector).sheets = 6
        request.with_user(self.inspector).action_send()
        self.assertFalse(to_do.exists())
        self.assertEqual((request.sent_by_id, request.deadline_state), (self.inspector, "done"))
        mail = self.env["mail.mail"].search([("email_to", "ilike", "hua@example.com")], order="id desc", limit=1)
        token = re.search(r"/samples/([\w-]+)", mail.body_html)[1]
        self.assertFalse(request._receive("é"))
        self.assertTrue(request._receive(token))
        self.assertTrue(request.received_on)
        self.assertFalse(request._receive(token), "the link is good for once")

    def test_nothing_is_asked_for_without_a_number(self):
        """R2: nothing is asked for without a number."""
        self.request.sheets = 0
        with self.assertRaises(StepStateError):
            self.request.action_ask()

    def test_who_is_late_is_reminded(self):
        """R2: who is late is reminded."""
        self.request.action_ask()
        with freeze_time(self.request.deadline_date + timedelta(days=1)):
            self.env["paper.sample.request"]._run_clocks(self.env.company)
        self.assertTrue(self.request.deadline_escalated)

from odoo.addons.paper_order_completeness.tests.common import CompletenessCommon
from odoo.addons.paper_order_intake_mail.tests.mail_builder import mail_of
from odoo.addons.paper_order_intake_mail.tests.mail_common import MailCommon
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
@freeze_time("2026-11-29 04:00:00")
class TestAnswerToTheLetter(MailCommon, CompletenessCommon):
    """The customer answers the letter about missing facts by a mail, not by its link."""

    own_blockers = CompletenessCommon.own_blockers

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term = cls.env["account.payment.term"].create({"name": "月结30天"})
        cls.term.line_ids.write({"nb_days": 30, "delay_type": "days_after_end_of_month"})
        cls.order = cls._create_complete_order(
            commitment_date=False, client_order_ref="CG-5", intake_channel_id=cls.mails.id
        )
        cls.order.payment_term_id = False
        cls.order.with_user(cls.seller).action_ask_customer()
        cls.completion = cls.order.paper_completion_ids

    def _letter(self):
        return self.env["mail.mail"].search([("recipient_ids", "=", self.customer.id)], order="id desc", limit=1)

    def _answer(self, **values):
        letter = self._letter()
        reference, self.subject = letter.message_id, letter.subject
        letter.sudo().unlink()  # as it goes once it is sent
        values = {"to": "wang@elsewhere.example", "In_Reply_To": reference, "subject": f"Re: {self.subject}", **values}
        source = mail_of(values.pop("to"), ref="<answer@x>", **values)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, source)
        self.env["paper.intake.message"]._cron_read()
        return self._arrivals()

    def test_answer_is_proposed(self):
        """R3.2.1: an answer to the letter, wherever it was sent, lets the clock go on; what it says is taken by one click."""
        self.assertEqual((self.completion.state, self.completion.deadline_state), ("asked", "paused"))
        answer = self._answer(body="交货日期 2026年12月15日，付款 月结30天")
        self.assertEqual((answer.about_order_id, answer.state, answer.handler_id), (self.order, "received", self.seller))
        self.assertEqual((self.completion.state, self.completion.remind_on), ("open", False))
        self.assertNotEqual(self.completion.deadline_state, "paused")
        self.assertIn("月结30天", answer.with_user(self.seller).proposal_text)
        self.assertFalse(self.order.commitment_date, "nothing is taken by itself")
        answer.with_user(self.seller).action_take_proposal()
        self.assertEqual(str(self.order.company_id._paper_day(self.order.commitment_date)), "2026-12-15")
        self.assertEqual((self.order.payment_term_id, answer.state), (self.term, "settled"))
        self.assertEqual(self.completion.state, "done")
        self.assertEqual(set(self.completion.line_ids.filtered("answer").mapped("via")), {"mail"})

    def test_letter_comes_back_to_the_channel(self):
        """R3.2.1: the letter asks to be answered to the channel's address, and names the order in its subject."""
        self.assertEqual(self._letter().reply_to, self.address)
        self.assertIn("CG-5", self._letter().subject)
        answer = self._answer(to=self.address, body="we call you")
        self.assertEqual((answer.about_order_id, bool(answer.proposal)), (self.order, False))
        self.assertIn("we call you", self.order.with_user(self.seller).paper_waiting_words)

    def test_answer_of_a_program(self):
        """R3.2.1: the customer still has the ball where only his holiday notice came."""
        answer = self._answer(body="I am away", Auto_Submitted="auto-replied")
        self.assertLessEqual(set(answer.mapped("state")), {"ignored"})
        self.assertEqual(self.completion.state, "asked")

    def test_answer_to_the_reminder(self):
        """R3.2.1: an answer to the reminder finds the order as one to the first letter does."""
        self.completion.sudo()._remind()
        answer = self._answer(body="2026-12-15")
        self.assertEqual((answer.about_order_id, self.completion.state), (self.order, "open"))

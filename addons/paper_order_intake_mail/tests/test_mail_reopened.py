from odoo.addons.paper_order_intake.tests.lists import TABLE, csv_of
from odoo.tests import freeze_time, tagged

from .mail_common import MailCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 04:00:00")
class TestMailReopened(MailCommon):
    """A mail that was closed without an order, and is one after all."""

    def test_order_taken_for_an_automatic_answer(self):
        """R3.1.2: an order in a mail that looked like an automatic answer is read once a person says that it is none."""
        files = ("list.csv", csv_of(TABLE).encode(), "text/csv")
        [mail] = self._receive_mail(files, Auto_Submitted="auto-replied")
        self.assertEqual(mail.state, "ignored")
        mail.with_user(self.seller).action_reopen()
        self.assertEqual((mail.state, mail.child_ids.mapped("state")), ("split", ["order", "order"]))
        self.assertEqual((mail.reopened_by_id, bool(mail.reopened_on)), (self.seller, True))

    def test_words_taken_for_an_advertisement(self):
        """R3.1.2: a mail without a list that was closed waits for its handler again."""
        [mail] = self._receive_mail(body="2 t of 890 × 860, as always")
        mail.with_user(self.seller).action_no_order()
        mail.with_user(self.colleague).action_reopen()
        self.assertEqual((mail.state, mail.activity_ids.user_id, bool(mail.handled_on)), ("received", self.seller, False))
        self.assertIn("from its words", mail.reason)

from odoo.addons.paper_order_intake.tests.door.test_two_at_a_time import OwnConnections
from odoo.exceptions import ConcurrencyError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTwoMailsAtATime(OwnConnections):
    def test_the_same_mail_twice_at_once(self):
        """R3.1.2: a second delivery of a mail that is being taken in is asked to come again, not bounced."""
        source = b"Message-Id: <twice@hua.example.com>\n\n2 t"
        with self._connection() as first, self._connection() as second:
            first["mail.thread"]._hold_mail(source)
            with self.assertRaises(ConcurrencyError):
                second["mail.thread"]._hold_mail(source)
            first.cr.rollback()
            second["mail.thread"]._hold_mail(source)

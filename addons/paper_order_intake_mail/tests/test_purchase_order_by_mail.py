from odoo.addons.paper_order_intake.tests.lists import csv_of
from odoo.addons.paper_order_intake.tests.order.purchase_order_common import EIGHT, HEADER, PurchaseOrderCommon
from odoo.tests import tagged

from .mail_common import MailCommon


@tagged("post_install", "-at_install")
class TestPurchaseOrderByMail(PurchaseOrderCommon, MailCommon):
    """A purchase order of several items that comes by mail is one order."""

    def test_by_mail(self):
        """R3.1.1: a mail with a list of eight rows is one order, and its drawing goes along once."""
        mail, *rows = self._receive_mail(
            ("po.csv", self._list(*EIGHT), "text/csv"), ("proof.dwg", b"AC1027", "application/octet-stream")
        )
        order = self._is_one_order(self.env["paper.intake.message"].concat(*rows))
        files = self.env["ir.attachment"].search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertEqual(files.mapped("name"), ["proof.dwg"])
        self.assertEqual(mail.state, "split")

    def test_columns_that_were_not_read(self):
        """R3.1.1: what stands in columns of a mailed list that mean nothing here is told at each row."""
        rows = [["PO-9", str(700 + place), "1000", "900", "80", "by 5 May" * (place == 1), ""] for place in range(2)]
        content = csv_of([[*HEADER, "Deliver  on", "Inspector"], *rows]).encode()
        _mail, *arrivals = self._receive_mail(("po.csv", content, "text/csv"))
        self.assertEqual({arrival.unread_columns for arrival in arrivals}, {"Deliver on"})

    def test_a_row_that_cannot_be_read(self):
        """R3.1.1, R3.2.1: seven rows of a mail are one order that waits for the eighth; mended, it is its next item."""
        rows = [*EIGHT[:3], ["PO-8", "73O", "1000", "1003", "80"], *EIGHT[4:]]
        _mail, *arrivals = self._receive_mail(("po.csv", self._list(*rows), "text/csv"))
        arrivals = self.env["paper.intake.message"].concat(*arrivals)
        bad = arrivals.filtered(lambda row: row.state == "rejected")
        self.assertEqual(len(bad), 1)
        order = self._is_one_order(arrivals - bad, 7)
        self.assertIn("open_rows", self._blocker_codes(order))
        bad.with_user(self.seller).width = 730
        bad.with_user(self.seller).action_process()
        self.assertEqual((bad.state, bad.order_id), ("order", order))
        self.assertEqual(order.order_line.sorted("sequence")[3], bad.order_line_id)

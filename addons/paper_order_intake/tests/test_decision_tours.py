from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged

from .common import BACKWARDS, SHORT, IntakeCommon


@tagged("post_install", "-at_install")
class TestDecisionTours(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        for user in (cls.seller, cls.credit):
            user.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        # what else stands in the database is not gone through
        cls.env["paper.intake.message"].search([("state", "in", ("received", "question", "rejected"))]).write(
            {"active": False}
        )

    def test_mending_a_row(self):
        """R3.1.1, R3.1.2: in the browser, in Chinese, a salesperson mends a contradicting and an unreadable row, each
        reason at its field, what came beside it, one after the other."""
        rows = self._upload(self._book(BACKWARDS, SHORT)).arrival_ids
        self.start_tour("/odoo/paper-arrivals", "paper_intake_mend", login=self.seller.login)
        self.assertEqual(rows.mapped("state"), ["order", "order"])

    def test_comparing_two_channels(self):
        """R3.1.2: in the browser, in Chinese, a salesperson compares two arrivals and decides that both are wanted."""
        self._create_arrival().action_process()
        market = self.env["paper.intake.channel"].create({"name": "Market", "kind": "marketplace"})
        second = self._create_arrival(channel_id=market.id, number="M-77")
        second.action_process()
        self.start_tour("/odoo/paper-duplicates", "paper_intake_compare", login=self.seller.login)
        self.assertEqual((second.state, second.suspicion_ids.decided_by_id), ("order", self.seller))

    def test_deciding_a_credit(self):
        """R3.2.2 (acceptance): in the browser, in Chinese, the credit department takes the proposal over, changes
        and approves it."""
        review = self._create_review(approve=False, limit=0)
        self.start_tour("/odoo/paper-credit", "paper_credit_decision", login=self.credit.login)
        self.assertEqual((review.state, review.limit, review.prepayment_percent), ("approved", 50000, 30))
        self.assertEqual(review.decided_by_id, self.credit)

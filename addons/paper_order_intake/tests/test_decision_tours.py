from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged

from .common import BACKWARDS, SHORT, IntakeCommon


@tagged("post_install", "-at_install")
class TestDecisionTours(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        cls.seller.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
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

from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditTour(CreditCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        cls.credit.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})

    def test_deciding_a_credit(self):
        """R3.2.2 (acceptance): in the browser, in Chinese, the credit department takes the proposal over, changes
        and approves it."""
        review = self._create_review(approve=False, limit=0)
        self.start_tour("/odoo/paper-credit", "paper_credit_decision", login=self.credit.login)
        self.assertEqual((review.state, review.limit, review.prepayment_percent), ("approved", 50000, 30))
        self.assertEqual(review.decided_by_id, self.credit)

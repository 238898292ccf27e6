from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
class TestCreditCompany(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Second Mill"})
        cls.stranger = cls._create_user(
            "t_stranger",
            "paper_base.group_sales",
            company_id=cls.other_company.id,
            company_ids=[(6, 0, cls.other_company.ids)],
        )

    def test_own_companies_only(self):
        """R2: a salesperson of another company sees no credit reviews."""
        review = self._create_review()
        self.assertFalse(self.env[review._name].with_user(self.stranger).search([("id", "in", review.ids)]))
        with self.assertRaises(AccessError):
            review.with_user(self.stranger).read(["company_id"])

    def test_credit_of_one_company_is_not_the_others(self):
        """R3.2.2: a limit of one mill says nothing about the other."""
        self._create_review()
        order = self._create_complete_order()
        self.assertNotIn("credit", self._blocker_codes(order))
        order = self._create_complete_order(company_id=self.other_company.id, order_line=[])
        self.assertFalse(order._paper_credit_review())

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractCompany(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Second Mill", "street": "2 Mill Road", "city": "Qingdao"})
        cls.other_sales = cls.build_user(
            "paper_sales_b",
            "paper_base.group_sales",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )
        cls.other_legal = cls.build_user(
            "paper_legal_b",
            "paper_base.group_legal",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )

    def other_order(self):
        env = self.env(user=self.other_sales)
        spec = env["paper.spec"].create(
            {"grade_id": self.grade.id, "format": "sheet", "basis_weight": 80, "width": 787, "length": 1092}
        )
        return env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "commitment_date": "2026-12-20",
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "paper_spec_id": spec.id,
                            "paper_quantity": 1,
                            "paper_unit": "t",
                        }
                    )
                ],
            }
        )

    def test_numbers_per_company(self):
        """R4.1.1: each company numbers its contracts by a sequence of its own."""
        first = self.build_contract()
        order = self.other_order()
        order.action_draft_contract()
        self.assertEqual(order.contract_id.name, first.name)
        self.assertEqual(order.contract_id.company_id, self.other)
        self.assertIn("Second Mill", order.contract_id.clause_ids[0].text)

    def test_companies_do_not_see_each_other(self):
        """R4.1.2: contracts, clauses and reviews of another company are out of reach."""
        contract = self.build_contract(state="review")
        for user in (self.other_sales, self.other_legal):
            for record in (contract, contract.clause_ids, contract.review_ids):
                with self.subTest(user=user.login, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
        with self.assertRaises(AccessError):
            contract.current_review_id.with_user(self.other_legal).action_accept()

    def test_legal_is_the_companys(self):
        """R4.1.2: the review goes to the legal department of the contract's company only."""
        review = self.build_contract(state="review").current_review_id
        self.assertIn(self.legal, review._clock_users())
        self.assertNotIn(self.other_legal, review._clock_users())

from odoo.addons.paper_contract.tests.common import ContractCommon
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCreditTerms(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.credit = new_test_user(cls.env, "paper_credit_c", groups="paper_base.group_credit", email="c@example.com")
        cls.long, cls.short = (
            cls.env["account.payment.term"].create(
                {"name": f"{days} days", "line_ids": [(0, 0, {"value": "percent", "value_amount": 100, "nb_days": days})]}
            )
            for days in (60, 10)
        )

    def approve(self, **values):
        # Somebody else asks than who decides.
        review = self.env["paper.credit.review"].create({"partner_id": self.customer.id}).with_user(self.credit)
        review.write({"limit": 1000000, "decision_reason": "Known for years", **values})
        review.action_approve()
        return review

    def codes(self, contract, state="open"):
        return set(contract.warning_ids.filtered(lambda item: item.state == state).mapped("code"))

    def test_terms_that_credit_allows(self):
        """R3.2.2, R4.1.1: terms longer than those of the credit decision are warned of; the decision counts before the
        customer's own terms."""
        self.customer.property_payment_term_id = self.short
        self.approve(payment_term_id=self.long.id)
        order = self.build_order(payment_term_id=self.term.id)
        self.assertEqual(order._contract_credit_term(), self.long)
        self.assertEqual(self.codes(self.build_contract(order)), set())
        self.approve(payment_term_id=self.short.id)
        order = self.build_order(payment_term_id=self.long.id)
        self.assertEqual(self.codes(self.build_contract(order)), {"payment_beyond_credit"})

    def test_no_decision(self):
        """R4.1.1: without a valid decision the customer's own terms count."""
        self.customer.property_payment_term_id = self.short
        order = self.build_order()
        self.assertEqual(order._contract_credit_term(), self.short)
        review = self.env["paper.credit.review"].create({"partner_id": self.customer.id}).with_user(self.credit)
        review.payment_term_id = self.long
        review.action_refuse()
        self.assertEqual(order._contract_credit_term(), self.short)

    def test_prepayment(self):
        """R3.2.2, R4.1.1: a draft starts with the prepayment that credit asks for; a smaller one is warned of."""
        self.customer.lang = "en_US"
        self.approve(prepayment_percent=30)
        contract = self.build_contract().with_user(self.sales)
        self.assertEqual(contract.prepayment_percent, 30)
        self.assertTrue(any("30 % of the contract amount" in text for text in contract.clause_ids.mapped("text")))
        self.assertNotIn("prepayment", self.codes(contract))
        contract.prepayment_percent = 20
        self.assertIn("prepayment", self.codes(contract))
        warning = contract.warning_ids.filtered(lambda item: item.code == "prepayment")
        self.assertEqual(warning.figures, {"asked": "30", "agreed": "20"})
        contract.prepayment_percent = 30
        self.assertNotIn("prepayment", self.codes(contract))

    def test_guarantee_and_further_conditions(self):
        """R3.2.2, R4.1.1: a guarantee that is not on file, and what else credit asks for, is put before sales and legal."""
        self.approve(guarantee="bank", conditions="Ship against original documents.")
        contract = self.build_contract()
        self.assertEqual(self.codes(contract), {"guarantee", "credit_conditions"})
        self.env["paper.credit.document"].sudo().create(
            {"partner_id": self.customer.id, "kind": "guarantee", "name": "LG 1", "file": "UERG"}
        )
        contract._sync_warnings()
        self.assertEqual(self.codes(contract), {"credit_conditions"})
        contract.with_user(self.sales).action_submit_review()
        contract.warning_ids.filtered(lambda item: item.state == "open").with_user(self.legal).action_note()
        contract.current_review_id.with_user(self.legal).action_accept()
        self.assertEqual(contract.state, "reviewed")

    def test_what_a_supplement_adds(self):
        """R3.2.2, R4.1.3: credit looks at what a supplement adds to the order, against the limit; less of it asks nobody."""
        self.approve(limit=2500)
        order = self.build_order()
        order.order_line.price_unit = 0.5
        contract = self.build_contract(order, state="in_force")
        action = contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        change = supplement.change_ids
        for price, codes in ((0.4, []), (0.51, []), (50, [f"credit:{supplement.name}"])):
            change.new_price = price
            with self.subTest(price=price):
                found = order._supplement_credit_blockers(order._open_supplement())
                self.assertEqual([item["code"] for item in found], codes)
        self.assertEqual(found[0]["role"], "paper_base.group_credit")
        self.assertIn("supplement", order._paper_open_steps())

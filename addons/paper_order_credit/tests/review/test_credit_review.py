from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ...exceptions import CreditCodeError, CreditDecisionError, CreditEvidenceError, CreditRequestError, CreditTermsError
from ..common import CreditCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCreditReview(CreditCommon):
    def test_sales_asks_credit_decides(self):
        """R3.2.2: sales sends the review, the credit department approves a limit until a date."""
        order = self._create_complete_order()
        action = order.with_user(self.seller).action_request_credit()
        review = self.env["paper.credit.review"].browse(action["res_id"])
        self.assertEqual(review.state, "draft")
        self.assertEqual(review.requested_by_id, self.seller)
        self.assertIn(self.credit, review.activity_ids.user_id)
        review.with_user(self.credit).write({"limit": 5000, "conditions": "30 % in advance", "decision_reason": "Small order"})
        review.with_user(self.credit).action_approve()
        self.assertEqual(review.state, "approved")
        self.assertEqual(review.decided_by_id, self.credit)
        self.assertEqual(review.valid_until, fields.Date.to_date("2027-06-15"))
        self.assertFalse(review.activity_ids)

    def test_credit_is_requested_while_it_is_needed(self):
        """R3.2.2: sales is offered to request credit, and may, until the customer's credit is approved."""
        order = self._create_complete_order()
        self.assertTrue(order.with_user(self.seller).can_request_credit)
        self.assertFalse(order.with_user(self.credit).can_request_credit)
        self._create_review()
        order.invalidate_recordset()
        self.assertFalse(order.with_user(self.seller).can_request_credit)
        with self.assertRaises(CreditRequestError):
            order.with_user(self.seller).action_request_credit()

    def test_sales_finds_what_nobody_asked_for_yet(self):
        """R4.2.2, R3.2.2: an order that waits for credit stands on sales' desk until asked for, then on that of credit."""
        order = self._create_complete_order(user_id=self.seller.id)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.assertEqual(order.paper_stage, "credit")
        seller, judge = (self.env["paper.desk"].with_user(user) for user in (self.seller, self.credit))
        row = next(row for row in seller.get_desk("mine", "credit_to_request")["tasks"] if row["id"] == order.id)
        self.assertTrue(row["button"])
        review = seller.go_on("credit_to_request", order.id)["res_id"]
        self.assertNotIn(order.id, [row["id"] for row in seller.get_desk("mine", "credit_to_request")["tasks"]])
        self.assertIn(review, [row["id"] for row in judge.get_desk("department", "credit_review")["tasks"]])

    def test_asking_twice_opens_the_same_review(self):
        """R3.2.2: while a review is open, asking again opens it."""
        order = self._create_complete_order().with_user(self.seller)
        self.assertEqual(order.action_request_credit()["res_id"], order.action_request_credit()["res_id"])

    def test_company_of_the_contact_is_reviewed(self):
        """R3.2.2: the review judges the company, whichever of its people orders."""
        contact = self.env["res.partner"].create({"name": "Ms. Li", "parent_id": self.customer.id})
        review = self._create_review(approve=False, partner_id=contact.id)
        self.assertEqual(review.partner_id, self.customer)

    def test_only_credit_decides(self):
        """R3.2.2: neither salesperson nor manager approves, refuses or writes the decision."""
        review = self._create_review(approve=False)
        for user in (self.seller, self.manager):
            with self.assertRaises(UserError):
                review.with_user(user).action_approve()
        for values in ({"state": "approved"}, {"limit": 1}, {"valid_until": "2030-01-01"}, {"conditions": "none"}):
            with self.assertRaises(CreditDecisionError, msg=str(values)):
                review.with_user(self.seller).write(values)
        with self.assertRaises(CreditDecisionError):
            review.with_user(self.seller).action_refuse()
        with self.assertRaises(CreditDecisionError):
            self.env["paper.credit.review"].with_user(self.seller).create(
                {"partner_id": self.customer.id, "state": "approved", "limit": 9}
            )
        with self.assertRaises(CreditDecisionError):
            review.with_user(self.credit).state = "approved"
        self.assertEqual(review.state, "draft")

    def test_decision_stays(self):
        """R3.2.2: a decided review is evidence: neither its terms nor its documents change, nor is it deleted."""
        review = self._create_review()
        for values in ({"limit": 9}, {"valid_until": "2030-01-01"}, {"partner_id": self.env.company.partner_id.id}):
            with self.assertRaises(CreditDecisionError):
                review.with_user(self.credit).write(values)
        with self.assertRaises(CreditDecisionError):
            review.with_user(self.credit).action_refuse()
        with self.assertRaises(CreditDecisionError):
            review.with_user(self.credit).unlink()

    def test_approval_needs_terms(self):
        """R3.2.2: without a limit, or with a date that has passed, nothing is approved."""
        with self.assertRaises(CreditTermsError):
            self._create_review(limit=0)
        with self.assertRaises(CreditTermsError):
            self._create_review(valid_until="2026-06-14")

    def test_second_person(self):
        """R3.2.2: who asks for a review does not decide it, whatever his department; another person of it does."""
        review = self.env["paper.credit.review"].with_user(self.credit).create({"partner_id": self.customer.id, "limit": 9})
        review.decision_reason = "Known for years"
        self.assertFalse(review.can_approve or review.can_refuse)
        for decide in (review.action_approve, review.action_refuse, review.sudo().action_approve):
            with self.assertRaises(CreditDecisionError):
                decide()
        other = self._create_user("t_credit_2", "paper_base.group_credit")
        review.with_user(other).action_approve()
        self.assertEqual((review.state, review.decided_by_id), ("approved", other))

    def test_documents_or_a_reason(self):
        """R3.2.2: a new customer gets credit by his documents, or by a reason that says something."""
        review = self._create_review(approve=False, decision_reason=False)
        for nothing in (False, ".", "\u200b"):
            review.decision_reason = nothing
            with self.subTest(reason=nothing), self.assertRaises(CreditEvidenceError):
                review.action_approve()
        for kind in ("licence", "statement", "history"):
            self._create_document(review, kind=kind)
        review.action_approve()
        self.assertEqual(review.state, "approved")

    def test_credit_sentences_are_for_credit_readers(self):
        """R3.2.2, R4.2.2: what stands in the way is told with figures to who reads credit, and without them to the others."""
        order = self._create_complete_order()
        review = self._create_review(limit=1234.56)
        worker = self._create_user("t_worker", "paper_base.group_workshop")
        for user, told in ((self.credit, True), (self.seller, True), (worker, False)):
            found = order.with_user(user).sudo()._get_open_blockers("evaluate")[order]
            item = next(item for item in found if item["code"] == "credit")
            with self.subTest(user=user.login):
                self.assertEqual("1,234.56" in item["message"], told)
                self.assertNotIn("1,234.56", item["shared"])
                self.assertEqual("1,234.56" in str(order.with_user(user).paper_timeline), told)
        order.with_user(self.credit)._override_blocker("evaluate", "credit", "Paid in advance by telephone")
        override = order.paper_override_ids
        self.assertIn("1,234.56", override.detail)
        self.assertNotIn("1,234.56", override.message)
        self.assertNotIn("1,234.56", "".join(order.message_ids.mapped("body")))
        with self.assertRaises(AccessError):
            override.with_user(worker).read(["detail"])
        self.assertTrue(review)

    def test_expiry(self):
        """R3.2.2: an approval ends with its validity, also before the nightly job marks it."""
        review = self._create_review(valid_until="2026-06-30")
        with freeze_time("2026-07-01 02:00:00"):
            self.assertFalse(review._is_valid())
            self.env["paper.credit.review"]._cron_expire()
            self.assertEqual(review.state, "expired")

    def test_credit_code(self):
        """R3.2.2: a unified social credit code is checked by its check digit, if one is given."""
        self._create_review(approve=False, credit_code="91110000600037341L")
        with self.assertRaises(CreditCodeError):
            self._create_review(approve=False, credit_code="91110000600037341M")

    def test_evidence_of_a_new_customer(self):
        """R3.2.2: of a new customer licence, statements and history are to be collected, and be valid."""
        review = self._create_review(approve=False).with_user(self.seller)
        self.assertTrue(review.is_new_customer)
        self.assertEqual(len(review.evidence_missing.split(", ")), 3)
        document = self._create_document(review, valid_until="2026-12-31")
        self.assertEqual(len(review.evidence_missing.split(", ")), 2)
        self.assertEqual(document.with_user(self.credit).file, document.file)
        document.valid_until = "2026-06-14"
        self.assertEqual(document.validity, "expired")
        self.assertEqual(len(review.evidence_missing.split(", ")), 3)

    def test_ledger_of_an_old_customer(self):
        """R3.2.2: an old customer is judged by what he owes, what is overdue and how he paid."""
        company_data = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.env.company.id)], limit=1
        )
        if not company_data:
            self.skipTest("The company has no chart of accounts in this database.")
        invoices = self._create_invoices()
        review = self._create_review(approve=False)
        self.assertFalse(review.is_new_customer)
        self.assertEqual(review.receivable, 300)
        self.assertEqual(review.overdue, 300)
        self.assertEqual((review.paid_count, review.on_time_count), (1, 1))
        self.assertIn("overdue", review.proposal)
        self.assertEqual(len(invoices), 2)

    def _create_invoices(self):
        invoices = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": "2026-05-01",
                    "invoice_date_due": "2026-05-31",
                    "invoice_payment_term_id": False,
                    "invoice_line_ids": [
                        Command.create({"name": "paper", "quantity": 1, "price_unit": price, "tax_ids": [Command.clear()]})
                    ],
                }
                for price in (200, 300)
            ]
        )
        invoices.action_post()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoices[0].ids
        ).create({"payment_date": "2026-05-20"})._create_payments()
        return invoices

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from ..common import CreditCommon

TODAY = "2026-06-15"


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestCreditLedger(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.has_books = bool(
            cls.env["account.journal"].search([("type", "=", "sale"), ("company_id", "=", cls.env.company.id)], limit=1)
        )

    def setUp(self):
        super().setUp()
        if not self.has_books:
            self.skipTest("The company has no chart of accounts in this database.")

    def _invoice(self, due, price, paid_on=None, partner=None, paid=None):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.customer).id,
                "invoice_date": fields.Date.add(fields.Date.to_date(due), days=-30),
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create({"name": "paper", "quantity": 1, "price_unit": price, "tax_ids": [Command.clear()]})
                ],
            }
        )
        invoice.action_post()
        if paid_on:
            self._pay(invoice, paid_on, paid)
        return invoice

    def _pay(self, invoice, day, amount=None):
        values = {"payment_date": day, **({"amount": amount} if amount else {})}
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        payment = register.create(values)._create_payments()
        if not payment.move_id:  # no outstanding account is set: the books learn of it by the bank's statement
            self._settle(invoice, day, amount or invoice.amount_total)
        return payment

    def _general_journal(self):
        domain = [("type", "=", "general"), ("company_id", "=", self.env.company.id)]
        return self.env["account.journal"].search(domain, limit=1)

    def _settle(self, invoice, day, amount):
        journal = self._general_journal()
        receivable = invoice.line_ids.filtered(lambda line: line.account_id.account_type == "asset_receivable")
        other = self.env["account.account"].search([("account_type", "=", "asset_cash")], limit=1)
        entry = self.env["account.move"].create(
            {
                "date": day,
                "journal_id": journal.id,
                "line_ids": [
                    Command.create({"account_id": other.id, "debit": amount}),
                    Command.create(
                        {"account_id": receivable.account_id.id, "credit": amount, "partner_id": invoice.partner_id.id}
                    ),
                ],
            }
        )
        entry.action_post()
        (receivable | entry.line_ids.filtered("credit")).reconcile()

    def _prepay(self, amount, partner=None):
        partner = partner or self.customer
        journal = self._general_journal()
        other = self.env["account.account"].search([("account_type", "=", "asset_cash")], limit=1)
        account = partner.with_company(self.env.company).property_account_receivable_id
        entry = self.env["account.move"].create(
            {
                "date": TODAY,
                "journal_id": journal.id,
                "line_ids": [
                    Command.create({"account_id": other.id, "debit": amount}),
                    Command.create({"account_id": account.id, "credit": amount, "partner_id": partner.id}),
                ],
            }
        )
        entry.action_post()
        return entry

    def _figures(self, partners=None, payment=True):
        partners = partners or self.customer
        return self.env["paper.credit.ledger"]._figures(partners, self.env.company, payment)

    def test_figures_of_a_customer(self):
        """R3.2.2: receivables by age, how they were paid by amount and by count, days late, turnover and years."""
        self._invoice("2026-05-31", 200, "2026-05-20")  # on time
        self._invoice("2026-04-30", 600, "2026-05-20")  # 20 days late
        self._invoice("2026-06-30", 1000)  # not due
        self._invoice("2026-06-01", 300)  # 14 days
        self._invoice("2026-04-20", 50)  # 56 days
        self._invoice("2026-03-01", 7)  # 106 days
        figures = self._figures()[self.customer.id]
        self.assertEqual(figures["receivable"], 1357)
        self.assertEqual(figures["overdue"], 357)
        self.assertEqual(figures["overdue_long"], 57)
        ageing = {name: figures[name] for name in ("not_due", "late_30", "late_60", "late_90", "late_more")}
        self.assertEqual(ageing, {"not_due": 1000, "late_30": 300, "late_60": 50, "late_90": 0, "late_more": 7})
        self.assertEqual((figures["invoices"], figures["paid"], figures["on_time"]), (6, 2, 1))
        self.assertEqual((figures["paid_amount"], figures["on_time_amount"]), (800, 200))
        self.assertEqual(figures["days_late"], 10)
        self.assertEqual(figures["turnover"], 2157)
        self.assertEqual(figures["first_deal"], fields.Date.to_date("2026-01-30"))

    def test_exposure(self):
        """R3.2.2: exposure is receivables and what is confirmed and not invoiced, less prepayments."""
        self._create_review()
        self._invoice("2026-06-30", 1000)
        self._prepay(400)
        order = self._create_complete_order()
        order.action_confirm()
        figures = self._figures()[self.customer.id]
        self.assertEqual(order.amount_total, 6000)
        self.assertEqual((figures["receivable"], figures["prepayment"], figures["undelivered"]), (1000, 400, 6000))
        self.assertEqual(figures["exposure"], 6600)

    def test_contact_counts_for_its_company(self):
        """R3.2.2: what any contact of the customer owes is the customer's."""
        contact = self.env["res.partner"].create({"name": "Ms. Li", "parent_id": self.customer.id})
        self._invoice("2026-06-30", 1000, partner=contact)
        self.assertEqual(self._figures()[self.customer.id]["receivable"], 1000)

    def test_one_query_for_any_number(self):
        """R3.2.2: the figures of 1 and of 50 customers cost the same queries: one."""
        partners = self.env["res.partner"].create([{"name": f"C{number}", "is_company": True} for number in range(50)])
        self._invoice("2026-06-01", 300, partner=partners[7])
        self._figures(partners)
        counts = []
        for some in (partners[:1], partners):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            figures = self._figures(some)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(figures), set(some.ids))
        self.assertEqual(counts, [1, 1])
        self.assertEqual(figures[partners[7].id]["overdue"], 300)

    def test_screen_of_many_reviews(self):
        """R3.2.2: a list of 30 reviews reads the ledger as often as a list of one."""
        partners = self.env["res.partner"].create([{"name": f"C{number}", "is_company": True} for number in range(30)])
        reviews = self.env["paper.credit.review"].create([{"partner_id": partner.id} for partner in partners])
        counts = []
        for some in (reviews[:1], reviews):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("exposure")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_other_company_is_left_out(self):
        """R3.2.2: what the customer owes another company of the group does not count."""
        self._invoice("2026-06-30", 1000)
        other = self.env["res.company"].create({"name": "Second Mill"})
        figures = self.env["paper.credit.ledger"]._figures(self.customer, other)
        self.assertEqual(figures[self.customer.id]["receivable"], 0)

    def test_proposal_with_reasons(self):
        """R3.2.2: the rules propose limit, validity and conditions, and say why; the department takes them over."""
        self._invoice("2025-06-30", 12000, "2025-06-20")
        self._invoice("2026-05-31", 12000, "2026-06-10")
        review = self._create_review(approve=False, limit=0).with_user(self.credit)
        self.assertEqual(review.on_time_amount_percent, 50)
        self.assertEqual(review.on_time_count_percent, 50)
        # 12000 in the last twelve months, two months of it, half for who pays badly
        self.assertEqual(review.proposed_limit, 1000)
        self.assertEqual((review.proposed_prepayment, review.proposed_guarantee), (50, True))
        self.assertIn("50 % of the money came on time", review.proposal_reasons[0])
        review.action_take_proposal()
        self.assertEqual((review.limit, review.prepayment_percent, review.guarantee), (1000, 50, "guarantor"))
        review.action_approve()
        known = review.decided_figures
        self.assertEqual(known["proposal"]["limit"], 1000)
        self._invoice("2026-07-31", 99999)
        self.assertEqual(review.decided_figures, known)
        self.assertIn("50 % of the money came on time", review.decided_summary)

    def test_long_overdue_speaks_against(self):
        """R3.2.2: what is overdue beyond the company's tolerance ends the credit, by the company's own setting."""
        self._invoice("2026-04-20", 500)
        review = self._create_review(approve=False)
        self.assertIn("overdue for more than 30 days", review.proposal)
        self.assertEqual((review.proposed_limit, review.proposed_prepayment), (0, 100))
        self.env.company.paper_credit_overdue_days = 90
        review.invalidate_recordset()
        self.assertNotIn("overdue for more than", review.proposal)

    def test_chart(self):
        """R3.2.2: the screen draws the exposure against the limit and the receivables by age."""
        self._invoice("2026-06-01", 300)
        review = self._create_review(limit=1000)
        self.assertEqual(review.chart["limit"], 1000)
        self.assertEqual([part["amount"] for part in review.chart["parts"]], [300, 0, 0])
        self.assertEqual(review.chart["ageing"][1]["amount"], 300)
        self.assertEqual(self.customer.with_user(self.credit).paper_credit_chart["exposure"], 300)

    def test_prepayment_releases(self):
        """R3.2.2: a prepayment that was agreed holds the production until it is recorded, for one order after the other."""
        self._create_review(limit=20000, prepayment_percent=50)
        first, second = self._create_complete_order(), self._create_complete_order()
        first.action_confirm()
        second.action_confirm()
        for step in ("plan", "produce", "dispatch"):
            self.assertEqual(self._blocker_codes(first, step), {"credit_condition"}, step)
        self._prepay(3000)
        self.assertEqual(self._blocker_codes(first, "plan"), set())
        self.assertEqual(self._blocker_codes(second, "plan"), {"credit_condition"})
        self._prepay(2999)
        self.assertEqual(self._blocker_codes(second, "produce"), {"credit_condition"})
        self._prepay(1)
        self.assertEqual(self._blocker_codes(second, "produce"), set())

    def test_payment_without_entry_releases(self):
        """R3.2.2: a payment that is recorded and not in the books yet, as it waits for the bank, releases too."""
        self._create_review(limit=20000, prepayment_percent=50)
        order = self._create_complete_order()
        order.action_confirm()
        payment = self.env["account.payment"].create(
            {"payment_type": "inbound", "partner_type": "customer", "partner_id": self.customer.id, "amount": 3000}
        )
        payment.action_post()
        self.assertEqual(self._blocker_codes(order, "plan"), set())

    def test_paid_in_advance_needs_no_limit(self):
        """R3.2.2: who pays all in advance orders without a limit, and nothing is produced before he paid."""
        self._create_review(limit=0, prepayment_percent=100)
        order = self._create_complete_order()
        self.assertEqual(self._blocker_codes(order), set())
        order.action_confirm()
        self.assertEqual(self._blocker_codes(order, "produce"), {"credit_condition"})
        self._prepay(6000)
        self.assertEqual(self._blocker_codes(order, "produce"), set())

    def test_invoicing_is_never_held(self):
        """R3.2.2: an order that is held for credit is invoiced all the same for what was shipped."""
        review = self._create_review(limit=20000)
        order = self._create_complete_order()
        order.action_confirm()
        self._invoice("2026-04-20", 90000)
        self.assertIn("credit", self._blocker_codes(order, "dispatch"))
        order.order_line.qty_delivered = 1000
        invoice = order._create_invoices()
        invoice.action_post()
        self.assertEqual((invoice.state, invoice.amount_total), ("posted", 6000))
        self.assertEqual(review.state, "approved")

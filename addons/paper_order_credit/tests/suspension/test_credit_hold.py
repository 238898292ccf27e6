import base64

from odoo import Command
from odoo.addons.paper_base.exceptions import ConfirmBlockedError, OverrideRefusedError, PlanBlockedError, StepFieldError
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import SuspensionEvidenceError, SuspensionStateError
from ..common import CreditCommon

STEPS = ("plan", "produce", "dispatch")


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCreditHold(CreditCommon):
    def _signed_order(self):
        self._create_review(limit=10000)
        order = self._create_complete_order()
        order.action_confirm()
        return order

    def _endangered_order(self):
        """A signed order of a customer to whom the department refuses credit since."""
        order = self._signed_order()
        order.paper_credit_review_id._by_step().write({"valid_until": "2026-06-14"})
        self._create_review(approve=False).action_refuse()
        self.env.invalidate_all()
        return order

    def _suspension(self, order, user=None, **values):
        values = {"order_id": order.id, **values}
        return self.env["paper.performance.suspension"].with_user(user or self.credit).create(values)

    def _complete(self, suspension):
        document = self.env["ir.attachment"].with_user(self.credit).create({"name": "register.pdf", "raw": b"x"})
        suspension.write(
            {
                "ground": "business",
                "evidence": "Three instalments are overdue since March.",
                "document_ids": [Command.link(document.id)],
            }
        )

    def _message(self, order, step="plan"):
        return next(item for item in order._get_blockers(step)[order] if item["code"] == "credit")

    def test_four_moments(self):
        """R3.2.2: credit is looked at at evaluation, contract, production release and dispatch."""
        order = self._create_complete_order()
        for step in ("evaluate", "contract", *STEPS):
            self.assertIn("credit", self._blocker_codes(order, step), step)
        with self.assertRaises(ConfirmBlockedError):
            order.action_confirm()
        self.assertEqual(order.state, "draft")

    def test_every_path_of_confirmation(self):
        """R3.2.2: neither a written state nor an order created confirmed slips past the limit."""
        order = self._create_complete_order()
        with self.assertRaises(StepFieldError), self.cr.savepoint():
            order.with_user(self.seller).write({"state": "sale"})
        with self.assertRaises(ConfirmBlockedError), self.cr.savepoint():
            self._create_complete_order(state="sale")

    def test_orders_confirmed_together(self):
        """R3.2.2: orders confirmed in one go share the limit; together above it, none is confirmed."""
        self._create_review(limit=10000)
        orders = self._create_complete_order() | self._create_complete_order()
        with self.assertRaises(ConfirmBlockedError), self.cr.savepoint():
            orders.action_confirm()
        self.env.invalidate_all()
        self.assertEqual(set(orders.mapped("state")), {"draft"})
        orders[0].action_confirm()

    def test_an_override_is_of_one_moment(self):
        """R3.2.2: letting an order be signed lets it be confirmed, and not be produced."""
        order = self._create_complete_order()
        with self.assertRaises(OverrideRefusedError):
            order.with_user(self.seller)._override_blocker("contract", "credit", "a friend")
        order.with_user(self.credit)._override_blocker("contract", "credit", "the parent company guarantees")
        order.action_confirm()
        self.assertEqual(self._blocker_codes(order, "plan"), {"credit"})
        order.with_user(self.credit)._override_blocker("plan", "credit", "paid by cheque")
        self.assertEqual(self._blocker_codes(order, "produce"), set())
        self.assertEqual(self._blocker_codes(order, "dispatch"), {"credit"})
        self.assertEqual(order.paper_override_ids.mapped("user_id"), self.credit)

    def test_a_change_is_no_new_credit(self):
        """R3.2.2: a hold for credit does not keep a confirmed order from being changed."""
        order = self._endangered_order()
        self.assertEqual(self._blocker_codes(order, "change"), set())

    def test_customer_learns_no_figure(self):
        """R3.2.2: a customer who meets the hold reads neither limit nor exposure nor the word credit."""
        self._create_review(limit=1)
        order = self._create_complete_order()
        buyer = self._create_user("t_buyer", "base.group_portal", partner_id=self.customer.id)
        message = order.with_user(buyer).sudo()._get_blockers("contract")[order.sudo()][0]["message"]
        self.assertEqual(message, "The mill is still reviewing this order.")
        order.action_quotation_sent()
        order.write({"require_signature": True})
        self.assertFalse(order.with_user(buyer).sudo()._has_to_be_signed())

    def test_hold_after_signature_asks_for_evidence_and_notice(self):
        """R3.2.2: a hold of a signed order says that it is lawful only with evidence and notice (articles 527, 528)."""
        order = self._endangered_order()
        blocker = self._message(order)
        self.assertIn("Missing: evidence and notice", blocker["message"])
        self.assertEqual(blocker["action"]["context"], {"default_order_id": order.id})
        self.assertIn("527", order.with_user(self.seller).paper_credit_hold)
        with self.assertRaises(PlanBlockedError):
            order._check_blockers("plan")
        suspension = self._suspension(order)
        self.assertIn("a document that proves it", self._message(order)["message"])
        self.assertIn("the evidence in words", suspension.missing)
        with self.assertRaises(SuspensionEvidenceError):
            suspension.action_notice()
        self._complete(suspension)
        self.assertFalse(suspension.missing)
        suspension.action_notice()
        self.assertEqual((suspension.state, str(suspension.notice_date)), ("noticed", "2026-06-15"))
        for step in STEPS:
            self.assertIn("Performance is suspended since 06/15/2026", self._message(order, step)["message"])
        self.assertEqual(suspension.activity_ids.date_deadline, suspension.security_deadline)
        notice = suspension.message_ids.attachment_ids
        self.assertTrue(notice.filtered(lambda file: "Notice of suspension" in file.name))

    def test_notice_stays_as_it_was(self):
        """R3.2.2: what the customer was told is neither changed nor removed, and no step is written by hand."""
        suspension = self._suspension(self._endangered_order())
        self._complete(suspension)
        with self.assertRaises(SuspensionStateError):
            suspension.state = "noticed"
        suspension.action_notice()
        for values in ({"evidence": "other"}, {"security_deadline": "2026-06-16"}, {"state": "draft"}):
            with self.assertRaises(SuspensionStateError):
                suspension.write(values)
        with self.assertRaises(SuspensionStateError):
            suspension.unlink()

    def test_security_resumes(self):
        """R3.2.2: security that was provided ends the hold; performance is resumed (article 528)."""
        order = self._endangered_order()
        suspension = self._suspension(order)
        self._complete(suspension)
        suspension.action_notice()
        with self.assertRaises(SuspensionEvidenceError):
            suspension.action_secure()
        suspension.security = "Bank guarantee of 6,000"
        suspension.action_secure()
        for step in STEPS:
            self.assertEqual(self._blocker_codes(order, step), set())
        suspension.action_resume()
        self.assertEqual(self._blocker_codes(order, "dispatch"), set())
        self.assertFalse(suspension.activity_ids)

    def test_termination_waits_for_the_time(self):
        """R3.2.2: the contract is terminated only after the time for the security has passed (article 528)."""
        order = self._endangered_order()
        suspension = self._suspension(order)
        self._complete(suspension)
        suspension.action_notice()
        with self.assertRaises(SuspensionEvidenceError):
            suspension.action_terminate()
        with freeze_time("2026-07-01 02:00:00"):
            suspension.action_terminate()
        self.assertEqual(suspension.state, "terminated")
        with self.assertRaises(OverrideRefusedError):
            order.with_user(self.credit)._override_blocker("produce", "credit", "never mind")

    def test_who_suspends(self):
        """R3.2.2: sales reads a suspension and takes no step of it; the workshop does not see it."""
        order = self._endangered_order()
        with self.assertRaises(AccessError):
            self._suspension(order, user=self.seller)
        suspension = self._suspension(order)
        self.assertEqual(suspension.with_user(self.seller).state, "draft")
        with self.assertRaises(AccessError):
            suspension.with_user(self.seller).action_notice()
        worker = self._create_user("t_worker", "paper_base.group_workshop")
        with self.assertRaises(AccessError):
            suspension.with_user(worker).read(["evidence"])

    def test_unsigned_order_is_not_suspended(self):
        """R3.2.2: what is not signed is not suspended, it is not signed."""
        with self.assertRaises(SuspensionStateError):
            self._suspension(self._create_complete_order())

    def test_suspension_without_a_rule(self):
        """R3.2.2: firm evidence holds an order whose figures are all in order."""
        order = self._signed_order()
        self.assertEqual(self._blocker_codes(order, "plan"), set())
        suspension = self._suspension(order)
        self.assertEqual(self._blocker_codes(order, "plan"), set())
        self._complete(suspension)
        suspension.action_notice()
        self.assertEqual(self._blocker_codes(order, "plan"), {"credit"})

    def test_other_company_sees_no_suspension(self):
        """R2: another company's credit department sees neither suspension nor document."""
        other = self.env["res.company"].create({"name": "Second Mill"})
        stranger = self._create_user(
            "t_stranger", "paper_base.group_credit", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        suspension = self._suspension(self._endangered_order())
        document = self._create_document(self._create_review(approve=False))
        for record in (suspension, document):
            self.assertFalse(self.env[record._name].with_user(stranger).search([("id", "in", record.ids)]))

    def test_guarantee_on_file_releases(self):
        """R3.2.2: a guarantee that was asked for holds the production until it is on file, and valid."""
        self._create_review(limit=10000, guarantee="bank")
        order = self._create_complete_order()
        order.action_confirm()
        self.assertEqual(self._blocker_codes(order, "produce"), {"credit_condition"})
        document = self.env["paper.credit.document"].create(
            {
                "partner_id": self.customer.id,
                "kind": "guarantee",
                "file": base64.b64encode(b"x"),
                "valid_until": "2026-06-20",
            }
        )
        self.assertEqual(self._blocker_codes(order, "produce"), set())
        document.valid_until = "2026-06-14"
        self.assertEqual(self._blocker_codes(order, "produce"), {"credit_condition"})

    def test_a_later_condition_does_not_bind(self):
        """R3.2.2: an order stands under the decision that it was confirmed under."""
        order = self._signed_order()
        self._create_review(limit=20000, prepayment_percent=100)
        self.assertEqual(self._blocker_codes(order, "produce"), set())

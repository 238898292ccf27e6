from unittest.mock import patch

from odoo.addons.paper_base.exceptions import RecordBusyError
from odoo.exceptions import LockError, UserError
from odoo.tests import freeze_time, tagged

from ...exceptions import (
    ContractImmutableError,
    ContractRoleError,
    ContractStateError,
    ScanReusedError,
    SecondPersonError,
    SignatureDataError,
)
from ..common import SIGNATURE, ContractCommon


@tagged("post_install", "-at_install")
class TestContractSignatures(ContractCommon):
    def record(self, contract, side="customer", user=None, **values):
        vals = {"signer_name": "Wang Wei", "scan": SIGNATURE, "paper_date": "2026-11-20", "signer_title": "Director"}
        contract.with_user(user or self.sales).action_record_paper_signature(side, **{**vals, **values})

    def test_sealed_paper(self):
        """R4.1.3: sealed paper of both sides, each recorded by one person and seen by another, puts in force."""
        contract = self.build_contract(state="sent")
        self.record(contract)
        self.assertTrue(contract.waits_for_second)
        self.assertFalse(contract.customer_signed_on)
        contract.with_user(self.legal).action_confirm_paper_signature("customer")
        self.assertEqual(contract.customer_signature_kind, "paper")
        self.record(contract, "company", signer_name="Zhang Min")
        with self.assertRaises(ContractRoleError):
            contract.with_user(self.legal).action_confirm_paper_signature()
        contract.with_user(self.manager).action_confirm_paper_signature()
        self.assertEqual((contract.state, contract.order_id.state), ("in_force", "sale"))
        first = contract.signature_ids[0]
        self.assertEqual(
            (first.state, first.recorded_by_id, first.seen_by_id, first.signer_title, str(first.paper_date)),
            ("effective", self.sales, self.legal, "Director", "2026-11-20"),
        )
        self.assertEqual(first.document_id.kind, "scan")
        self.assertTrue(first.document_id.intact)
        self.assertEqual(contract._signed_on_text("customer"), "2026年11月20日", "the date on the paper, not of who saw it")

    def test_a_scan_proves_one_contract(self):
        """R4.1.3: the scan of another contract is refused; the same one for the other side is told to who looks at it."""
        first, second = self.build_contract(state="sent"), self.build_contract(state="sent")
        self.record(first)
        for side in ("customer", "company"):
            with self.subTest(side=side), self.assertRaises(ScanReusedError) as caught:
                self.record(second, side)
            self.assertIn(first.name, str(caught.exception))
        first.with_user(self.legal).action_refuse_paper_signature("customer", "Not readable")
        self.record(first)
        before = first.message_ids
        self.record(first, "company")
        self.assertIn("both seals", "".join((first.message_ids - before).mapped("body")))

    def test_two_at_once(self):
        """R4.1.3: who signs while somebody else signs the same contract is told so, naming it, and nothing is written."""
        contract = self.build_contract(state="sent")
        busy = patch.object(self.registry["paper.contract"], "lock_for_update", side_effect=LockError("Cannot grab a lock"))
        steps = {
            "customer": lambda: self.sign_customer(contract),
            "company": lambda: contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE),
            "paper": lambda: self.record(contract),
            "performance": lambda: contract.with_user(self.manager).action_record_performance("Accepted.", SIGNATURE),
        }
        for name, step in steps.items():
            with self.subTest(step=name), busy, self.assertRaises(RecordBusyError) as caught:
                step()
            self.assertIn(contract.name, str(caught.exception))
        self.assertFalse(contract.signature_ids)

    def test_second_person(self):
        """R4.1.3: who recorded the paper does not confirm it himself, whatever he is."""
        contract = self.build_contract(state="sent")
        self.record(contract, "company", self.manager)
        with self.assertRaises(SecondPersonError):
            contract.with_user(self.manager).action_confirm_paper_signature()
        with self.assertRaises(ContractRoleError):
            contract.with_user(self.planner).action_confirm_paper_signature()
        self.assertFalse(contract.company_signed_on)

    def test_refused_paper(self):
        """R4.1.3: a paper with a wrong seal is refused with a reason, kept, and another can be recorded."""
        contract = self.build_contract(state="sent")
        self.record(contract)
        with self.assertRaises(ContractStateError):
            self.record(contract)
        with self.assertRaises(ContractStateError):
            self.sign_customer(contract)
        action = contract.with_user(self.legal).action_refuse_paper_signature()
        self.assertEqual(action["res_model"], "paper.reason.wizard")
        contract.with_user(self.legal).action_refuse_paper_signature("customer", "The seal is not readable.")
        self.assertEqual((contract.signature_ids.state, contract.state), ("refused", "sent"))
        self.record(contract)
        self.assertEqual(len(contract.signature_ids), 2)

    def test_scan_is_a_picture(self):
        """R4.1.3: a scan is a PDF or a picture; a name is needed; a contract that was not sent takes no paper."""
        contract = self.build_contract(state="sent")
        for values in ({"scan": "PHNjcmlwdD4="}, {"scan": False}, {"signer_name": " "}):
            with self.subTest(values=values), self.assertRaises(SignatureDataError):
                self.record(contract, **values)
        with self.assertRaises(ContractStateError):
            self.record(self.build_contract())
        with self.assertRaises(ContractRoleError):
            self.record(contract, user=self.planner)

    def test_taken_back(self):
        """R4.1.3: a paper that waits to be seen counts no more when the contract goes back to draft."""
        contract = self.build_contract(state="sent")
        self.record(contract)
        contract.with_user(self.sales).action_back_to_draft()
        self.assertEqual(contract.signature_ids.state, "refused")

    def test_evidence_of_a_drawn_signature(self):
        """R4.1.3: name, title, time, address, hash and the way it was made are kept, and it is an ordinary one."""
        contract = self.build_contract(state="sent")
        contract.sudo()._sign_customer(
            self.token(contract), contract.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user, "Buyer", "drawn"
        )
        contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE, "Director", "typed")
        customer, company = contract.signature_ids
        self.assertEqual(
            (customer.signer_title, customer.drawing, customer.ip, customer.kind, customer.sha256),
            ("Buyer", "drawn", "192.0.2.7", "electronic", contract.pdf_sha256),
        )
        self.assertEqual((company.signer_title, company.drawing, company.user_id), ("Director", "typed", self.manager))
        names = contract._signature_kind_names().values()
        self.assertFalse([name for name in names if "reliable" in name.lower()])

    def test_time_of_a_signature(self):
        """R4.1.3: the document says when each side signed in the company's time, and names it, wherever the signer is."""
        self.company.resource_calendar_id.tz = "Asia/Shanghai"
        with freeze_time("2026-12-01 20:30:00"):
            contract = self.build_contract(state="sent")
            self.sign_customer(contract)
        self.assertEqual(contract._signed_on_text("customer"), "2026年12月2日 04:30:00 (Asia/Shanghai)")
        html = self.env["ir.actions.report"]._render_qweb_html("paper_contract.report_contract", contract.ids)[0].decode()
        self.assertIn("2026年12月2日 04:30:00", html)

    def test_evidence_stays(self):
        """R4.1.3: nobody writes, adds or removes a signature by hand."""
        contract = self.build_contract(state="in_force")
        signature = contract.signature_ids[0]
        for user in (self.sales, self.manager, self.legal):
            for attempt in (
                lambda rec: rec.write({"signer_name": "x"}), lambda rec: rec.unlink(), lambda rec: rec.copy(),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.env.cr.savepoint():
                    attempt(signature.with_user(user))
        with self.assertRaises(ContractImmutableError):
            signature.sudo().write({"signer_name": "x"})

    def test_performance(self):
        """R4.1.3: accepted performance puts a contract in force, recorded by the management with reason and evidence."""
        contract = self.build_contract(state="sent")
        for user in (self.sales, self.legal, self.planner):
            with self.subTest(user=user.login), self.assertRaises(ContractRoleError):
                contract.with_user(user).action_record_performance("Delivered.", SIGNATURE)
        for reason, evidence in ((" ", SIGNATURE), ("Delivered.", False), ("Delivered.", "PHNjcmlwdD4=")):
            with self.subTest(reason=reason), self.assertRaises(SignatureDataError):
                contract.with_user(self.manager).action_record_performance(reason, evidence)
        contract.with_user(self.manager).action_record_performance("Part delivered and accepted.", SIGNATURE)
        self.assertEqual((contract.state, contract.order_id.state), ("in_force", "sale"))
        self.assertEqual((contract.performance_by_id, contract.customer_signed_on), (self.manager, False))
        self.assertIn("evidence", contract.document_ids.mapped("kind"))

    def test_performance_by_hand(self):
        """R4.1.3: performance is not written by hand, and a contract that was not sent has none."""
        contract = self.build_contract(state="sent")
        with self.assertRaises(ContractImmutableError):
            contract.with_user(self.manager).write({"performance_on": "2026-11-22 00:00:00"})
        with self.assertRaises(ContractStateError):
            self.build_contract(self.build_order()).with_user(self.manager).action_record_performance("x", SIGNATURE)

    def test_dialogs(self):
        """R4.1.3: sealed paper and performance are recorded through their dialogs."""
        contract = self.build_contract(state="sent")
        action = contract.with_user(self.sales).action_record_paper_signature()
        model = self.env["paper.contract.evidence"]
        model.with_user(self.sales).with_context(**action["context"]).create(
            {"side": "customer", "signer_name": "Wang Wei", "file": SIGNATURE}
        ).action_apply()
        self.assertTrue(contract.waits_for_second)
        action = contract.with_user(self.manager).action_record_performance()
        model.with_user(self.manager).with_context(**action["context"]).create(
            {"reason": "Delivered and taken.", "file": SIGNATURE}
        ).action_apply()
        self.assertEqual(contract.state, "in_force")

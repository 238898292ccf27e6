import base64
import logging
from unittest.mock import patch

from odoo.addons.paper_base.exceptions import RecordBusyError
from odoo.addons.paper_contract.exceptions import ContractRoleError, ContractStateError
from odoo.addons.paper_contract.tests.common import ContractCommon
from odoo.exceptions import AccessError, LockError, ValidationError
from odoo.tests import tagged

from ..exceptions import PdfSignatureError
from ..lib import pdf_signature
from .certificates import Holder, append_text, make_pdf


@tagged("post_install", "-at_install")
class TestContractCertified(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Why a signature is refused is said to the user; the library also logs it.
        level = logging.getLogger("pyhanko").level
        logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
        cls.addClassCleanup(logging.getLogger("pyhanko").setLevel, level)
        report = cls.registry["ir.actions.report"]
        cls.classPatch(report, "_render_qweb_pdf", lambda *args, **kwargs: (make_pdf(), "pdf"))
        cls.authority = Holder("Trusted CA", authority=True)
        cls.buyer, cls.seller = Holder("Wang Wei", cls.authority), Holder("Zhang Min", cls.authority)
        cls.root = cls.env["paper.contract.trust.root"].create({"certificate": base64.b64encode(cls.authority.pem)})

    def sent(self):
        contract = self.build_contract(state="sent")
        return contract, contract.issued_id.attachment_id.raw

    def attach(self, contract, raw, side="customer", user=None):
        user = user or (self.manager if side == "company" else self.sales)
        contract.with_user(user).action_attach_certified_pdf(side, None, base64.b64encode(raw))

    def faults(self, raw, original, *authorities):
        return set(pdf_signature.check(raw, original, [item.asn1 for item in authorities]).all_faults)

    def test_both_sides(self):
        """R4.1.3: the PDF signed by both with certificates puts the contract in force; kind and chain are recorded."""
        contract, pdf = self.sent()
        first = self.buyer.sign(pdf)
        self.attach(contract, first)
        self.attach(contract, self.seller.sign(first, "Signature2"), "company")
        self.assertEqual((contract.state, contract.order_id.state), ("in_force", "sale"))
        self.assertEqual(set(contract.signature_ids.mapped("kind")), {"certified"})
        self.assertEqual(contract.customer_signature_kind, "certified")
        signature = contract.signature_ids[0]
        self.assertIn("Wang Wei", signature.certificate_subject)
        self.assertIn("Trusted CA", signature.certificate_chain)
        self.assertEqual(signature.coverage, "file")
        self.assertEqual(signature.document_id.attachment_id.raw, first)
        self.assertEqual(contract.document_ids.mapped("kind"), ["issued", "certified", "certified", "signed"])

    def test_beside_a_drawn_signature(self):
        """R4.1.3: the record of each side says its own kind; a drawn one is never called more than it is."""
        contract, pdf = self.sent()
        self.sign_customer(contract)
        self.attach(contract, self.seller.sign(pdf), "company")
        self.assertEqual(contract.signature_ids.mapped("kind"), ["electronic", "certified"])
        self.assertEqual(contract.state, "in_force")

    def test_what_is_refused(self):
        """R4.1.3: altered, foreign, self-signed, untrusted, expired and unsigned documents are refused, saying why."""
        contract, pdf = self.sent()
        good = self.buyer.sign(pdf)
        broken = bytearray(good)
        broken[len(pdf) // 2] ^= 1
        stranger = Holder("Stranger", Holder("Unknown CA", authority=True))
        alone = Holder("Alone")
        expired = Holder("Late", self.authority, days=-1)
        cases = {
            "unsigned": pdf,
            "other_document": self.buyer.sign(make_pdf("another contract")),
            "broken": bytes(broken),
            "changed_later": append_text(good),
            "changed": self.buyer.sign(append_text(pdf)),
            "untrusted": stranger.sign(pdf),
            "self_signed": alone.sign(pdf),
            "unreadable": pdf + b"%PDF-rubbish",
            "expired": expired.sign(pdf),
        }
        for fault, raw in cases.items():
            with self.subTest(fault=fault):
                found = self.faults(raw, pdf, self.authority)
                self.assertTrue(found)
                if fault not in ("unreadable", "expired"):
                    self.assertIn(fault, found)
                with self.assertRaises(PdfSignatureError), self.env.cr.savepoint():
                    self.attach(contract, raw)
        self.assertIn("untrusted", self.faults(cases["expired"], pdf, self.authority))
        self.assertIn("self_signed", self.faults(cases["self_signed"], pdf, alone))
        self.assertFalse(self.faults(good, pdf, self.authority))
        self.assertFalse(contract.signature_ids)

    def test_no_authority_trusted(self):
        """R4.1.3: without a trusted authority no certificate is accepted; another company's authority does not count."""
        contract, pdf = self.sent()
        self.root.company_id = self.env["res.company"].create({"name": "Other Mill"})
        with self.assertRaises(PdfSignatureError):
            self.attach(contract, self.buyer.sign(pdf))

    def test_the_same_signature_twice(self):
        """R4.1.3: the customer's signature alone is not the company's."""
        contract, pdf = self.sent()
        first = self.buyer.sign(pdf)
        self.attach(contract, first)
        with self.assertRaises(PdfSignatureError):
            self.attach(contract, first, "company")
        with self.assertRaises(ContractStateError):
            self.attach(contract, self.seller.sign(first, "Signature2"))

    def test_rights(self):
        """R4.1.3: for the company only the management attaches; for the customer sales of the order."""
        contract, pdf = self.sent()
        raw = self.buyer.sign(pdf)
        with self.assertRaises(ContractRoleError):
            self.attach(contract, raw, "company", self.sales)
        with self.assertRaises(ContractRoleError):
            self.attach(contract, raw, "customer", self.planner)
        with self.assertRaises(AccessError):
            self.attach(contract, raw, "customer", self.colleague)
        with self.assertRaises(AccessError):
            self.env["paper.contract.trust.root"].with_user(self.sales).create(
                {"certificate": base64.b64encode(self.authority.pem)}
            )

    def test_authorities_only(self):
        """R4.1.3: what is no certificate, or a person's certificate, is no trusted authority."""
        for content in (b"rubbish", self.buyer.pem):
            with self.subTest(content=content[:20]), self.assertRaises(ValidationError), self.env.cr.savepoint():
                self.env["paper.contract.trust.root"].create({"certificate": base64.b64encode(content)})
        self.assertIn("Trusted CA", self.root.name)
        self.assertRegex(self.root.fingerprint, "^[0-9a-f]{64}$")

    def test_dialog_shows_the_certificate(self):
        """R4.1.3: before it is recorded, the dialog shows signer, issuer and chain, or what is wrong."""
        contract, pdf = self.sent()
        action = contract.with_user(self.sales).action_attach_certified_pdf()
        model = self.env["paper.contract.evidence"].with_user(self.sales).with_context(**action["context"])
        wizard = model.create({"file": base64.b64encode(self.buyer.sign(pdf))})
        for words in ("alert-success", "Wang Wei", "Trusted CA"):
            self.assertIn(words, wizard.found)
        self.assertIn("alert-danger", model.create({"file": base64.b64encode(pdf)}).found)
        wizard.action_apply()
        self.assertEqual(contract.customer_signed_by, "Common Name: Wang Wei")

    def test_two_at_once(self):
        """R4.1.3: who hands in a signed PDF while somebody else signs the same contract is told so, and nothing is written."""
        contract, raw = self.sent()
        busy = patch.object(self.registry["paper.contract"], "lock_for_update", side_effect=LockError("Cannot grab a lock"))
        with busy, self.assertRaises(RecordBusyError) as caught:
            self.attach(contract, raw)
        self.assertIn(contract.name, str(caught.exception))
        self.assertFalse(contract.signature_ids)

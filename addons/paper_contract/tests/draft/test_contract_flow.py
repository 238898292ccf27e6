from odoo.addons.paper_base.exceptions import SpecLockedError
from odoo.tests import tagged

from ...exceptions import ContractRoleError, ContractStateError, SignatureDataError, SignatureTokenError
from ..common import SIGNATURE, ContractCommon, letter


@tagged("post_install", "-at_install")
class TestContractFlow(ContractCommon):
    def test_nothing_left_to_send(self):
        """R4.1.3: the to-do to send an accepted contract is done when it is sent."""
        contract = self.build_contract(state="reviewed")
        self.assertEqual(contract.activity_ids.user_id, self.sales)
        contract.with_user(self.sales).action_send()
        self.assertFalse(contract.activity_ids)

    def test_draft_to_confirmed(self):
        """R4.1.1, R4.1.2, R4.1.3, R4.2.1, R4.2.2: four people walk an order from draft to confirmation."""
        order = self.build_order()
        action = order.with_user(self.sales).action_draft_contract()
        contract = order.contract_id
        self.assertEqual((action["res_model"], action["res_id"]), ("paper.contract", contract.id))
        self.assertRegex(contract.name, r"^HT\d{4}-00001$")
        self.fill_blanks(contract)
        contract.with_user(self.sales).action_submit_review()
        self.assertEqual(contract.current_review_id.deadline_state, "running")
        contract.current_review_id.with_user(self.legal).action_accept()
        self.assertEqual(contract.state, "reviewed")
        contract.with_user(self.sales).action_send()
        self.assertEqual((contract.state, order.state), ("sent", "draft"))
        self.sign_customer(contract)
        self.assertEqual((contract.state, order.state), ("sent", "draft"))
        contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        self.assertEqual((contract.state, order.state), ("in_force", "sale"))
        self.assertTrue(order.order_line.paper_spec_id.locked)
        self.assertEqual(contract.document_ids.mapped("kind"), ["issued", "signed"])
        self.assertFalse(contract._changed_terms())
        with self.assertRaises(SpecLockedError):
            order.order_line.paper_spec_id.basis_weight = 90

    def test_customer_signs_last(self):
        """R4.1.3, R4.2.2: the customer's signature, coming second, confirms the order as well."""
        contract = self.build_contract(state="sent")
        contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)
        self.assertEqual(contract.order_id.state, "draft")
        self.sign_customer(contract)
        self.assertEqual((contract.state, contract.order_id.state), ("in_force", "sale"))

    def test_confirmation_mail_carries_the_contract(self):
        """R4.2.2: the customer gets the confirmation of the order with the signed contract."""
        contract = self.build_contract(state="sent")
        sent = contract.message_ids.browse().sudo().search([("model", "=", "sale.order")])
        self.sign_both(contract)
        message = self.env["mail.message"].search(
            [("model", "=", "sale.order"), ("res_id", "=", contract.order_id.id), ("id", "not in", sent.ids)]
        ).filtered(lambda item: contract.signed_id.name in item.attachment_ids.mapped("name"))
        self.assertEqual(len(message), 1)
        self.assertIn(self.customer, message.notified_partner_ids)
        attached = message.attachment_ids.filtered(lambda item: item.name == contract.signed_id.name)
        self.assertEqual(attached.raw, contract.signed_attachment_id.raw)

    def test_link_mail(self):
        """R4.1.3: the customer is sent the PDF and the link to sign it."""
        contract = self.build_contract(state="reviewed")
        contract.with_user(self.sales).action_send()
        mail = letter(contract)
        self.assertEqual(mail.attachment_ids, contract.pdf_attachment_id)
        self.assertIn(self.token(contract), mail.body_html)
        self.assertIn(self.customer.email, mail.email_to)
        self.assertTrue(mail.auto_delete)
        self.assertFalse(mail.model, "it is no message of the contract")

    def test_signature_records(self):
        """R4.1.3: name, time, address, kind and hash are recorded; a drawn signature is an ordinary one."""
        contract = self.build_contract(state="in_force")
        self.assertEqual(contract.customer_signed_by, "Wang Wei")
        self.assertEqual(contract.customer_signed_ip, "192.0.2.7")
        self.assertEqual(contract.customer_signature_kind, "electronic")
        self.assertEqual(contract.company_signed_user_id, self.manager)
        self.assertTrue(contract.document_ids[0].intact)
        self.assertFalse(contract._integrity_errors())

    def test_token_is_used_once(self):
        """R4.1.3: a wrong, a used and an expired token to sign are refused, and so is another version."""
        contract = self.build_contract(state="sent")
        token = self.token(contract)
        sign = contract.sudo()._sign_customer
        with self.assertRaises(SignatureTokenError):
            sign("guess", contract.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)
        with self.assertRaises(SignatureTokenError):
            sign(token, "0" * 64, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)
        expires, link = contract.sign_token_expires, contract._links("sign")._by_step()
        link.write({"expires_on": "2020-01-01 00:00:00"})
        with self.assertRaises(SignatureTokenError):
            sign(token, contract.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)
        link.write({"expires_on": expires})
        sign(token, contract.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)
        with self.assertRaises(SignatureTokenError):
            sign(token, contract.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)

    def test_new_link_voids_the_old(self):
        """R4.1.3: a new link to sign makes the old one void."""
        contract = self.build_contract(state="sent")
        old = self.token(contract)
        contract.with_user(self.sales).action_renew_sign_link()
        self.assertFalse(contract._link_opens("sign", old))
        self.assertTrue(contract._link_opens("sign", self.token(contract)))

    def test_signature_needs_name_and_image(self):
        """R4.1.3: a signature without name, without image, or with an unreadable image is refused."""
        contract = self.build_contract(state="sent").with_user(self.manager)
        for name, image in ((" ", SIGNATURE), ("Zhang Min", False), ("Zhang Min", "bm8gaW1hZ2U=")):
            with self.subTest(name=name, image=image), self.assertRaises(SignatureDataError), self.env.cr.savepoint():
                contract.action_sign_company(name, image)
        self.assertFalse(contract.company_signed_on)

    def test_steps_in_order(self):
        """R4.1.2, R4.1.3: no step can be taken before the one that it needs."""
        contract = self.build_contract()
        with self.assertRaises(ContractStateError):
            contract.with_user(self.sales).action_send()
        with self.assertRaises(ContractStateError):
            contract.with_user(self.manager).action_sign_company("Zhang Min", SIGNATURE)

    def test_company_signs_by_management(self):
        """R4.1.3: only the management signs for the company."""
        contract = self.build_contract(state="sent")
        for user in (self.sales, self.legal, self.planner):
            with self.subTest(user=user.login), self.assertRaises(ContractRoleError):
                contract.with_user(user).action_sign_company("Somebody", SIGNATURE)

    def test_terminate(self):
        """R4.1.3: the management ends a contract in force with a reason; then the order can be cancelled."""
        contract = self.build_contract(state="in_force")
        with self.assertRaises(ContractRoleError):
            contract.with_user(self.sales).action_terminate("no")
        contract.with_user(self.manager).action_terminate("Agreed with the customer by letter.")
        self.assertEqual(contract.state, "cancelled")
        contract.order_id._action_cancel()
        self.assertEqual(contract.order_id.state, "cancel")

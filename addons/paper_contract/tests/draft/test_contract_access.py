from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...exceptions import ContractRoleError
from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractAccess(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls.build_user("paper_buyer", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.customer
        cls.stranger = cls.build_user("paper_stranger", "base.group_portal")

    def test_departments_read(self):
        """R4.2.2: every department reads the contract; none but sales and management writes it."""
        contract = self.build_contract()
        for user in (self.planner, self.legal, self.colleague):
            with self.subTest(user=user.login):
                self.assertTrue(contract.with_user(user).clause_ids[0].text)
                with self.assertRaises(AccessError):
                    contract.with_user(user).write({"language": "en_US"})
                with self.assertRaises(AccessError):
                    contract.clause_ids[0].with_user(user).write({"body": "x"})
        contract.with_user(self.sales).write({"language": "en_US"})

    def test_steps_by_others(self):
        """R4.1.1, R4.1.3: submitting, sending and taking back belong to the order's sales."""
        contract = self.build_contract()
        for user in (self.legal, self.planner):
            for step in ("action_submit_review", "action_send", "action_back_to_draft", "action_cancel", "action_refill"):
                with self.subTest(user=user.login, step=step), self.assertRaises(ContractRoleError):
                    getattr(contract.with_user(user), step)()
        with self.assertRaises(AccessError):
            contract.with_user(self.colleague).action_submit_review()

    def test_state_by_hand(self):
        """R4.1.3: status, signatures and parties cannot be written by hand, by no role."""
        contract = self.build_contract(state="sent")
        for user in (self.sales, self.manager):
            for values in (
                {"state": "in_force"},
                {"state": "draft"},
                {"customer_signed_by": "X", "customer_signed_on": "2026-01-01"},
                {"partner_id": self.env.user.partner_id.id},
                {"sign_token_expires": "2099-01-01"},
            ):
                with self.subTest(user=user.login, values=values), self.assertRaises(UserError):
                    contract.with_user(user).write(values)

    def test_token_is_nobodys(self):
        """R4.1.3: no role reads the customer's token to sign."""
        contract = self.build_contract(state="sent")
        for user in (self.sales, self.legal, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                contract._links("sign").with_user(user).read(["token_hash"])

    def test_customer_sees_what_is_to_be_signed(self):
        """R4.1.3: a customer reads his own contract from the moment it was sent, not before, and no internals."""
        contract = self.build_contract(state="reviewed")
        with self.assertRaises(AccessError):
            contract.with_user(self.portal).read(["name"])
        contract.with_user(self.sales).action_send()
        self.assertEqual(contract.with_user(self.portal).read(["name"])[0]["name"], contract.name)
        for field in ("terms", "drafter_id", "review_ids", "sign_token_expires", "customer_signed_ip", "document_ids"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                contract.with_user(self.portal).read([field])
        with self.assertRaises(AccessError):
            contract.with_user(self.stranger).read(["name"])
        self.assertFalse(self.env["paper.contract"].with_user(self.stranger).search([]))

    def test_customer_writes_nothing(self):
        """R4.1.3: a customer can write, create or delete nothing of a contract, and take no step."""
        contract = self.build_contract(state="sent").with_user(self.portal)
        with self.assertRaises(UserError):
            contract.write({"customer_signed_by": "X"})
        with self.assertRaises(AccessError):
            contract.unlink()
        with self.assertRaises(UserError):
            contract.action_sign_company("X", "eA==")
        with self.assertRaises(UserError):
            contract.action_send()

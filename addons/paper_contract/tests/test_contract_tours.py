from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged

from .common import ContractBuilder


@tagged("post_install", "-at_install")
class TestContractTours(ContractBuilder, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
        leave_out_stripped_file(cls)
        cls.buyer = cls.build_user("paper_buyer", "base.group_portal")
        cls.buyer.partner_id.parent_id = cls.customer

    def walk(self, lang):
        """Take an order from draft to confirmation, each step in the browser of who takes it."""
        for user in (self.sales, self.legal, self.manager, self.buyer):
            user.lang = lang
        self.customer.lang = lang
        order = self.build_order()
        self.start_tour(f"/odoo/paper-orders/{order.id}", "paper_contract_sales_drafts", login=self.sales.login)
        contract = order.contract_id
        url = f"/odoo/paper-contracts/{contract.id}"
        self.start_tour(url, "paper_contract_legal_returns", login=self.legal.login)
        self.assertEqual((contract.state, contract.open_opinions), ("draft", 2))
        self.start_tour(url, "paper_contract_sales_revises", login=self.sales.login)
        self.assertEqual(set(contract.opinion_ids.mapped("state")), {"answered"})
        self.assertIn("First amendment Mill Co.", contract.clause_ids.mapped("text"))
        self.start_tour(url, "paper_contract_legal_accepts", login=self.legal.login)
        self.start_tour(url, "paper_contract_sales_sends", login=self.sales.login)
        size, self.browser_size = self.browser_size, "375x667"
        self.start_tour(f"/my/contracts/{contract.id}", "paper_contract_customer_signs", login=self.buyer.login)
        self.browser_size = size
        self.start_tour(url, "paper_contract_company_signs", login=self.manager.login)
        self.assertEqual((contract.state, order.state), ("in_force", "sale"))
        customer = contract.signature_ids.filtered(lambda item: item.side == "customer")
        self.assertEqual((customer.signer_title, customer.drawing), ("Buyer", "typed"))
        mails = self.env["mail.mail"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        messages = order.message_ids.filtered(lambda item: contract.signed_id.name in item.attachment_ids.mapped("name"))
        self.assertTrue(mails or messages.notified_partner_ids)
        return contract

    def test_in_chinese(self):
        """R4.1.1, R4.1.2, R4.1.3, R4.2.1, R4.2.2 (acceptance): in the browser, in Chinese, from draft over two amendments and the
        customer's phone to the confirmed order and its mail."""
        self.assertEqual(self.walk("zh_CN").language, "zh_CN")

    def test_in_english(self):
        """R4.1.1, R4.1.2, R4.1.3, R4.2.1, R4.2.2: in the browser, in English, from draft over two amendments and the
        customer's phone to the confirmed order and its mail."""
        self.assertEqual(self.walk("en_US").language, "en_US")

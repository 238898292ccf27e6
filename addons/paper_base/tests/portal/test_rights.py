from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...exceptions import PortalRightError
from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalRights(PortalCommon):
    """What the people of a customer may see and do in the portal."""

    def test_a_contact_is_a_buyer_unless_sales_say_otherwise(self):
        """R4.2.2: every contact is a buyer at first; sales and management say otherwise, nobody else does, on no path."""
        self.assertTrue(self.customer.paper_is_buyer)
        partner = self.env["res.partner"].create({"name": "Stock", "parent_id": self.customer.id})
        partner.with_user(self.salesman).write({"paper_is_buyer": False, "paper_is_receiver": True})
        partner.with_user(self.manager).sudo().paper_is_accounts = True
        clerk = self._create_user("t_hr", "base.group_user", "base.group_partner_manager")
        contacts = self.env["res.partner"].with_user(clerk)
        contacts.create({"name": "Plain", "paper_is_buyer": True, "paper_is_receiver": False})
        for attempt in (
            lambda: partner.with_user(clerk).write({"paper_is_buyer": True}),
            lambda: partner.with_user(clerk).sudo().write({"paper_is_accounts": False}),
            lambda: contacts.create({"name": "X", "paper_is_accounts": True}),
            lambda: contacts.with_context(default_paper_is_accounts=True).create({"name": "X"}),
            lambda: partner.with_user(clerk).copy(),
            lambda: partner.with_user(self.buyer).sudo().write({"paper_is_buyer": True}),
        ):
            with self.assertRaises(PortalRightError), self.env.cr.savepoint():
                attempt()

    def test_orders_and_invoices_are_read_by_whose_they_are(self):
        """R4.2.2: by call as well: orders for the buyer, invoices for accounts and the buyer, none for the receiver; a
        right that is given or taken counts at once."""
        readers = {"sale.order": (self.buyer,), "sale.order.line": (self.buyer,), "account.move": (self.buyer, self.accounts)}
        for model, expected in readers.items():
            for user in (self.buyer, self.receiver, self.accounts):
                with self.subTest(model=model, user=user.login):
                    records = self.env[model].with_user(user)
                    self.assertEqual(self._rule_lets(records), user in expected)
        order = self.order.with_user(self.receiver)
        with self.assertRaises(AccessError):
            order.read(["amount_total"])
        self.receiver.partner_id.paper_is_buyer = True
        self.assertTrue(self.env["sale.order"].with_user(self.receiver).search([("id", "=", self.order.id)]))
        self.receiver.partner_id.paper_is_buyer = False
        self.assertFalse(self.env["sale.order"].with_user(self.receiver).search([("id", "=", self.order.id)]))

    def _rule_lets(self, records):
        """Say whether the record rules of the user let any record through."""
        return not self.env["ir.rule"].with_user(records.env.user)._compute_domain(records._name, "read").is_false()

    def test_the_pages_of_an_order(self):
        """R4.2.2: page and print of an order open for the buyer, for a login without the right not even by its link;
        whoever holds the link without a login reads it as before."""
        self.order._portal_ensure_token()
        link = f"/my/orders/{self.order.id}?access_token={self.order.access_token}"
        for url in (f"/my/orders/{self.order.id}", link, f"/my/orders/{self.order.id}?report_type=html", "/my/quotes"):
            with self.subTest(url=url):
                self.assertIn(self.order.name, self._get(url, self.buyer).text)
                for user in (self.receiver, self.accounts):
                    self.assertNotIn(self.order.name, self._get(url, user).text)
        self.authenticate(None, None)
        self.assertIn(self.order.name, self.url_open(link).text)

    def test_the_page_of_an_invoice(self):
        """R4.2.2: accounts open an invoice, and find it in their list; the receiver does not."""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [Command.create({"product_id": self.paper.id, "price_unit": 7})],
            }
        )
        invoice.action_post()
        for url in (f"/my/invoices/{invoice.id}", "/my/invoices"):
            self.assertIn(invoice.name, self._get(url, self.accounts).text)
            self.assertNotIn(invoice.name, self._get(url, self.receiver).text)

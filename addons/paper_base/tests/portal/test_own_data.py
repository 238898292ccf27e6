from odoo.tests import tagged

from ...exceptions import PartnerChangeError, PartnerChangeRightError
from .common import PortalCommon

ADDRESS = {
    "name": "Hua Print",
    "email": "office@hua.example",
    "phone": "0731-1",
    "street": "West Road 1",
    "city": "Changsha",
    "zip": "410000",
}


@tagged("post_install", "-at_install")
class TestOwnData(PortalCommon):
    """Name, address and e-mail of a customer with orders are changed with the mill's approval (real use, fault 16)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.country = cls.env.ref("base.be")
        cls.customer.write({**ADDRESS, "country_id": cls.country.id})
        cls.person = cls.buyer.partner_id
        cls.person.write({**ADDRESS, "name": "p_buyer", "country_id": cls.country.id})

    def _submit(self, user, partner, **values):
        form = {**ADDRESS, "country_id": str(self.country.id), "partner_id": str(partner.id or ""), **values}
        return self._post("/my/address/submit", user, **form)

    def _changes(self, partner):
        return self.env["paper.partner.change"].search([("partner_id", "=", partner.id)])

    def test_the_page_asks_sales(self):
        """R4.1.1, R4.2.2: what a buyer changes in the portal is kept as a request, once, and put before sales; the page
        says that it waits."""
        for _twice in range(2):
            answer = self._submit(self.buyer, self.person, name="p_buyer", street="East Road 99")
            self.assertIn("redirectUrl", answer.json())
        self.assertEqual(self.person.street, "West Road 1")
        change = self._changes(self.person)
        self.assertEqual(change.new_values, {"street": "East Road 99"})
        self.assertEqual(change.old_values, {"street": "West Road 1"})
        self.assertEqual(change.asked_by_id, self.person)
        self.assertIn(self.salesman, change.activity_ids.user_id | change.activity_ids.paper_group_id.all_user_ids)
        for url in ("/my/addresses", "/my/account"):
            self.assertIn("West Road 1 → East Road 99", self._get(url, self.buyer).text)

    def test_every_path_asks(self):
        """R4.1.1: a call on the own user, an archived address, the company's name in the form of a person, sudo: none
        changes what the mill relies on."""
        place = self.env["res.partner"].create({"name": "Yard", "type": "delivery", "parent_id": self.customer.id, "street": "A"})
        self.buyer.with_user(self.buyer).write({"email": "other@evil.example", "name": "Other"})
        self.assertEqual((self.person.email, self.buyer.email), ("office@hua.example", "office@hua.example"))
        self._submit(self.buyer, self.person, name="p_buyer", company_name="Other Ltd")
        self.authenticate(self.buyer.login, self.buyer.login)
        self.make_jsonrpc_request("/my/address/archive", {"partner_id": place.id})
        place.with_user(self.buyer).sudo().write({"street": "B", "zip": "1"})
        self.assertEqual((self.customer.name, place.active, place.street, place.zip), ("Hua Print", True, "A", False))
        self.assertEqual(self._changes(self.customer).new_values, {"name": "Other Ltd"})
        self.assertEqual(self._changes(place).mapped("new_values"), [{"street": "B", "zip": "1"}, {"active": False}])
        self.assertEqual(self._changes(self.person).mapped("new_values"), [{"name": "Other"}, {"email": "other@evil.example"}])

    def test_what_is_free(self):
        """R6.2.1: delivery addresses may be added, an empty telephone number given, the language chosen; whoever has no
        order yet changes the own data freely."""
        self.person.phone = False
        self._submit(self.buyer, self.person, name="p_buyer", phone="0731-2")
        self.assertEqual(self.person.phone, "0731-2")
        self.assertFalse(self._changes(self.person))
        self.customer.vat = "BE0477472701"
        self._submit(self.buyer, self.env["res.partner"], name="New Yard", address_type="delivery")
        yard = self.env["res.partner"].search([("name", "=", "New Yard")])
        self.assertEqual((yard.type, yard.parent_id, yard.vat), ("delivery", self.customer, self.customer.vat))
        self.assertFalse(self._changes(yard))
        self.order.action_cancel()
        self.order.unlink()
        self._submit(self.buyer, self.person, name="p_buyer", street="East Road 99")
        self.assertEqual(self.person.street, "East Road 99")

    def test_a_new_invoice_address_is_no_default(self):
        """R4.1.1: a new address for invoices may be chosen for an order, and becomes the usual one with approval."""
        self._submit(self.buyer, self.env["res.partner"], name="Billing", address_type="billing")
        address = self.env["res.partner"].search([("name", "=", "Billing")])
        self.assertEqual(address.type, "other")
        self.assertEqual(self.customer.address_get(["invoice"])["invoice"], self.customer.id)
        change = self._changes(address)
        self.assertEqual(change.new_values, {"type": "invoice"})
        change.with_user(self.salesman).action_approve()
        self.assertEqual(self.customer.address_get(["invoice"])["invoice"], address.id)

    def test_sales_decide_once(self):
        """R4.1.1: sales approve, which changes the contact, or refuse with a reason; the customer is told either way;
        nobody else decides, nobody twice, and no hand writes the request."""
        first = self.customer.with_user(self.buyer).sudo()._ask_change({"name": "Hua Print Ltd"})
        second = self.customer.with_user(self.buyer).sudo()._ask_change({"email": "x@evil.example"})
        clerk = self._create_user("t_legal", "paper_base.group_legal")
        with self.assertRaises(PartnerChangeRightError):
            first.with_user(clerk).sudo().action_approve()
        first.with_user(self.salesman).action_approve()
        self.assertEqual(self.customer.name, "Hua Print Ltd")
        wizard = second.with_user(self.salesman).action_refuse()
        self.assertEqual(wizard["res_model"], "paper.reason.wizard")
        second.with_user(self.salesman).action_refuse(reason="Please send it on your letterhead.")
        self.assertEqual((second.state, self.customer.email), ("refused", "office@hua.example"))
        self.assertIn("letterhead", second.message_ids.filtered("partner_ids")[:1].body)
        self.assertIn(self.person, first.message_ids.partner_ids)
        with self.assertRaises(PartnerChangeError):
            second.with_user(self.salesman).action_approve()
        with self.assertRaises(PartnerChangeError):
            second.with_user(self.salesman).sudo().write({"new_values": {"name": "Mine"}})

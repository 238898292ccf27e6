from odoo.addons.paper_base.exceptions import ChangeBlockedError, PaperError
from odoo.tests import tagged

from ..common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractMoved(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.place = cls.build_place("Plant", "1 Yueyang Road")
        cls.order = cls.build_order(partner_shipping_id=cls.place.id)
        cls.contract = cls.build_contract(cls.order, state="in_force")
        cls.line = cls.order.order_line

    @classmethod
    def build_place(cls, name, street):
        address = {"street": street, "city": "Shanghai", "lang": "en_US"}
        return cls.env["res.partner"].create({"name": name, "parent_id": cls.customer.id, "type": "delivery", **address})

    def merge(self, source, target):
        self.env.flush_all()
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((source | target).ids, target)
        self.env.invalidate_all()

    def told(self):
        to_dos = self.env["mail.activity"].search([("res_model", "=", "paper.contract"), ("paper_kind", "=", "moved")])
        return to_dos.filtered(lambda to_do: to_do.res_id == self.contract.id)

    def test_address_that_is_edited(self):
        """R4.2.1: what was signed stays as text; sales are told of an address that says something else, until it is back."""
        signed = self.line._paper_signed_place()
        self.assertIn("1 Yueyang Road", signed)
        self.place.street = "99 East Road"
        self.assertEqual(self.line._paper_signed_place(), signed)
        self.assertEqual(self.told().user_id, self.sales)
        self.assertTrue(self.contract.moved)
        self.assertEqual(self.order.with_user(self.planner).paper_contract_moved, self.contract.moved)
        self.place.street = "1 Yueyang Road"
        self.assertFalse(self.told())
        self.assertFalse(self.contract.moved)

    def test_merged_contacts(self):
        """R4.2.1: a delivery contact of an order in force is merged; the order takes what agrees with it and refuses the rest."""
        other = self.build_place("Plant again", "2 Yueyang Road")
        self.merge(self.place, other)
        self.assertEqual(self.order.partner_shipping_id, other)
        self.assertIn("1 Yueyang Road", self.line._paper_signed_place())
        self.assertTrue(self.told())
        order = self.order.with_user(self.sales)
        order.write({"client_order_ref": order.client_order_ref})
        line = self.line.with_user(self.sales)
        line.write({"name": line.name, "price_unit": line.price_unit})
        order.write({"origin": "Mail of March 2"})
        note = {"order_id": order.id, "display_type": "line_note", "name": "by rail"}
        line.sudo()._by_step().create(note)
        for vals in ({"client_order_ref": "another"}, {"partner_shipping_id": self.customer.id}):
            with self.subTest(vals=vals), self.assertRaises(PaperError), self.env.cr.savepoint():
                order.write(vals)
        with self.assertRaises(PaperError), self.env.cr.savepoint():
            line.write({"price_unit": 1})
        # A note says something to the customer, too: what refuses it is the contract in force, not what moved.
        with self.assertRaises(ChangeBlockedError) as refused, self.env.cr.savepoint():
            line.create(note)
        self.assertEqual([item["code"] for item in refused.exception.blockers[order.sudo()]], ["contract_in_force"])
        self.contract.with_user(self.sales).action_draft_supplement()
        self.assertTrue(self.contract.supplement_ids)

    def test_merged_at_the_same_address(self):
        """R4.2.1: two contacts at one address that become one change nothing of what was signed."""
        self.merge(self.place, self.build_place("Plant again", "1 Yueyang Road"))
        self.assertFalse(self.contract.moved)
        self.assertFalse(self.told())

    def test_merged_contact_of_a_line(self):
        """R4.2.1: the same of a line that is delivered to a place of its own."""
        own = self.build_place("Branch", "5 Side Street")
        order = self.build_order(lines=2, partner_shipping_id=self.customer.id)
        order.order_line[0].paper_shipping_id = own
        self.build_contract(order, state="in_force")
        self.merge(own, self.build_place("Branch again", "6 Side Street"))
        first, second = order.order_line
        self.assertIn("5 Side Street", first._paper_signed_place())
        self.assertIn("8 Print Street", second._paper_signed_place())
        self.assertEqual(order.contract_id._moved_terms(), [f"lines.{first.id}.paper_shipping_id", f"lines.{first.id}.place"])

    def test_supplement_agrees_on_the_place(self):
        """R4.1.3: a supplement names the address as it is now beside the one that was signed, and settles it."""
        self.place.street = "99 East Road"
        action = self.contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        self.fill_blanks(supplement)
        texts = supplement._change_texts()
        self.assertEqual(len(texts), 1)
        self.assertIn("1 Yueyang Road", texts[0][1])
        self.assertIn("99 East Road", texts[0][2])
        supplement.action_submit_review()
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.action_send()
        self.sign_both(supplement.sudo())
        self.assertIn("99 East Road", self.line._paper_signed_place())
        self.assertFalse(self.contract.moved)
        self.assertFalse(self.told())

    def test_supplement_about_something_else(self):
        """R4.1.3: what moved behind the order is not agreed by a supplement that was signed before it moved."""
        action = self.contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        self.fill_blanks(supplement)
        supplement.change_ids.new_price = 7
        supplement.action_submit_review()
        supplement.current_review_id.with_user(self.legal).action_accept()
        supplement.action_send()
        self.place.street = "99 East Road"
        self.sign_both(supplement.sudo())
        self.assertEqual(self.line.price_unit, 7)
        self.assertIn("1 Yueyang Road", self.line._paper_signed_place())
        self.assertEqual(self.contract._moved_terms(), ["place"])

    def test_another_address_of_the_customer(self):
        """R4.2.1: contacts to whom nothing is delivered are nothing to tell of."""
        self.build_place("Office", "3 Quiet Street").street = "4 Quiet Street"
        self.assertFalse(self.told())

from markupsafe import Markup
from odoo.addons.paper_contract.tests.common import ContractCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged

PRICE = 6543.21
PDF = b"%PDF-1.4 1 0 obj"


@tagged("post_install", "-at_install")
class TestContractLetters(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.blind = [cls.build_user(f"paper_blind_{name}", f"paper_base.group_{name}") for name in ("workshop", "warehouse")]

    def test_letters_to_the_customer(self):
        """R4.1.3, R4.2.2: the confirmation that names the amount, its papers and what was tracked of prices are kept from such a
        department, by whatever way it reads; other notes on the order are not."""
        contract = self.build_contract(self.build_order(), state="in_force")
        order, user = contract.order_id, self.blind[1]
        letter = order.message_ids.filtered(lambda item: contract.signed_id.name in item.attachment_ids.mapped("name"))
        self.assertTrue(letter)
        note = order.with_user(self.sales).message_post(body="The lorry comes at 8 o'clock; 80 g/m², 100 reams.")
        messages = self.env["mail.message"].with_user(user)
        found = messages.search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertIn(note.id, found.ids)
        self.assertNotIn(letter.id, found.ids)
        for record in (letter, letter.attachment_ids[0]):
            with self.subTest(record=record._name), self.assertRaises(AccessError):
                record.with_user(user).read(["create_date"])
        papers = self.env["ir.attachment"].with_user(user).search([("res_model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertFalse(set(papers.ids) & set(letter.attachment_ids.ids))
        boxes = [("res_model", "=", "sale.order"), ("res_id", "=", order.id)]
        attachments = self.env["ir.attachment"]
        binary = attachments.create({"name": "signature", "raw": b"x", "res_model": order._name, "res_id": order.id,
                                     "res_field": "signature"})
        self.assertNotIn(binary, attachments.with_user(user).search(boxes).sudo())
        self.assertIn(binary, attachments.with_user(user).search([*boxes, ("res_field", "=", "signature")]).sudo())
        self.assertIn(binary, attachments.with_user(user).search([("id", "=", binary.id)]).sudo())
        self.assertTrue(letter.with_user(self.sales).read(["body"]))
        self.assertTrue(letter.attachment_ids.with_user(self.sales).read(["name"]))
        field = self.env["ir.model.fields"]._get("sale.order", "amount_total")
        value = self.env["mail.tracking.value"].create({"field_id": field.id, "mail_message_id": note.id})
        self.assertFalse(value._filter_has_field_access(self.env(user=user)))
        self.assertTrue(value._filter_has_field_access(self.env(user=self.sales)))

    def test_words_about_the_goods(self):
        """R4.1.3, R4.2.2: a note on weights, days and gates is not taken for prices; a print of the order and a document of its
        contract are kept from such a department although the letter names no amount, other papers are not."""
        contract = self.build_contract(self.build_order(), state="sent")
        order = contract.order_id
        user, sales = self.blind[1], order.with_user(self.sales)
        issued = contract.sudo().issued_id.attachment_id.raw
        sales.order_line.price_unit = 6
        messages = self.env["mail.message"].with_user(user)

        def shown(body, *papers):
            letter = sales.message_post(body=Markup(body), attachments=papers)
            self.env.flush_all()
            return letter, letter.id in messages.search([("id", "in", letter.ids)]).ids

        for body in (
            "<p>Total weight 2,000 kg, lorry at gate 4</p>",
            "Payment term 30 days, please load by Friday",
            "<a href='/6'>Load</a> at gate 6 <b>787*1092</b>",
        ):
            letter, seen = shown(body, ("plan.pdf", PDF))
            self.assertTrue(seen, body)
            self.assertTrue(letter.attachment_ids.with_user(user).read(["name"]))
        for body in ("6 per ream, as agreed", "单价：6", "<b>Price:</b> 6", "CNY 6.00", "6.00 it is"):
            self.assertFalse(shown(body)[1], body)
        for name, content in (
            (f"Quotation - {order.name}.pdf", PDF),
            (f"{order.name}.pdf", PDF),
            ("other name.pdf", issued),
        ):
            letter, seen = shown("As agreed.", (name, content), ("plan.txt", b"Gate 6"))
            self.assertFalse(seen, name)
            paper = letter.attachment_ids.filtered(lambda item: item.mimetype == "application/pdf")
            self.assertEqual(letter.attachment_ids.with_user(user).filtered(lambda item: item.has_access("read")).sudo(),
                             letter.attachment_ids.sudo() - paper.sudo())

    def test_who_reads_contracts(self):
        """R4.1.3: a department that is given the right to contracts with prices reads the prices of their orders, too."""
        user, order = self.blind[0], self.build_order()
        order.order_line.price_unit = PRICE
        read = order.with_user(user)
        self.assertTrue(read.paper_prices_hidden)
        user.group_ids += self.env.ref("paper_contract.group_contract_reader")
        read.invalidate_recordset()
        self.assertFalse(read.paper_prices_hidden)
        self.assertEqual(read.read(["amount_total"])[0]["amount_total"], order.amount_total)

from lxml import etree
from markupsafe import Markup
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..hooks import post_init_hook
from .common import PriceBuilder, PriceCommon

PRICE = 6543.21
PDF = b"%PDF-1.4 1 0 obj"
TYPES = ("monetary", "float", "char", "json")


@tagged("post_install", "-at_install")
class TestPricesHidden(PriceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.build_order()
        cls.order.order_line.price_unit = PRICE
        cls.blind = [cls.build_user(f"paper_blind_{name}", f"paper_base.group_{name}")
                     for name in ("workshop", "warehouse", "quality", "purchasing", "technical", "logistics")]
        cls.blind[0].group_ids += cls.env.ref("base.group_allow_export")

    def orders(self, user):
        return self.env["sale.order"].with_user(user), self.env["sale.order.line"].with_user(user)

    def test_departments_without_prices(self):
        """R4.1.3: a department that sees no prices reads none of an order: not in the form, a list, or by a read of its own."""
        spec = {"amount_total": {}, "tax_totals": {}, "order_line": {"fields": {"price_unit": {}, "paper_quantity": {}}}}
        for user in self.blind:
            orders, lines = self.orders(user)
            with self.subTest(user=user.login):
                shown = orders.browse(self.order.id).web_read(spec)[0]
                self.assertEqual((shown["amount_total"], shown["tax_totals"]), (0, False))
                self.assertEqual(shown["order_line"][0]["price_unit"], 0)
                self.assertEqual(shown["order_line"][0]["paper_quantity"], 100)
                names = [name for name, field in orders._fields.items() if field.type in TYPES]
                readable = [name for name in names if name in orders.fields_get()]
                self.assertNotIn("6543", str(orders.browse(self.order.id).read(readable)))
                own = [("id", "in", self.order.order_line.ids)]
                row = lines.search_read(own, ["price_unit", "price_subtotal", "discount"])[0]
                self.assertEqual((row["price_unit"], row["price_subtotal"], row["discount"]), (0, 0, 0))
                self.assertTrue(orders.browse(self.order.id).paper_prices_hidden)

    def test_list_price_with_taxes(self):
        """R4.1.3: who works without prices does not read the list price from what Odoo writes beside it, with taxes, either."""
        tax = self.env["account.tax"].create({"name": "VAT 13 % seen", "amount": 13, "type_tax_use": "sale"})
        template = self.product.product_tmpl_id
        template.taxes_id = tax
        self.assertIn("7.3", template.with_user(self.sales).read(["tax_string"])[0]["tax_string"])
        for record in (template, self.product):
            shown = record.with_user(self.planner).read(["list_price", "tax_string"])[0]
            self.assertEqual((shown["list_price"], shown["tax_string"]), (0, False))

    def test_neither_found_nor_sorted_nor_summed(self):
        """R4.1.3: such a department does not find out a price by filters, sorting, groups, sums or an export either."""
        orders, lines = self.orders(self.blind[0])
        own = [("id", "=", self.order.id)]
        for attempt in (
            lambda: orders.search([*own, ("amount_total", ">", 1)]),
            lambda: orders.search([*own, ("order_line.price_unit", ">", 1)]),
            lambda: orders.search(["|", ("name", "=", "x"), "&", ("amount_untaxed", ">", 1), ("id", ">", 0)]),
            lambda: lines.search([("price_unit", ">", 1)]),
            lambda: orders.search(own, order="amount_total desc"),
            lambda: orders.formatted_read_group(own, ["amount_total"], ["__count"]),
        ):
            with self.assertRaises(AccessError):
                attempt()
        summed = orders.formatted_read_group(own, ["partner_id"], ["amount_total:sum", "__count"])
        self.assertEqual((summed[0]["amount_total:sum"], summed[0]["__count"]), (False, 1))
        names = ["name", "amount_total", "order_line/price_unit", "order_line/paper_quantity"]
        rows = orders.browse(self.order.id).export_data(names)
        self.assertEqual(rows["datas"][0][1:], ["", "", 100.0])

    def test_not_printed(self):
        """R4.1.3: nor by printing the order or its quotation."""
        report = self.env["ir.actions.report"]
        for user in self.blind[:2]:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                report.with_user(user)._render_qweb_html("sale.report_saleorder", self.order.ids)
        self.assertTrue(report.with_user(self.sales)._render_qweb_html("sale.report_saleorder", self.order.ids))

    def test_no_link_to_the_customers_page(self):
        """R4.1.3: nor does it get the address of the customer's page with the token that opens it; the system does, and the
        button is not shown."""
        self.order._portal_ensure_token()
        self.blind[1].group_ids += self.env.ref("base.group_partner_manager")
        share = {"active_model": "sale.order", "active_id": self.order.id}
        for user in self.blind:
            order = self.order.with_user(user)
            with self.subTest(user=user.login):
                for attempt in (order.get_portal_url, order.action_preview_sale_order, order._get_share_url):
                    with self.assertRaises(AccessError):
                        attempt()
                self.assertIn(self.order.access_token, order.sudo().get_portal_url())
        with self.assertRaises(AccessError):
            self.env["portal.share"].with_user(self.blind[1]).with_context(**share).default_get(["share_link"])
        self.assertIn(self.order.access_token, self.order.with_user(self.sales).action_preview_sale_order()["url"])
        self.assertTrue(self.order.with_user(self.blind[1]).sudo().message_post(body="Loaded.", partner_ids=self.customer.ids))
        form = etree.fromstring(self.env["sale.order"].get_view(view_type="form")["arch"])
        for button in form.iterfind(".//button[@name='action_preview_sale_order']"):
            self.assertEqual(button.get("invisible"), "paper_prices_hidden")

    def test_not_copied(self):
        """R4.1.3: nor by the values that a copy of an order or of a line would have; who sees prices copies as ever."""
        orders, lines = self.orders(self.blind[0])
        for record in (orders.browse(self.order.id), lines.browse(self.order.order_line.ids)):
            for attempt in (record.copy_data, record.copy):
                with self.subTest(record=record._name, step=attempt.__name__), self.assertRaises(AccessError):
                    attempt()
        copied = self.order.order_line.with_user(self.sales).copy_data()
        self.assertEqual(copied[0]["price_unit"], PRICE)
        self.assertTrue(self.order.with_user(self.blind[0]).sudo().copy_data())

    def test_letters(self):
        """R4.1.3: a letter that names a price, or a print of the order beside one that does not, is kept from such a department
        with its papers; a note on the goods is not, and what was tracked of prices is not shown."""
        self.order.order_line.price_unit = 6
        user, sales = self.blind[1], self.order.with_user(self.sales)
        messages = self.env["mail.message"].with_user(user)

        def shown(body, *papers):
            letter = sales.message_post(body=Markup(body), attachments=papers)
            self.env.flush_all()
            return letter, letter.id in messages.search([("id", "in", letter.ids)]).ids

        note, seen = shown("<p>Total weight 2,000 kg, lorry at gate 4</p>", ("plan.pdf", PDF))
        self.assertTrue(seen)
        self.assertTrue(note.attachment_ids.with_user(user).read(["name"]))
        for body in ("6 per ream, as agreed", "单价：6", "CNY 6.00"):
            self.assertFalse(shown(body)[1], body)
        for name in (f"Quotation - {self.order.name}.pdf", f"{self.order.name}.pdf"):
            letter, seen = shown("As agreed.", (name, PDF))
            self.assertFalse(seen, name)
            with self.assertRaises(AccessError):
                letter.attachment_ids.with_user(user).read(["create_date"])
            self.assertTrue(letter.attachment_ids.with_user(self.sales).read(["name"]))
        field = self.env["ir.model.fields"]._get("sale.order", "amount_total")
        value = self.env["mail.tracking.value"].create({"field_id": field.id, "mail_message_id": note.id})
        self.assertFalse(value._filter_has_field_access(self.env(user=user)))
        self.assertTrue(value._filter_has_field_access(self.env(user=self.sales)))

    def test_letters_sent_before(self):
        """R4.1.3: letters with a PDF that were sent before prices were hidden are kept, too; marks that are there are left."""
        letter = self.order.message_post(body="As agreed.", attachments=[("x.pdf", PDF)])
        self.env.flush_all()
        for marked, kept in ((False, True), (True, False)):
            self.env.cr.execute("UPDATE mail_message SET paper_with_prices = FALSE")
            self.env.cr.execute("UPDATE ir_attachment SET paper_with_prices = FALSE")
            if marked:
                note = self.order.message_post(body="CNY 6")
                note.paper_with_prices = True
                self.env.flush_all()
            post_init_hook(self.env)
            self.env.invalidate_all()
            with self.subTest(marked=marked):
                self.assertEqual((letter.paper_with_prices, letter.attachment_ids.paper_with_prices), (kept, kept))

    def test_own_words(self):
        """R4.1.3: who wrote a message that names a price still reads it, and not what the system sent in his name."""
        user, other = self.blind[:2]
        values = {"model": "sale.order", "res_id": self.order.id, "author_id": user.partner_id.id, "body": "650 CNY",
                  "paper_with_prices": True}
        created = self.env["mail.message"].with_user(user).sudo()
        own, sent = created.create([{**values, "message_type": kind} for kind in ("comment", "notification")])
        for reader, seen in ((user, own), (other, own.browse())):
            messages = self.env["mail.message"].with_user(reader)
            self.assertEqual(messages.search([("id", "in", (own | sent).ids)]).ids, seen.ids)
            self.assertEqual([item.with_user(reader).has_access("read") for item in (own, sent)], [bool(seen), False])

    def test_who_sees_prices(self):
        """R4.2.2: who works with prices reads them as ever."""
        finance = self.build_user("paper_price_finance", "paper_base.group_finance")
        for user in (self.sales, self.manager, self.legal, finance):
            orders, _lines = self.orders(user)
            with self.subTest(user=user.login):
                order = orders.browse(self.order.id)
                self.assertEqual(order.read(["amount_total"])[0]["amount_total"], self.order.amount_total)
                self.assertTrue(orders.search([("amount_total", ">", 1), ("id", "=", order.id)], order="amount_total"))
                self.assertFalse(order.paper_prices_hidden)

    def test_the_program_reads_on(self):
        """R4.1.3: what the program does with the rights of such a department finds the fields as they are."""
        line = self.order.order_line.with_user(self.blind[1])
        self.assertEqual(line.price_unit, PRICE)


@tagged("post_install", "-at_install")
class TestPricePage(PriceBuilder, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()

    @mute_logger("odoo.http")
    def test_the_customers_page(self):
        """R4.1.3: the customer's page of an order is closed to such a department, with the link as without."""
        order = self.build_order()
        order.order_line.price_unit = PRICE
        token = order._portal_ensure_token()
        self.authenticate(self.planner.login, self.planner.login)
        for url in (f"/my/orders/{order.id}", f"/my/orders/{order.id}?access_token={token}"):
            self.assertNotIn("o_paper_timeline", self.url_open(url).text)
        self.assertFalse(order.with_user(self.planner).read(["access_token"])[0]["access_token"])
        self.authenticate(self.sales.login, self.sales.login)
        self.assertIn("o_paper_timeline", self.url_open(f"/my/orders/{order.id}").text)

from odoo.tests import Form, tagged
from odoo.tools import file_open

from ...exceptions import PaperInvoicingError
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestInvoicing(PaperCommon):
    def test_every_path(self):
        """R6.3.1: a product of paper is invoiced by what was delivered, however it became paper; it stays so."""
        made = self._create_product("Kraft", self.kg, is_paper=True).product_tmpl_id
        ticked = self._create_product("Liner", self.kg).product_tmpl_id
        self.assertEqual(ticked.invoice_policy, "order")
        ticked.is_paper = True
        templates = self.env["product.template"]
        defaulted = templates.with_context(default_is_paper=True, default_invoice_policy="order").create({"name": "Tissue"})
        self.env["ir.default"].set("product.template", "invoice_policy", "order")
        settings = templates.create({"name": "Newsprint", "is_paper": True})
        form = Form(templates)
        form.name = "Board"
        form.is_paper = True
        typed = form.save()
        loaded = templates.load(["name", "is_paper"], [["Duplex", "True"]])
        for product in (made, ticked, defaulted, settings, typed, templates.browse(loaded["ids"])):
            with self.subTest(product=product.name):
                self.assertEqual(product.invoice_policy, "delivery")
                self.assertEqual(product.copy().invoice_policy, "delivery")
                with self.assertRaises(PaperInvoicingError):
                    product.invoice_policy = "order"
        with self.assertRaises(PaperInvoicingError):
            templates.create({"name": "Bond", "is_paper": True, "invoice_policy": "order"})
        ticked.is_paper = False
        ticked.invoice_policy = "order"

    def test_to_invoice(self):
        """R6.3.1: of what was ordered nothing is to be invoiced; of what was delivered, what was delivered."""
        order = self._create_order(self._prepare_line(self._create_sheet(), paper_quantity=1000, paper_unit="kg"))
        order.action_confirm()
        self.assertEqual((order.order_line.qty_to_invoice, order.invoice_status), (0, "no"))
        order._force_lines_to_invoice_policy_order()
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        order.order_line.qty_delivered = 980
        self.assertEqual((order.order_line.qty_to_invoice, order.invoice_status), (980, "to invoice"))

    def test_orders_before_follow(self):
        """R6.3.1: open orders of a product that becomes paper, or was paper before this rule, follow it."""
        board = self._create_product("Board", self.kg)
        orders = [self._create_order({"product_id": board.id, "product_uom_qty": 500}) for _number in range(2)]
        first, second = orders[0].order_line, orders[1].order_line
        for order in orders:
            order.action_confirm()
        self.assertEqual(first.qty_to_invoice, 500)
        board.is_paper = True
        self.assertEqual((first.qty_to_invoice, orders[0].invoice_status), (0, "no"))
        self.env.flush_all()
        self.env.cr.execute("UPDATE product_template SET invoice_policy = 'order' WHERE id = %s", (board.product_tmpl_id.id,))
        self.env.cr.execute(
            "UPDATE sale_order_line SET qty_to_invoice = 500, invoice_status = 'to invoice' WHERE id = %s", (second.id,)
        )
        self.env.invalidate_all()
        with file_open("paper_base/migrations/19.0.1.1.1/post-invoice-by-delivery.py") as source:
            script = {}
            exec(compile(source.read(), source.name, "exec"), script)
        script["migrate"](self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        self.assertEqual(board.invoice_policy, "delivery")
        self.assertEqual((second.qty_to_invoice, orders[1].invoice_status), (0, "no"))

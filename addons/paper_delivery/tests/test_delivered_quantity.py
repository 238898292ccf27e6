from odoo.addons.paper_base.exceptions import PaperInvoicingError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveredQuantity(DeliveryCommon):
    def test_follows_from_deliveries(self):
        """R6.3.1: nobody states by hand how much paper was delivered, and with it what is invoiced."""
        line = self._order().order_line
        for user in (self.sales, self.stock, self.env.ref("base.user_admin")):
            for vals in ({"qty_delivered": 24000}, {"qty_delivered": -5}, {"qty_delivered_method": "manual"}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(PaperInvoicingError):
                    line.with_user(user).write(vals)
        self.assertEqual((line.qty_delivered, line.qty_to_invoice), (0, 0))

    def test_what_sales_read_of_an_early_invoice(self):
        """R6.3.1: who invoices before the delivery is told to deliver, not to change the product."""
        order = self._order()
        with self.assertRaisesRegex(Exception, "weighed and delivered") as refused:
            order.with_user(self.sales)._create_invoices()
        self.assertNotIn("Invoicing Policy", str(refused.exception))

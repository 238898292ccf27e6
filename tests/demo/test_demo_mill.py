"""The demo mill as `./mill run` shows it: orders at every stage, read by a salesperson and by a customer."""

from odoo.tests import HttpCase, tagged

STAGES = 11


@tagged("post_install", "-at_install")
class TestDemoMill(HttpCase):
    def _orders(self):
        return self.env["sale.order"].search([("client_order_ref", "=like", "PO-26%")])

    def test_an_order_at_every_stage(self):
        """R4.2.2: the demo mill has an order at each stage, and each says what is next and who has it."""
        orders = self._orders().with_context(lang="zh_CN")
        self.assertEqual(len(orders), STAGES)
        self.assertEqual(len(set(orders.mapped("paper_next_step"))), STAGES)
        for order in orders:
            self.assertTrue(order.paper_next_owner, f"nobody has {order.client_order_ref}")

    def test_salesperson_reads_the_timeline(self):
        """R4.2.2: a salesperson opens an order of the demo mill and reads its timeline and blockers in Chinese."""
        self.start_tour("/odoo/paper-orders", "paper_mill_demo_sales", login="sales")

    def test_customer_reads_the_timeline(self):
        """R4.2.2: a customer logs in to the portal and sees the same timeline."""
        self.start_tour("/my/orders", "paper_mill_demo_portal", login="customer")

    def test_customer_sees_his_own_only(self):
        """R4.2.2: the customer's portal lists his orders and no others."""
        customer = self.env["res.users"].search([("login", "=", "customer")])
        visible = self.env["sale.order"].with_user(customer).search([])
        self.assertTrue(visible)
        self.assertEqual(visible.partner_id.commercial_partner_id, customer.partner_id.commercial_partner_id)

from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged

from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestIntakeTours(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        cls.term.name = "30 days T"
        cls.customer.write({"name": "济南华印", "lang": "zh_CN"})
        cls.tour_paper = cls._create_product("双胶纸 T", cls.kg, is_paper=True, paper_grade_id=cls.offset.id)
        cls.clerk = cls._create_user("tour_clerk", "paper_base.group_sales", lang="zh_CN", tz="Asia/Shanghai")

    def test_quick_order(self):
        """R3.1.1 (acceptance): in the browser, in Chinese, a salesperson takes a caller's order with the keyboard alone."""
        self.start_tour("/odoo/paper-orders", "paper_intake_quick_order", login=self.clerk.login)
        order = self.env["sale.order"].search([("client_order_ref", "=", "HY-77")])
        self.assertEqual(order.order_line.mapped("paper_quantity"), [20, 10])
        self.assertEqual(order.order_line.mapped("paper_unit"), ["t", "t"])
        self.assertEqual(order.order_line.paper_spec_id.mapped("width"), [787, 889])
        self.assertEqual(order.intake_message_ids.channel_id.kind, "phone")
        self.assertEqual(order.user_id, self.clerk)

import re

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


@tagged("post_install", "-at_install")
class TestCompletionTour(IntakeCommon, HttpCase):
    browser_size = "375x667"
    touch_enabled = True

    def test_the_customer_completes_his_order(self):
        """R3.2.1 (acceptance): on a telephone, in Chinese, without a login, the customer fills in what is missing."""
        self.term.name = "30 days T"
        self.customer.lang = "zh_CN"
        order = self._create_complete_order(client_order_ref="HP-2031-9")
        order.payment_term_id = False
        order.order_line.paper_spec_id.width = 0
        order.with_user(self.seller).action_ask_customer()
        mail = self.env["mail.mail"].search([("recipient_ids", "=", self.customer.id)], order="id desc", limit=1)
        link = re.search(r"/paper/complete/[\w-]+", mail.body_html)[0]
        self.start_tour(link, "paper_intake_completion")
        self.assertEqual((order.order_line.paper_spec_id.width, order.payment_term_id), (787, self.term))
        self.assertEqual(order.paper_completion_ids.state, "done")

import re

from odoo.tests import HttpCase, tagged

from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestCompletionTour(CompletenessCommon, HttpCase):
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

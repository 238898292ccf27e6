from datetime import date

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..browser import leave_out_stripped_file
from ..common import PaperCommon
from ..own_rules import keep_own_leads

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="


@tagged("post_install", "-at_install")
class TestTours(PaperCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        keep_own_leads(cls, "action_confirm")
        cls.customer.lang = "zh_CN"
        cls.seller = cls._create_user("tour_sales", "paper_base.group_sales", lang="zh_CN", tz="Asia/Shanghai")
        cls.buyer = cls._create_user(
            "tour_buyer", "base.group_portal", partner_id=cls.customer.id, lang="zh_CN", tz="Asia/Shanghai"
        )
        cls.order = cls._create_order(user_id=cls.seller.id, client_order_ref="HP-2031-7")

    def test_a_salesperson_reads_timeline_and_blockers(self):
        """R4.2.2: in the browser, in Chinese, a salesperson reads how far an order is, what blocks which step, and
        is offered no override."""
        self._add_milestones(
            {
                "code": "legal",
                "name": "法务审核",
                "state": "current",
                "department": "legal",
                "deadline": date(2031, 3, 4),
                "internal": True,
            },
        )
        self.order._paper_status_changed()
        self._settle()  # where the order stands is stored when a transaction ends
        self._block("contract", "legal", message="法务部门尚未审核合同。")
        self._block("confirm", "contract", message="合同尚未签署。")
        self.start_tour("/odoo/paper-orders", "paper_base_salesperson", login=self.seller.login)

    def test_the_form_leads_with_one_button(self):
        """R4.2.2: in the browser, in Chinese, sales find the one button that takes an order on, or why there is none; a
        department that reads the order finds what is ordered and what is next."""
        self.order.commitment_date = "2033-04-05 08:00:00"
        self._settle()
        reader = self._create_user("tour_technical", "paper_base.group_technical", lang="zh_CN", tz="Asia/Shanghai")
        self.start_tour(f"/odoo/paper-orders/{self.order.id}", "paper_base_leading", login=self.seller.login)
        self._block("confirm", "contract", message="合同尚未签署。")
        self.start_tour(f"/odoo/paper-orders/{self.order.id}", "paper_base_blocked", login=self.seller.login)
        self.start_tour(f"/odoo/paper-orders/{self.order.id}", "paper_base_reader", login=reader.login)

    def test_a_customer_sees_the_same_timeline(self):
        """R4.2.2: in the portal the customer sees the same steps, without the mill's internal ones."""
        self._add_milestones(
            {"code": "evaluated", "name": "订单评估", "state": "current", "deadline": date(2031, 3, 4)},
            {"code": "legal", "name": "法务审核", "state": "todo", "internal": True},
        )
        self.order.action_quotation_sent()
        self.start_tour(f"/my/orders/{self.order.id}", "paper_base_portal", login=self.buyer.login)

    @mute_logger("odoo.http")  # the server notes what it refused
    def test_a_customer_reads_a_refusal(self):
        """R4.1.3: on the customer's page a rule that refuses is read as a sentence, and leads nowhere into the mill."""
        self.order.action_quotation_sent()
        self.order.write({"require_signature": True, "require_payment": False})
        self._block("confirm", "contract", message="合同尚未签署。")
        self.patch(type(self.order), "_has_to_be_signed", lambda order: True)
        self.start_tour(f"/my/orders/{self.order.id}", "paper_base_portal_refusal", login=self.buyer.login)
        self.assertEqual(self.order.state, "sent")

    def test_the_portal_names_the_delivery_date_once(self):
        """R4.2.2: the customer reads one delivery date, and is not asked to order by another program."""
        self.order.action_quotation_sent()
        self.order.write({"commitment_date": "2033-04-05 08:00:00"})
        self.authenticate(self.buyer.login, self.buyer.login)
        page = self.url_open(f"/my/orders/{self.order.id}").text
        information = page.partition('id="sale_info_table"')[2].partition("</tbody>")[0]
        self.assertEqual(information.count("2033"), 1)
        self.assertNotIn("portal_connect_software_modal_btn", page)

    def test_the_signature_route_is_refused(self):
        """R4.1.3: a customer who posts a signature for a blocked order signs and confirms nothing."""
        self.order.action_quotation_sent()
        self.order.write({"require_signature": True, "require_payment": False})
        self._block()
        self.authenticate(self.buyer.login, self.buyer.login)
        answer = self.make_jsonrpc_request(
            f"/my/orders/{self.order.id}/accept",
            {"name": "Buyer", "signature": PIXEL},
        )
        self.assertIn("error", answer)
        self.assertEqual(self.order.state, "sent")
        self.assertFalse(self.order.signature)

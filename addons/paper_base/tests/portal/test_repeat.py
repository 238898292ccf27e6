from odoo.tests import tagged

from ...exceptions import RepeatError
from ...models.portal.sale_order import SaleOrder
from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestRepeat(PortalCommon):
    """An order that a customer has once more."""

    def _url(self):
        return f"/my/orders/{self.order.id}/repeat"

    def _repeats(self):
        return self.env["sale.order"].search([("paper_repeat_of_id", "=", self.order.id)])

    def test_one_form_makes_one_order(self):
        """R3.1.1, R3.1.2: the same papers, quantities and place; neither price nor date nor number; sent twice it is
        one order, a new form makes another; sales have it before them."""
        # With a shop, its channel's handler has it, which the shop tests.
        self.patch(self.registry["sale.order"], "_paper_take_repeat", SaleOrder._paper_take_repeat)
        line = self.order.order_line
        line.write({"price_unit": 3.5, "discount": 10})
        self.order.commitment_date = "2030-01-01 04:00:00"
        self.assertIn("787×1092 mm", self._get(self._url(), self.buyer).text)
        told = {"key": "k" * 32, "client_order_ref": "HP-8", "remark": "200 reams if you can"}
        for _twice in range(2):
            answer = self._post(self._url(), self.buyer, **told)
        order = self._repeats()
        self.assertEqual(len(order), 1)
        self.assertIn(f"/my/orders/{order.id}", answer.url)
        self.assertIn("o_paper_repeated", answer.text)
        self.assertEqual(order.order_line.paper_quantity, line.paper_quantity)
        self.assertEqual(order.order_line.paper_spec_id._name, "paper.spec")
        self.assertEqual(order.order_line.paper_spec_id.display_name, line.paper_spec_id.display_name)
        self.assertEqual(order.order_line.price_unit, self.paper.list_price)
        self.assertFalse(order.order_line.discount)
        self.assertFalse(order.commitment_date)
        self.assertEqual((order.state, order.client_order_ref, order.partner_id), ("sent", "HP-8", self.customer))
        self.assertTrue(order.activity_ids.filtered(lambda activity: activity.paper_kind == "repeat"))
        self.assertIn("200 reams", "".join(order.message_ids.mapped("body")))
        self._post(self._url(), self.buyer, **{**told, "key": "n" * 32})
        self.assertEqual(len(self._repeats()), 2)

    def test_who_does_not_buy_does_not_repeat(self):
        """R3.1.2: a receiver, accounts, another customer and a guest get no page and make no order; nor does a call."""
        other = self._create_user("p_other", "base.group_portal")
        for user in (self.receiver, self.accounts, other):
            self.assertNotIn("o_paper_repeat", self._get(self._url(), user).text)
            self._post(self._url(), user, key="k" * 32)
            with self.assertRaises(RepeatError):
                self.order._paper_repeat(user, "k" * 32)
        self.assertFalse(self._repeats())

    def test_what_cannot_be_meant(self):
        """R3.1.2: a day that is over, or none, is told on the page and makes no order; a form without its key neither."""
        for values in ({"date": "2001-01-01"}, {"date": "soon"}, {"key": ""}):
            answer = self._post(self._url(), self.buyer, **{"key": "k" * 32, **values})
            self.assertIn("alert-danger", answer.text)
        self.assertFalse(self._repeats())
        self._post(self._url(), self.buyer, key="k" * 32, date="2099-05-06")
        self.assertEqual(str(self._repeats().commitment_date.date()), "2099-05-06")

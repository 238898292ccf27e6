from unittest.mock import patch

from odoo.addons.paper_delivery.tests.common import DeliveryCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestRealFreight(DeliveryCommon):
    """A carrier that bills its real cost: the goods leave, and the order says what was agreed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        service = cls.env["product.product"].create({"name": "Lorry", "type": "service", "list_price": 300})
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "Lorry", "product_id": service.id, "fixed_price": 300, "invoice_policy": "real"}
        )

    def _ship(self, blocked):
        order = self._order()
        pickings = self._load(order)
        pickings.carrier_id = self.carrier
        with patch.object(type(order), "_is_blocked", lambda orders, step: blocked and step == "change"):
            pickings.with_user(self.stock).button_validate()
        self.assertEqual(pickings.state, "done")
        return order

    def test_of_an_order_that_is_agreed(self):
        """R4.1.3, R6.2.2: freight gets into no contract behind its customer; sales are told, and the warehouse ships."""
        order = self._ship(blocked=True)
        self.assertFalse(order.order_line.filtered("is_delivery"))
        told = order.activity_ids.filtered(lambda rec: rec.paper_kind == "freight")
        self.assertEqual(told.user_id, self.sales)

    def test_of_an_order_that_is_open(self):
        """R6.2.2: where nothing speaks against it, the shipment brings the freight to the order, whoever ships."""
        order = self._ship(blocked=False)
        self.assertEqual(order.order_line.filtered("is_delivery").price_unit, 300)
        self.assertFalse(order.activity_ids.filtered(lambda rec: rec.paper_kind == "freight"))

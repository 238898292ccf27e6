from odoo.addons.paper_order_stats.tests.common import StatisticsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestChannel(StatisticsCase):
    def test_channel_of_the_order(self):
        """R8.1.1: figures and months are told apart by the channel through which the order came, old orders too."""
        medium = self.env["utm.medium"].create({"name": "Statistics medium"})
        channel = self.env["paper.intake.channel"].create({"name": "Statistics channel", "kind": "phone", "medium_id": medium.id})
        order = self._order(self.customers[0], 3)
        self._set(order, intake_channel_id=channel.id, medium_id=None)
        for model in ("paper.fact.order", "paper.fact.order.month"):
            rows = self._figures(
                [("partner_id", "=", order.partner_id.id)], ["channel_id", "medium_id"], "ordered_kg", model=model
            )
            self.assertEqual(rows, [(channel, medium, 3000)])

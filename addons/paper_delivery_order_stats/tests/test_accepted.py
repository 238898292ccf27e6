from odoo.addons.paper_order_stats.tests.common import StatisticsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestAccepted(StatisticsCase):
    def _received(self, order, shipped, received, accepted):
        picking = order.picking_ids[:1].copy({"partner_id": order.partner_id.id})
        receipt = (
            self.env["paper.delivery.receipt"]
            ._by_step()
            .create({"picking_id": picking.id, "product_id": self.paper.id, "shipped_kg": shipped, "received_kg": received})
        )
        values = {"paper_received_on": "2024-04-03", "paper_proof_on": "2024-04-04 02:00:00", "paper_accepted": accepted}
        self._set(picking, sale_id=order.id, **values)
        return receipt

    def test_accepted_and_refused(self):
        """R8.1.1, R6.3.1: what is signed for counts as accepted on the day of the receipt, what is refused or missing
        does not."""
        order = self._order(self.customers[0], 10)
        self._received(order, 4000, 3900, True)
        self._received(order, 2000, 2000, False)
        domain = [("order_id", "=", order.id)]
        rows = self._figures(
            domain, ["date:month"], "proven_kg", "accepted_kg", "refused_kg", "accepted_percent:avg", model="paper.fact.delivery"
        )
        self.assertEqual([tuple(map(float, row[1:])) for row in rows], [(6000, 3900, 2100, 65)])

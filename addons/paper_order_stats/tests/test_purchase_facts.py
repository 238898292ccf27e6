from odoo import Command
from odoo.tests import new_test_user, tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestPurchaseFacts(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulp = cls._product(cls.tonne, name="Pulp", is_paper=False)
        cls.supplier = cls.env["res.partner"].create({"name": "Pulp mill"})
        cls.purchasing = new_test_user(cls.env, "stats.purchasing", groups="paper_base.group_purchasing")

    def _bought(self, tonnes, promised, received, price=4000):
        """Order pulp on 1 March 2024 for a day; let it come, and go back, in parts: [(tonnes, moment)]."""
        line = {
            "product_id": self.pulp.id,
            "product_qty": tonnes,
            "product_uom_id": self.tonne.id,
            "price_unit": price,
            "date_planned": promised,
        }
        order = self.env["purchase.order"].create({"partner_id": self.supplier.id, "order_line": [Command.create(line)]})
        self._set(order.order_line, date_planned=promised)
        self._set(order, state="purchase", date_approve="2024-03-01 04:00:00")
        stock = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1).lot_stock_id
        place = self.env.ref("stock.stock_location_suppliers")
        for quantity, moment in received:
            move = self.env["stock.move"].create(
                {
                    "purchase_line_id": order.order_line.id,
                    "product_id": self.pulp.id,
                    "product_uom_qty": abs(quantity),
                    "product_uom": self.tonne.id,
                    "location_id": (place if quantity > 0 else stock).id,
                    "location_dest_id": (stock if quantity > 0 else place).id,
                }
            )
            self._set(move, state="done", quantity=abs(quantity), date=moment)
        return order

    def _of_supplier(self, *measures):
        domain = [("partner_id", "=", self.supplier.id)]
        (row,) = self._figures(domain, [], *measures, model="paper.fact.purchase", user=self.purchasing)
        return [round(float(value or 0), 2) for value in row]

    def test_quantity_amount_price(self):
        """R8.1.3: quantity, amount and price per tonne of what was bought, received and sent back."""
        self._bought(10, "2024-03-11 04:00:00", [(10, "2024-03-10 04:00:00"), (-2, "2024-03-12 04:00:00")])
        self._bought(30, "2024-03-11 04:00:00", [], price=5000)
        measures = ["ordered_kg", "ordered_amount", "price_per_tonne:avg", "received_kg", "returned_kg", "returned_percent:avg"]
        self.assertEqual(self._of_supplier(*measures), [40000, 190000, 4750, 10000, 2000, 20])

    def test_first_and_last_promise(self):
        """R8.1.3: a supplier who put off the date keeps the last promise and breaks the first."""
        order = self._bought(10, "2024-03-11 04:00:00", [])
        self._set(order.order_line, date_planned="2024-03-21 04:00:00")
        late = self._bought(5, "2024-03-11 04:00:00", [(5, "2024-03-11 15:00:00")])
        self.assertEqual(late.order_line.qty_received, 5)
        stock = self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1).lot_stock_id
        move = self.env["stock.move"].create(
            {
                "purchase_line_id": order.order_line.id,
                "product_id": self.pulp.id,
                "product_uom_qty": 10,
                "product_uom": self.tonne.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": stock.id,
            }
        )
        self._set(move, state="done", quantity=10, date="2024-03-20 04:00:00")
        measures = [
            "first_due_count",
            "first_kept_count",
            "last_due_count",
            "last_kept_count",
            "first_percent:avg",
            "last_percent:avg",
        ]
        self.assertEqual(self._of_supplier(*measures), [2, 1, 2, 2, 50, 100])

    def test_lead_times(self):
        """R8.1.3: half of the receipts took no longer than P50, nine of ten no longer than P90."""
        for day in (5, 7, 9, 11, 31):
            self._bought(1, "2024-03-30 04:00:00", [(1, f"2024-03-{day:02} 04:00:00")])
        self.assertEqual(self._of_supplier("lead_p50:avg", "lead_p90:avg"), [8, 22])

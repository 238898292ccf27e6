from odoo.addons.paper_order_stats.tests.common import StatisticsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestInspections(StatisticsCase):
    def test_first_pass(self):
        """R8.1.2: a lot that passes at the second attempt passed, but not at the first; an open inspection counts nowhere."""
        lots = self.env["stock.lot"].create([{"name": f"STATS-{number}", "product_id": self.paper.id} for number in range(2)])
        test = self.env["qc.test"].create({"name": "Statistics test"})
        results = ((lots[0], "failed", 1), (lots[0], "success", 2), (lots[1], "success", 1), (lots[1], "ready", 3))
        for lot, state, day in results:
            inspection = (
                self.env["qc.inspection"]
                ._by_step()
                .create(
                    {
                        "kind": "final",
                        "lot_id": lot.id,
                        "test": test.id,
                        "company_id": self.env.company.id,
                    }
                )
            )
            self._set(inspection, state=state, date_done=f"2024-03-0{day} 04:00:00", product_id=self.paper.id)
        rows = self._figures(
            [("product_id", "=", self.paper.id)],
            [],
            "inspection_count",
            "passed_percent:avg",
            "first_pass_percent:avg",
            model="paper.fact.inspection",
        )
        self.assertEqual([float(value) for value in rows[0]], [3, 66.67, 50])

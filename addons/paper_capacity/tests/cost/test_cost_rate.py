from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import CapacityCommon


@tagged("post_install", "-at_install")
class TestCostRate(CapacityCommon):
    def test_rates_of_a_day(self):
        """R3.3.5: of several rates of a kind the one that began last holds; packing has one for each format."""
        Rate = self.env["paper.cost.rate"].with_user(self.people["cost"])
        Rate.create(
            [
                {"kind": "steam", "rate": 200, "date_from": "2025-01-01"},
                {"kind": "steam", "rate": 220, "date_from": "2026-01-01"},
                {"kind": "steam", "rate": 250, "date_from": "2026-04-01"},
                {"kind": "labour", "rate": 40, "date_from": "2025-01-01", "date_to": "2025-12-31"},
                {"kind": "packing", "format": "sheet", "rate": 90, "date_from": "2025-01-01"},
            ]
        )
        rates = Rate._rates_of(self.company, self.company._paper_today())
        self.assertEqual(rates, {"steam": 220, ("packing", "sheet"): 90})

    def test_who_reads_them(self):
        """R3.3.5: finance keeps the rates; the other departments do not read what the mill pays."""
        with self.assertRaises(AccessError):
            self.env["paper.cost.rate"].with_user(self.people["sales"]).search([])

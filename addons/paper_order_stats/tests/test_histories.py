from odoo.tests import tagged

from .common import StatisticsCase
from .history import History

SEEDS = 30


@tagged("post_install", "-at_install")
class TestHistories(StatisticsCase):
    def test_facts_equal_the_histories(self):
        """R8.1.1: after random histories of two companies (orders, shipments, returns, refusals, cancellations,
        supplements, rates)
        facts and months equal what was noted while they were made, and the check against the documents finds nothing."""
        currency = self.env["res.currency"].create({"name": "XPS", "symbol": "X", "rounding": 0.01})
        other = self.env["res.company"].create({"name": "Another mill", "currency_id": currency.id})
        other.resource_calendar_id.tz = "Asia/Shanghai"
        everything = {}
        for seed in range(SEEDS):
            history = History(self, seed, other).run()
            with self.subTest(seed=seed):
                self.assertEqual(history.figures("paper.fact.order"), history.expected())
            for key, value in history.expected().items():
                everything[key] = everything.get(key, 0) + value
        months = history.figures("paper.fact.order.month")
        self.assertEqual(set(months), {key for key, value in everything.items() if round(value, 1)})
        for key, value in months.items():
            self.assertAlmostEqual(value, everything[key], 0)
        checks = self.env["paper.fact.check"]._check_all()
        self.assertEqual(sum(checks.mapped("difference_count")), 0, checks.mapped("documents"))

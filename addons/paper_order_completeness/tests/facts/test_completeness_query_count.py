from odoo.tests import tagged

from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestCompletenessQueryCount(CompletenessCommon):
    def _count(self, action):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        action()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_completeness_in_a_list(self):
        """R3.2.1: milestones and blockers of a list of orders cost no more queries for 2N orders than for N."""
        few = self.env["sale.order"].concat(*[self._create_complete_order() for _place in range(5)])
        many = self.env["sale.order"].concat(*[self._create_complete_order() for _place in range(10)])
        for orders in (few, many):
            orders.mapped("order_line.paper_spec_id")
        warm = self._create_complete_order()
        warm._get_blockers("evaluate")
        counts = [
            self._count(lambda orders=orders: (orders._get_milestones(), orders._get_blockers("evaluate")))
            for orders in (few, many)
        ]
        self.assertLessEqual(counts[1], counts[0])

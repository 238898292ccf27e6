from odoo import Command
from odoo.tests import tagged

from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestQueryCount(PaperCommon):
    def _count(self, prepare, number):
        """Return the queries of creating and of confirming ``number`` orders with one line each."""
        lines = [prepare() for _number in range(number)]
        self.env.flush_all()
        self.env.invalidate_all()
        counts = [self.env.cr.sql_log_count]
        orders = self.env["sale.order"].create(
            [
                {"partner_id": self.customer.id, "user_id": self.salesman.id, "order_line": [Command.create(line)]}
                for line in lines
            ]
        )
        self.env.flush_all()
        counts.append(self.env.cr.sql_log_count)
        orders.action_confirm()
        self.env.flush_all()
        counts.append(self.env.cr.sql_log_count)
        return counts[1] - counts[0], counts[2] - counts[1]

    def test_paper_costs_a_constant_more(self):
        """R4.2.1: an order of paper costs at most five queries more than one of anything else, however many
        orders are created and confirmed at once."""
        twin = self._create_product("Twin of the paper", self.kg)
        for number in (1, 4, 8):
            with self.subTest(number=number):
                self._count(lambda: self._prepare_line(product=twin, product_uom_qty=100), number)
                plain = self._count(lambda: self._prepare_line(product=twin, product_uom_qty=100), number)
                self._count(lambda: self._prepare_line(self._create_sheet()), number)
                paper = self._count(lambda: self._prepare_line(self._create_sheet()), number)
                self.assertLessEqual(sum(paper) - sum(plain), 5, f"plain {plain}, paper {paper}")

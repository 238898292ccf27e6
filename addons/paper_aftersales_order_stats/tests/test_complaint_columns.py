from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestComplaintColumns(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.management = new_test_user(cls.env, "stats.feedback", groups="paper_base.group_management")
        grade = cls.env["paper.grade"].create({"name": "Feedback grade"})
        product = cls.env["product.product"].create(
            {"name": "Paper", "is_paper": True, "uom_id": cls.env.ref("uom.product_uom_kgm").id}
        )
        customer = cls.env["res.partner"].create({"name": "Printer"})
        lines = []
        for _index in range(2):
            spec = cls.env["paper.spec"].create({"grade_id": grade.id, "basis_weight": 80, "width": 787})
            lines.append(
                {"product_id": product.id, "paper_spec_id": spec.id, "paper_quantity": 1000, "paper_unit": "kg"}
            )
        cls.order = cls.env["sale.order"].create(
            {"partner_id": customer.id, "order_line": [Command.create(line) for line in lines]}
        )

    @classmethod
    def _ticket(cls, **values):
        return cls.env["helpdesk.ticket"].create(
            {
                "name": "Feedback",
                "description": "<p>Text</p>",
                "sale_order_id": cls.order.id,
                "partner_id": cls.order.partner_id.id,
                **values,
            }
        )

    def _counts(self, groupby=()):
        report = self.env["paper.order.report"].with_user(self.management)
        return report._read_group(
            [("order_id", "=", self.order.id)],
            groupby,
            ["feedback_count:sum", "serious_count:sum", "ordered_kg:sum", "order_id:count_distinct"],
        )

    def test_each_feedback_counts_once(self):
        """R7.3.2, R8.1.1: feedback on an order of several lines counts once, and weighs the order no second time."""
        self.assertEqual(self._counts(), [(0, 0, 2000, 1)])
        self._ticket()
        self._ticket(severity="serious")
        self._ticket(sale_order_line_id=self.order.order_line[1].id)
        self.assertEqual(self._counts(), [(3, 1, 2000, 1)])

    def test_feedback_on_a_line_counts_there(self):
        """R7.3.2: feedback on a line counts with its specification, that on the order with the first."""
        self._ticket()
        self._ticket(sale_order_line_id=self.order.order_line[1].id)
        self._ticket(sale_order_line_id=self.order.order_line[1].id, active=False)
        by_spec = {row[0]: row[1] for row in self._counts(["spec_id"])}
        self.assertEqual([by_spec[line.paper_spec_id] for line in self.order.order_line], [1, 1])

from odoo.addons.paper_order_stats.tests.common import StatisticsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCaseFacts(StatisticsCase):
    def test_feedback_on_its_days(self):
        """R7.3.2, R8.1.1: feedback counts on the day it came and on the day it was closed; what was unfounded counts nowhere."""
        order = self._order(self.customers[0], 1)
        values = {"name": "Feedback", "description": "<p>Text</p>", "sale_order_id": order.id, "partner_id": order.partner_id.id}
        tickets = self.env["helpdesk.ticket"].create([values, {**values, "severity": "serious"}])
        self._set(tickets, create_date="2024-03-31 17:00:00")
        self._set(tickets[0], closed_date="2024-04-04 04:00:00")
        measures = ["came_count", "serious_count", "closed_count", "days:avg"]
        domain = [("order_id", "=", order.id)]
        rows = self._figures(domain, ["date:month"], *measures, model="paper.fact.case")
        self.assertEqual([(str(row[0]), *map(int, row[1:])) for row in rows], [("2024-04-01", 2, 1, 1, 3)])
        self._set(tickets[1], stage_id=self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected").id)
        rows = self._figures(domain, [], "came_count", "serious_count", model="paper.fact.case")
        self.assertEqual(rows, [(1, 0)])

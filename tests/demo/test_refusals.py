"""What a refusal looks like to the person who meets it: one rule of every addon, clicked by its department in Chinese."""

from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestRefusals(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)

    def _order(self, number):
        return self.env["sale.order"].search([("client_order_ref", "=", f"PO-{number}")])

    def _as(self, login, records):
        return records.with_user(self.env["res.users"].search([("login", "=", login)]))

    def _refused(self, addon, login, path, record):
        with mute_logger("odoo.http"):  # the server notes what it refused
            self.start_tour(f"/odoo/{path}/{record.id}", f"paper_mill_refusal_{addon}", login=login)

    def test_order_without_contract(self):
        """R4.1.3: sales confirm an order without contract, read why not, and are led to the contract."""
        self._refused("contract", "sales", "paper-orders", self._order(2604))

    def test_incomplete_order(self):
        """R3.2.1: sales hand on an incomplete order, read what is missing, and fill it in from there."""
        self._refused("order_intake", "sales", "paper-orders", self._order(2602))

    def test_paper_without_plan(self):
        """R5.1.2: the workshop makes paper that no plan holds, reads why not, and is led to the plan."""
        production = self.env["mrp.production"].search([("paper_plan_id", "=", False), ("state", "=", "confirmed")], limit=1)
        self._refused("production", "workshop", "action-paper_production.action_paper_productions", production)

    def test_inspection_without_answers(self):
        """R6.1.1: quality concludes an inspection without answers, and reads which are missing."""
        inspection = self.env["qc.inspection"].search([("kind", "=", "final"), ("state", "=", "ready")], limit=1)
        self._refused("quality", "quality", "paper-inspections", inspection)

    def test_dispatch_without_vehicle(self):
        """R6.2.1: logistics plan a dispatch without vehicle and driver, and read what is missing."""
        order = self._as("sales", self._order(2609))
        notice = self.env["paper.dispatch.notice"].browse(order.action_dispatch_notice()["res_id"])
        self._as("sales", notice).write({"late_reason": "客户提前提货。"})
        self._as("sales", notice).action_issue()
        self._refused("delivery", "logistics", "dispatch-notices", notice)

    def test_visit_without_findings(self):
        """R7.2.1: quality closes a visit without findings, and reads what is to be recorded."""
        visit = self.env["paper.quality.visit"].search([("state", "=", "planned")], limit=1)
        self._refused("aftersales", "quality", "quality-visits", visit)

    def test_opinion_without_words(self):
        """R3.3.1: planning says no without a reason, and reads what the panel needs to know."""
        opinions = self._order(2705).paper_evaluation_ids.opinion_ids
        own = opinions.filtered(lambda rec: rec.dimension == "capacity")
        self._refused("order_evaluation", "planning", "paper-opinions", own)

    def test_every_blocker_has_a_way_out(self):
        """R2: whatever stands in the way of an order of the demo mill leads to the record on which it is resolved."""
        orders = self.env["sale.order"].search([("is_paper_order", "=", True)])
        met = {}
        for step in orders._paper_steps():
            for found in orders._get_blockers(step).values():
                for item in found:
                    met.setdefault(item["code"], []).append(bool(item["action"]))
        self.assertGreaterEqual(len(met), 5)
        self.assertEqual([code for code, led in met.items() if not all(led)], [])

"""One order of the demo mill, walked in the browser through the clauses after its contract, each by its department."""

from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.addons.paper_quality.exceptions import InspectionMissingError
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestClauseWalk(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)

    def _order(self, number):
        return self.env["sale.order"].search([("client_order_ref", "=", f"PO-{number}")])

    def test_plan_and_approval(self):
        """R5.1.1, R5.1.2 (acceptance): planning collects the confirmed orders into a plan and submits it; the
        supervisor approves it."""
        production = self.env["mrp.production"].search([("paper_plan_id", "=", False), ("state", "=", "confirmed")], limit=1)
        self.start_tour("/odoo/paper-production-plans", "paper_mill_walk_planning", login="planning")
        self.env.invalidate_all()
        self.assertEqual(production.paper_plan_id.state, "submitted")
        self.start_tour(
            "/odoo/action-paper_production.action_paper_production_plan_to_approve",
            "paper_mill_walk_supervisor",
            login="supervisor",
        )
        self.env.invalidate_all()
        self.assertEqual(production.paper_plan_id.state, "approved")

    def _made(self):
        """Return the inspection of an order of the demo mill that the workshop has just made."""
        production = self.env["mrp.production"].search(
            [("paper_plan_id.state", "=", "approved"), ("state", "=", "confirmed"), ("sale_line_id", "!=", False)], limit=1
        )
        workshop = self.env["res.users"].search([("login", "=", "workshop")])
        for workorder in production.with_user(workshop).workorder_ids:
            workorder.button_start()
            workorder.button_finish()
        return production.inspection_ids.filtered(lambda rec: rec.kind == "final")

    def test_inspection_that_passes(self):
        """R6.1.1 (acceptance): quality enters what was measured of a made order; what keeps to the limits has passed."""
        inspection = self._made()
        self.start_tour(f"/odoo/paper-inspections/{inspection.id}", "paper_mill_walk_quality_passes", login="quality")
        self.env.invalidate_all()
        self.assertEqual(inspection.production_id.inspection_state, "passed")

    def test_inspection_that_fails(self):
        """R5.3.2 (acceptance): what does not keep to the limits becomes a nonconformity with cause and corrective action,
        and does not enter stock."""
        inspection = self._made()
        self.start_tour(f"/odoo/paper-inspections/{inspection.id}", "paper_mill_walk_quality_fails", login="quality")
        self.env.invalidate_all()
        self.assertIn("唇板", inspection.nonconformity_ids.analysis)
        self.assertFalse(inspection.with_user(self.env.ref("paper_mill.user_quality")).can_approve)
        inspection.with_user(self.env.ref("paper_mill.user_management")).action_approve()
        self.assertEqual(inspection.state, "failed")
        with self.assertRaises(InspectionMissingError):
            inspection.production_id.button_mark_done()

    def test_notice_loading_and_proof(self):
        """R6.2.1, R6.2.2, R6.3.1 (acceptance): sales announce a delivery, logistics plan it, the warehouse checks
        packing and loading
        and lets it go, the customer signs on the phone."""
        order = self._order(2609)
        self.env["ir.config_parameter"].set_param("stock_sms.none", "1")
        self.start_tour(f"/odoo/paper-orders/{order.id}", "paper_mill_walk_sales_notice", login="sales")
        self.env.invalidate_all()
        # It leaves weeks before its day: the customer was asked.
        sales = self.env["res.users"].search([("login", "=", "sales")])
        notice = order.paper_notice_ids.filtered(lambda rec: rec.state == "issued")
        notice.with_user(sales).early_consent = "电话同意提前交货"
        self.env.flush_all()
        self.start_tour("/odoo/dispatch-notices?debug=0", "paper_mill_walk_logistics_plan", login="logistics")
        picking = order.picking_ids.filtered(lambda rec: rec.state == "assigned")
        self.start_tour(f"/odoo/paper-deliveries/{picking.id}", "paper_mill_walk_warehouse_loading", login="warehouse")
        self.env.invalidate_all()
        self.assertEqual(picking.state, "done")
        self.start_tour(picking._sign_url(picking._link_issue("sign")), "paper_mill_walk_customer_signs", login=None)
        self.env.invalidate_all()
        self.assertEqual(picking.paper_signer, "陈晨")

    def test_feedback(self):
        """R7.1.1 (acceptance): sales record what a customer reports, from the order."""
        order = self._order(2611)
        self.start_tour(f"/odoo/paper-orders/{order.id}", "paper_mill_walk_sales_ticket", login="sales")
        self.assertIn("纸边起毛", self.env["helpdesk.ticket"].search([("sale_order_id", "=", order.id)]).mapped("name"))

    def test_visit(self):
        """R7.2.1 (acceptance): quality writes down what a visit found, and closes it."""
        visit = self.env["paper.quality.visit"].search([("state", "=", "planned")], limit=1)
        self.start_tour(f"/odoo/quality-visits/{visit.id}", "paper_mill_walk_quality_visit", login="quality")
        self.env.invalidate_all()
        self.assertEqual(visit.state, "done")

    def test_figures(self):
        """R8.1.1 (acceptance): sales open the figures of the orders as a chart, a table and rows, and the order behind one."""
        self.env["paper.fact.queue"]._fill()
        self.start_tour("/odoo/paper-order-figures", "paper_mill_walk_sales_figures", login="sales")

    def test_production_figures(self):
        """R8.1.2 (acceptance): planning open output and rates of the machines, and the manufacturing order behind a row."""
        self.env["paper.fact.queue"]._fill()
        self.start_tour("/odoo/paper-production-figures", "paper_mill_walk_production_figures", login="planning")

    def test_purchase_figures(self):
        """R8.1.3 (acceptance): purchasing open quantity, amount and suppliers' promises, and the purchase order behind a row."""
        self.env["paper.fact.queue"]._fill()
        self.start_tour("/odoo/paper-purchase-figures", "paper_mill_walk_purchase_figures", login="purchasing")

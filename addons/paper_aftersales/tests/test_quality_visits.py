from odoo.addons.paper_aftersales.exceptions import VisitFindingsMissingError, VisitStateError
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .common import AftersalesCommon

FINDINGS = {"use": "Runs well", "quality": "As ordered", "satisfaction": "5"}


@tagged("post_install", "-at_install")
class TestQualityVisits(AftersalesCommon):
    def test_delivery_plans_the_visit(self):
        """R7.2.1: a delivery plans the quality visit of the rule, so many working days later."""
        order = self._order()
        self.assertFalse(order.paper_visit_ids)
        with freeze_time("2026-03-02 02:00:00"):
            picking = self._deliver(order)
        visit = order.paper_visit_ids
        self.assertRecordValues(
            visit,
            [{"state": "planned", "method": "phone", "picking_id": picking.id, "partner_id": self.customer.id}],
        )
        due = order.company_id._paper_add_working_days(visit.deadline_start, 10)
        self.assertEqual(visit.deadline_date, due)
        self.assertEqual(visit.planned_date, due)

    def test_once_for_each_order_and_rule(self):
        """R7.2.1: partial deliveries plan one visit for each order and rule, however often they are looked at."""
        order = self._order()
        self._deliver(order, quantity=400)
        picking = self._deliver(order)
        self.assertEqual(len(order.picking_ids.filtered(lambda rec: rec.state == "done")), 2)
        self.assertEqual(len(order.paper_visit_ids), 1)
        self.assertFalse(self.env["paper.quality.visit"]._schedule(picking))

    def test_class_of_customers(self):
        """R7.2.1: a rule for a class of customers visits that class only; other orders are left alone."""
        key = self.env["res.partner.category"].create({"name": "Key Account"})
        self.rule.category_id = key
        order, other, plain = self._order(), self._order(self.other_customer), self._order(paper=False)
        self.customer.category_id = key
        self._deliver(order | other | plain)
        self.assertEqual(len(order.paper_visit_ids), 1)
        self.assertFalse((other | plain).paper_visit_ids)

    def test_return_plans_nothing(self):
        """R7.2.1: goods that come back plan no visit."""
        order = self._order()
        picking = self._deliver(order)
        planned = order.paper_visit_ids
        wizard = Form(self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking"))
        wizard = wizard.save()
        wizard.product_return_moves.quantity = 10
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": 10, "picked": True})
        keeper = new_test_user(self.env, "visit_keeper", groups="paper_base.group_warehouse,stock.group_stock_user")
        back.with_user(keeper)._action_done()
        self.assertEqual(back.state, "done")
        self.assertEqual(order.paper_visit_ids, planned)

    def test_done_needs_findings(self):
        """R7.2.1: quality closes a visit with use, quality and satisfaction, by the button or otherwise."""
        order = self._order()
        self._deliver(order)
        visit = order.paper_visit_ids.with_user(self.quality)
        with self.assertRaises(VisitFindingsMissingError):
            visit.action_done()
        with self.assertRaises(VisitStateError):
            visit.write({"state": "done"})
        visit.write(FINDINGS)
        visit.action_done()
        self.assertRecordValues(visit, [{"state": "done", "visitor_id": self.quality.id, "deadline_state": "done", "score": 5}])
        self.assertTrue(visit.visited_on)
        milestone = next(item for item in order._get_milestones()[order] if item["code"] == "visited")
        self.assertEqual((milestone["state"], milestone["internal"]), ("done", False))

    def test_done_stays_as_it_is(self):
        """R7.3.1: the record of a visit is neither altered nor reopened nor removed, and none is born done."""
        order = self._order()
        self._deliver(order)
        visit = order.paper_visit_ids.with_user(self.quality)
        with self.assertRaises(VisitStateError):
            visit.unlink()  # cancelled, not deleted
        visit.write(FINDINGS)
        visit.action_done()
        for vals in ({"quality": "Otherwise"}, {"state": "planned"}, {"state": "cancelled"}):
            with self.assertRaises(VisitStateError):
                visit.write(vals)
        with self.assertRaises(VisitStateError):
            visit.unlink()
        with self.assertRaises(VisitStateError):
            self.env["paper.quality.visit"].create({"order_id": order.id, "state": "done", **FINDINGS})

    def test_only_quality(self):
        """R7.2.1: other departments read visits, and change none."""
        order = self._order()
        self._deliver(order)
        for user in (self.sales, self.workshop):
            visit = order.paper_visit_ids.with_user(user)
            self.assertEqual(visit.state, "planned")
            with self.assertRaises(AccessError):
                visit.action_done()
            with self.assertRaises(AccessError):
                visit.write({"use": "x"})

    def test_problem_becomes_a_ticket(self):
        """R7.2.2: what a visit finds is opened as a ticket of the order and followed to its end."""
        order = self._order()
        self._deliver(order)
        visit = order.paper_visit_ids.with_user(self.quality)
        visit.suggestions = "Edges are cut badly"
        visit.action_create_ticket()
        self.assertRecordValues(
            visit.ticket_ids, [{"sale_order_id": order.id, "partner_id": self.customer.id, "nature": "quality"}]
        )

    def test_questionnaire(self):
        """R7.2.1: the questionnaire goes to the customer; when it is answered quality is told."""
        order = self._order()
        self._deliver(order)
        visit = order.paper_visit_ids.with_user(self.quality)
        visit.write({"visitor_id": self.quality.id, "method": "questionnaire"})
        visit.action_send_questionnaire()
        answer = visit.sudo().answer_ids
        self.assertEqual(answer.partner_id, self.customer)
        answer._mark_done()
        self.assertEqual(visit.activity_ids.user_id, self.quality)

    def test_other_company(self):
        """R7.2.1: a rule of another company plans nothing here; its people see no visit of this one."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        self.rule.company_id = company
        order = self._order()
        self._deliver(order)
        self.assertFalse(order.paper_visit_ids)
        self.rule.company_id = False
        visits = self.env["paper.quality.visit"]._schedule(order.picking_ids)
        self.assertTrue(visits)
        self.quality.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(self.env["paper.quality.visit"].with_user(self.quality).search([("id", "in", visits.ids)]))

    def test_queries_do_not_grow(self):
        """R7.2.1: planning the visits of many deliveries costs hardly more queries than of few."""
        counts = []
        for number in (4, 8):
            orders = self.env["sale.order"].browse([self._order().id for _index in range(number)])
            pickings = orders.picking_ids.browse(orders.picking_ids.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            visits = self.env["paper.quality.visit"]._schedule(pickings)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
            self.assertEqual(len(visits), number)
        # Each visit takes a number of its sequence in two queries; all else is for the batch.
        self.assertLessEqual(counts[1] - counts[0], 4 * 2)

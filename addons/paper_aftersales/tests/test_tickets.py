from odoo.addons.paper_aftersales.exceptions import TicketOrderError, TicketResultMissingError, TicketSeverityError
from odoo.addons.paper_base.exceptions import StepRightError
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestTickets(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.closed = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")

    def _settled(self):
        self.order.invalidate_recordset()
        return next(item for item in self.order._get_milestones()[self.order] if item["code"] == "settled")

    def test_sales_record_feedback(self):
        """R7.1.1: sales write down feedback with its order, line, nature, severity and first analysis."""
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.sales)
            .create(
                {
                    "name": "Dust",
                    "description": "Much dust",
                    "sale_order_id": self.order.id,
                    "sale_order_line_id": self.order.order_line.id,
                    "nature": "quality",
                    "first_analysis": "Blades of the cutter",
                }
            )
        )
        self.assertRecordValues(ticket, [{"partner_id": self.customer.id, "severity": "general", "escalated_on": False}])
        self.assertEqual(self._settled()["state"], "current")
        with self.assertRaises(TicketResultMissingError):
            ticket.stage_id = self.closed
        ticket.solution = "Blades changed"
        ticket.stage_id = self.closed
        self.assertEqual(self._settled()["state"], "done")

    def test_order_of_the_customer(self):
        """R7.1.1: a ticket names an order, line and reel of its own customer only."""
        other = self._order(self.other_customer)
        with self.assertRaises(TicketOrderError):
            self._ticket(sale_order_id=other.id, partner_id=self.customer.id)
        with self.assertRaises(TicketOrderError):
            self._ticket(sale_order_id=self.order.id, sale_order_line_id=other.order_line.id)
        product = self.env["product.product"].create({"name": "Other", "is_storable": True, "tracking": "lot"})
        lot = self.env["stock.lot"].create({"name": "R1", "product_id": product.id})
        with self.assertRaises(TicketOrderError):
            self._ticket(sale_order_id=self.order.id, lot_id=lot.id)

    def test_serious_goes_to_management_at_once(self):
        """R7.1.2: a serious problem is reported to the management at once and once, with a deadline."""
        ticket = self._ticket(sale_order_id=self.order.id).with_user(self.sales)
        self.assertFalse(ticket.activity_ids)
        ticket.severity = "serious"
        self.assertIn(self.management, ticket.activity_ids.user_id)
        self.assertTrue(ticket.escalated_on)
        days = ticket.company_id.paper_complaint_days
        self.assertEqual(ticket.deadline_date, ticket.company_id._paper_add_working_days(ticket.deadline_start, days))
        told = len(ticket.activity_ids)
        ticket.severity = "serious"
        self.assertEqual(len(ticket.activity_ids), told)

    def test_only_management_lowers(self):
        """R7.1.2: what was reported as serious stays so on every path; the management alone lowers it, with a reason."""
        ticket = self._ticket(sale_order_id=self.order.id, severity="serious")
        for user in (self.sales, self.quality, self.management, self.env.ref("base.user_admin")):
            own = ticket.with_user(user)
            for lower in (
                lambda own=own: own.write({"severity": "general"}),
                lambda own=own: own.sudo().write({"severity": "general", "solution": "Done", "stage_id": self.closed.id}),
                lambda own=own: own.write({"active": False}),
            ):
                with self.subTest(user=user.login), self.assertRaises(TicketSeverityError):
                    lower()
        with self.assertRaises(StepRightError):
            ticket.with_user(self.sales).action_lower_severity("A mistake of ours")
        own = ticket.with_user(self.management)
        self.assertTrue(own.can_lower_severity)
        self.assertFalse(ticket.with_user(self.sales).can_lower_severity)
        for nothing in (None, "", ".", "\u200b"):
            self.assertEqual(own.action_lower_severity(nothing)["res_model"], "paper.reason.wizard")
        own.action_lower_severity("Transport damage, settled by the carrier")
        self.assertRecordValues(
            ticket, [{"severity": "general", "escalated_on": False, "lowered_reason": "Transport damage, settled by the carrier"}]
        )
        self.assertFalse(ticket.activity_ids, "the management's to-do ends with its decision")
        ticket.with_user(self.sales).severity = "serious"
        self.assertIn(self.management, ticket.activity_ids.user_id, "raised again, it is reported again")

    def test_reopened_goes_to_management_again(self):
        """R7.1.2: a serious complaint that is taken up again is put before the management again; to-dos end with it."""
        ticket = self._ticket(sale_order_id=self.order.id, severity="serious").with_user(self.sales)
        ticket.write({"solution": "New blades", "stage_id": self.closed.id})
        self.assertFalse(ticket.activity_ids)
        ticket.action_reopen("It came again")
        self.assertIn(self.management, ticket.activity_ids.user_id)

    def test_a_solution_says_something(self):
        """R7.1.2: a full stop, a dash or an invisible character is no solution."""
        ticket = self._ticket(sale_order_id=self.order.id, severity="serious").with_user(self.sales)
        for nothing in (".", "—", "\u200b", "\u3164", " \ufeff\u2060 "):
            with self.subTest(solution=nothing), self.assertRaises(TicketResultMissingError):
                ticket.write({"solution": nothing, "stage_id": self.closed.id})

    def test_born_serious(self):
        """R7.1.2: a ticket that is serious from the start is reported as well."""
        ticket = self._ticket(sale_order_id=self.order.id, severity="serious")
        self.assertIn(self.management, ticket.activity_ids.user_id)

    def test_serious_closes_with_a_solution(self):
        """R7.1.2: a serious problem is closed with its solution only, by whatever path; its clock stops then."""
        ticket = self._ticket(sale_order_id=self.order.id, severity="serious").with_user(self.sales)
        with self.assertRaises(TicketResultMissingError):
            ticket.stage_id = self.closed
        with self.assertRaises(TicketResultMissingError):
            self._ticket(severity="serious", stage_id=self.closed.id)
        ticket.write({"solution": "New blades; 200 kg replaced", "stage_id": self.closed.id})
        self.assertEqual(ticket.deadline_state, "done")
        ticket.action_reopen("It came again")
        self.assertEqual(ticket.deadline_state, "running")

    def test_rights(self):
        """R7.1.1: sales, quality and management see all feedback; a workshop does not."""
        ticket = self._ticket(sale_order_id=self.order.id)
        for user in (self.sales, self.quality, self.management):
            self.assertEqual(ticket.with_user(user).name, "Dust on the sheets")
        with self.assertRaises(AccessError):
            ticket.with_user(self.workshop).read(["name"])

    def test_order_buttons(self):
        """R7.3.1: the order leads to its feedback and its visits."""
        self._ticket(sale_order_id=self.order.id)
        self._deliver(self.order)
        order = self.order.with_user(self.sales)
        self.assertEqual((order.paper_ticket_count, order.paper_visit_count), (1, 1))
        found = self.env["helpdesk.ticket"].search(order.action_view_paper_tickets()["domain"])
        self.assertEqual(len(found), 1)
        found = self.env["paper.quality.visit"].search(order.action_view_paper_visits()["domain"])
        self.assertEqual(len(found), 1)

    def test_milestones_read_in_batches(self):
        """R4.2.2: the after-sales milestones of many orders cost no more queries than of few."""
        counts = []
        orders = self.env["sale.order"].browse([self._order().id for _index in range(8)])
        for order in orders:
            self._ticket(sale_order_id=order.id)
        for batch in (orders[:4], orders):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            batch._get_milestones()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    def test_general_has_a_deadline(self):
        """R7.1.2: general feedback has a deadline too, on the mill's clock alone; raised to serious, it has the shorter one."""
        ticket = self._ticket(sale_order_id=self.order.id)
        self.assertEqual(ticket.deadline_days, ticket.company_id.paper_general_days)
        self.assertEqual(ticket.deadline_state, "running")
        ticket.with_user(self.sales).severity = "serious"
        self.assertEqual(ticket.deadline_days, ticket.company_id.paper_complaint_days)

from odoo.addons.paper_aftersales.exceptions import TicketClosedError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestTicketArchive(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.closed = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.admin = cls.env.ref("base.user_admin")
        cls.ticket = cls._ticket(
            sale_order_id=cls.order.id,
            sale_order_line_id=cls.order.order_line.id,
            nature="quality",
            first_analysis="Blades",
            solution="Blades changed",
        )

    def test_a_closed_ticket_says_what_it_said(self):
        """R7.3.1: what was reported, found and done stays as it is once the ticket is closed; reopened, it goes on."""
        self.ticket.stage_id = self.closed
        changes = {
            "name": "x", "description": "x", "nature": "use", "solution": "x", "first_analysis": "x", "sale_order_id": False,
            "sale_order_line_id": False, "partner_id": self.other_customer.id, "partner_email": "x@example.com",
        }  # fmt: skip
        for user in self.sales | self.quality | self.management | self.admin:
            for field, value in changes.items():
                with self.subTest(user=user.login, field=field), self.assertRaises(TicketClosedError), self.env.cr.savepoint():
                    self.ticket.with_user(user).write({field: value})
        self.assertEqual(self.ticket.solution, "Blades changed")
        for user in self.sales | self.quality | self.management | self.admin:
            with self.subTest(user=user.login), self.assertRaises(TicketClosedError), self.env.cr.savepoint():
                self.ticket.with_user(user).stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_in_progress")
        self.assertEqual(self.ticket.with_user(self.sales).action_reopen()["res_model"], "paper.reason.wizard")
        self.ticket.with_user(self.sales).action_reopen("The customer found more of it")
        self.assertEqual(self.ticket.event_ids.mapped("kind"), ["closed", "reopened"])
        self.ticket.with_user(self.sales).solution = "Blades changed and guarded"

    def test_it_is_neither_archived_nor_deleted(self):
        """R7.3.1: a ticket, open or closed, does not leave lists, figures and the customer's credit."""
        for stage in (self.ticket.stage_id, self.closed):
            self.ticket.stage_id = stage
            for user in self.sales | self.management | self.admin:
                ticket = self.ticket.with_user(user)
                for attempt in (ticket.action_archive, ticket.unlink, ticket.with_context(_force_unlink=True).unlink):
                    with self.subTest(stage=stage.name, user=user.login):
                        with self.assertRaises(Exception) as refused, self.env.cr.savepoint():
                            attempt()
                        self.assertIn(type(refused.exception).__name__, ("TicketClosedError", "AccessError"))
        with self.assertRaises(TicketClosedError):
            self._ticket(active=False)
        with self.assertRaises(TicketClosedError):
            self.ticket.with_user(self.admin).sudo().unlink()

    def test_what_was_overwritten_is_noted(self):
        """R7.3.1: who overwrites a solution, an analysis or the line leaves what it was on record."""
        self.flush_tracking()
        noticed = self.ticket.with_context(tracking_disable=False, mail_notrack=False)
        noticed.with_user(self.sales).write({"solution": "Other blades", "first_analysis": "x", "sale_order_line_id": False})
        self.flush_tracking()
        noted = self.ticket.message_ids.tracking_value_ids
        self.assertLessEqual({"solution", "first_analysis", "sale_order_line_id"}, set(noted.field_id.mapped("name")))
        self.assertIn("Blades changed", noted.mapped("old_value_text"))

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()

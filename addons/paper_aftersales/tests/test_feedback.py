import base64
from datetime import timedelta

from odoo.addons.paper_aftersales.exceptions import (
    ClaimQuantityError,
    ClaimRollError,
    FeedbackPhotoError,
    TicketClosedError,
    TicketOrderError,
)
from odoo.addons.paper_base.exceptions import StepRightError
from odoo.tests import tagged

from .common import AftersalesCommon

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestFeedback(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.lot = cls._lot("R-1", cls.order)
        cls.foreign = cls._lot("R-2", cls._order(cls.other_customer))
        cls.defect = cls.env.ref("paper_aftersales.defect_edg")

    def _claim(self, ticket, lot, **vals):
        return self.env["paper.claim.roll"].with_user(self.sales).create({"ticket_id": ticket.id, "lot_id": lot.id, **vals})

    def test_only_rolls_of_the_customer(self):
        """R7.1.1: a complaint takes only rolls that were shipped to its customer, in the ticket and in its list of rolls."""
        ticket = self._ticket(sale_order_id=self.order.id)
        never = self.env["stock.lot"].create({"name": "R-3", "product_id": self.paper.id})
        for lot in (self.foreign, never):
            with self.subTest(lot=lot.name):
                with self.assertRaises(TicketOrderError), self.env.cr.savepoint():
                    ticket.with_user(self.sales).lot_id = lot
                with self.assertRaises(ClaimRollError), self.env.cr.savepoint():
                    self._claim(ticket, lot)
        ticket.with_user(self.sales).lot_id = self.lot
        self.assertIn(self.lot, ticket.shipped_lot_ids)
        self.assertNotIn(self.foreign, ticket.shipped_lot_ids)

    def test_kilograms_once(self):
        """R7.1.1: no more is claimed than was shipped, and the same kilograms once; an unfounded claim sets them free."""
        ticket, second = self._ticket(sale_order_id=self.order.id), self._ticket(sale_order_id=self.order.id)
        with self.assertRaises(ClaimQuantityError), self.env.cr.savepoint():
            self._claim(ticket, self.lot, kg=1000.2)
        roll = self._claim(ticket, self.lot)
        self.assertEqual((roll.kg, ticket.claimed_kg), (1000, 1000))
        with self.assertRaises(ClaimQuantityError), self.env.cr.savepoint():
            self._claim(second, self.lot, kg=1)
        roll.kg = 400
        self._claim(second, self.lot, kg=600)
        with self.assertRaises(ClaimQuantityError), self.env.cr.savepoint():
            roll.kg = 401
        with self.assertRaises(ClaimQuantityError), self.env.cr.savepoint():
            roll.with_user(self.quality).accepted_kg = 401
        second.write({"solution": "Used wrongly", "stage_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected").id})
        roll.kg = 1000
        with self.assertRaises(TicketClosedError):
            second.claim_roll_ids.note = "x"

    def test_serious_by_rule(self):
        """R7.1.1: rules judge how serious a complaint is: kilograms, share of the order, repetition, a customer's machine."""
        self.env["paper.severity.rule"].search([]).active = False
        rules = self.env["paper.severity.rule"]
        heavy = rules.create({"name": "Heavy", "min_kg": 500, "group": "appearance"})
        ticket = self._ticket(sale_order_id=self.order.id, defect_id=self.defect.id)
        self._claim(ticket, self.lot, kg=499)
        self.assertEqual(ticket.severity, "general")
        ticket.claim_roll_ids.kg = 500
        self.assertRecordValues(ticket, [{"severity": "serious", "severity_rule_id": heavy.id}])
        self.assertTrue(ticket.escalated_on)
        self.assertIn(self.management, ticket.activity_ids.user_id)
        ticket.with_user(self.management).action_lower_severity("Settled on the phone")
        ticket.claim_roll_ids.kg = 600
        self.assertEqual(ticket.severity, "general", "what the management judged stays")
        heavy.active = False
        rules.create({"name": "Stands", "stops_customer": True})
        self.assertEqual(self._ticket(sale_order_id=self.order.id, stops_customer=True).severity, "serious")
        rules.create({"name": "Again", "repeat_count": 3, "repeat_days": 90})
        self.assertEqual(self._ticket(sale_order_id=self.order.id, defect_id=self.defect.id).severity, "general")
        third = self._ticket(sale_order_id=self.order.id, defect_id=self.defect.id)
        self.assertEqual(third.severity_rule_id.name, "Again")

    def test_claim_window(self):
        """R7.1.1: appearance is claimed within the shorter time, a hidden defect within the longer; management alone waives."""
        if "paper.delivery.receipt" in self.env:
            self.order.picking_ids._by_step().write(
                {
                    "paper_proof_on": self.order.picking_ids[:1].date_done,
                    "paper_received_on": self.order.company_id._paper_today(),
                }
            )
        company = self.order.company_id
        later = self.order.picking_ids[:1].date_done + timedelta(days=company.paper_claim_days_visible + 1)
        ticket = self._ticket(sale_order_id=self.order.id, defect_id=self.defect.id, reported_on=later)
        self.assertEqual(ticket.claim_window, "late")
        with self.assertRaises(StepRightError):
            ticket.with_user(self.sales).action_waive_window("He is a good customer")
        ticket.with_user(self.management).action_waive_window("He is a good customer")
        self.assertRecordValues(ticket, [{"claim_window": "waived", "waived_by_id": self.management.id}])
        hidden = self.env.ref("paper_aftersales.defect_brk")
        self.assertEqual(self._ticket(sale_order_id=self.order.id, defect_id=hidden.id, reported_on=later).claim_window, "open")
        self.assertEqual(self._ticket().claim_window, "none")

    def test_nobodys(self):
        """R7.1.1: what is nobody's for two working hours goes to the management, once."""
        ticket = self._ticket(user_id=False)
        ticket.user_id = False
        ticket.env.cr.execute(
            "UPDATE helpdesk_ticket SET create_date = create_date - interval '9 day' WHERE id = %s", [ticket.id]
        )
        ticket.invalidate_recordset()
        self.env["helpdesk.ticket"]._cron_nobodys()
        self.assertIn(self.management, ticket.activity_ids.filtered(lambda rec: rec.paper_kind == "nobody").user_id)
        count = len(ticket.activity_ids)
        self.env["helpdesk.ticket"]._cron_nobodys()
        self.assertEqual(len(ticket.activity_ids), count)
        ticket.user_id = self.sales
        self.assertNotIn("nobody", ticket.activity_ids.mapped("paper_kind"))

    def test_photos(self):
        """R7.1.1: a photo is a picture, whatever its name says: no SVG, no HTML, nothing broken."""
        tickets = self.env["helpdesk.ticket"]
        self.assertEqual(len(tickets._checked_photos([PIXEL, base64.b64decode(PIXEL)])), 2)
        for wrong in (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"<html></html>",
            b"",
            "no base64 !",
            7,
            b"\x89PNG",
        ):
            with self.subTest(wrong=wrong), self.assertRaises(FeedbackPhotoError):
                tickets._checked_photos([wrong])

    def test_by_mail(self):
        """R7.1.1: a mail finds its customer by the sender and its order by the number that it names; a program's answer opens
        no ticket."""
        self.order.client_order_ref = "PO-7788"
        tickets = self.env["helpdesk.ticket"]
        msg = {
            "subject": "纸边起毛 PO-7788",
            "body": "<p>见照片</p>",
            "from": "p@example.com",
            "author_id": False,
            "to": "",
            "cc": "",
        }
        ticket = tickets.message_new(msg)
        self.assertRecordValues(ticket, [{"sale_order_id": self.order.id, "partner_id": self.customer.id}])
        self.assertEqual(ticket.channel_id, self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email"))
        self.assertEqual(ticket.notice_ids.mapped("step"), ["received"])
        foreign = tickets.message_new({**msg, "from": "other@example.com", "subject": "PO-7788"})
        self.assertFalse(foreign.sale_order_id)
        empty = tickets.message_new({**msg, "subject": "", "body": ""})
        self.assertTrue(empty.name)

    def test_automatic_answers(self):
        """R7.1.1: what a program answers opens no ticket, so that no loop of acknowledgements begins."""
        alias = self.env["mail.alias"].search([("alias_model_id.model", "=", "helpdesk.ticket")], limit=1)
        domain = self.env["mail.alias.domain"].search([], limit=1) or self.env["mail.alias.domain"].create(
            {"name": "m.example.com"}
        )
        alias.write({"alias_name": "feedback", "alias_domain_id": domain.id, "alias_contact": "everyone"})
        source = (
            "From: p@example.com\nTo: feedback@{to}\nSubject: {subject}\nMessage-Id: <{id}@example.com>\n{head}"
            "Content-Type: text/plain; charset=utf-8\n\nMuch dust\n"
        )
        count = self.env["helpdesk.ticket"].search_count([])
        for number, head in enumerate(("Auto-Submitted: auto-replied\n", "Precedence: auto_reply\n", "X-Autoreply: yes\n")):
            mail = source.format(to=domain.name, subject="Out of office", id=f"a{number}", head=head)
            self.env["mail.thread"].message_process(False, mail.encode())
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), count)
        self.env["mail.thread"].message_process(False, source.format(to=domain.name, subject="Dust", id="b", head="").encode())
        self.assertEqual(self.env["helpdesk.ticket"].search_count([]), count + 1)

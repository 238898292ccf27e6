from odoo import Command
from odoo.addons.paper_aftersales.exceptions import (
    CaseDecisionError,
    CaseDecisionRightError,
    CaseMeetingError,
    CustomerNoticeError,
    SettlementAmountError,
    SettlementError,
    TicketClosedError,
)
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestCases(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.lot = cls._lot("R-1", cls.order)
        cls.closed = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.ticket = cls._ticket(sale_order_id=cls.order.id, severity="serious", nature="quality")
        cls.roll = cls.env["paper.claim.roll"].create({"ticket_id": cls.ticket.id, "lot_id": cls.lot.id})

    def _invoice(self, price=6.0, quantity=1000, partner=None):
        invoice = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": (partner or self.customer).id,
                    "invoice_date": "2026-03-02",
                    "invoice_line_ids": [
                        Command.create(
                            {"product_id": self.paper.id, "quantity": quantity, "price_unit": price, "tax_ids": [Command.clear()]}
                        )
                    ],
                }
            )
        )
        invoice.action_post()
        return invoice.with_env(self.env)

    def _meet(self):
        return (
            self.env["paper.case.meeting"]
            .with_user(self.quality)
            .create(
                {
                    "ticket_id": self.ticket.id,
                    "attendee_ids": [Command.set(self.workshop.ids)],
                    "minutes": "Blades blunt; change weekly",
                }
            )
        )

    def _decide(self, user=None, **vals):
        values = {"ticket_id": self.ticket.id, "remedy": "price_cut", "text": "3,000 off", "limit": 3000, **vals}
        return self.env["paper.case.decision"].with_user(user or self.management).create(values)

    def _settle(self, decision, **vals):
        values = {
            "decision_id": decision.id,
            "kind": "credit",
            "amount": 3000,
            "claim_roll_ids": [Command.set(self.roll.ids)],
            **vals,
        }
        return self.env["paper.case.settlement"].with_user(self.sales).create(values)

    def test_who_decides(self):
        """R7.1.2: of a serious case the management decides, after the departments have met; sales within their limit."""
        with self.assertRaises(CaseDecisionError), self.env.cr.savepoint():
            self._decide()
        with self.assertRaises(CaseMeetingError), self.env.cr.savepoint():
            self.env["paper.case.meeting"].with_user(self.quality).create({"ticket_id": self.ticket.id}).action_hold()
        meeting = self._meet()
        self.assertEqual(meeting.state, "held")
        with self.assertRaises(TicketClosedError), self.env.cr.savepoint():
            meeting.with_user(self.quality).minutes = "Otherwise"
        with self.assertRaises(CaseDecisionRightError), self.env.cr.savepoint():
            self._decide(self.sales)
        decision = self._decide()
        with self.assertRaises(CaseDecisionError), self.env.cr.savepoint():
            decision.limit = 9999
        general = self._ticket(sale_order_id=self.order.id)
        limit = general.company_id.paper_remedy_limit
        with self.assertRaises(CaseDecisionRightError), self.env.cr.savepoint():
            self._decide(self.sales, ticket_id=general.id, limit=limit + 1)
        self._decide(self.sales, ticket_id=general.id, limit=limit)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._decide(self.workshop, ticket_id=general.id, limit=1)
        with self.assertRaises(AccessError):
            decision.with_user(self.workshop).read(["text"])

    def test_credit_is_capped(self):
        """R7.1.2: a credit note by roll, linked, within the decision and within what was invoiced; finance post it."""
        self._meet()
        decision = self._decide(limit=5000)
        with self.assertRaises(SettlementAmountError), self.env.cr.savepoint():
            self._settle(decision, amount=5000.01)
        small = self._invoice(quantity=100)  # 600
        with self.assertRaises(SettlementAmountError), self.env.cr.savepoint():
            self._settle(decision, amount=601, invoice_id=small.id)
        with self.assertRaises(SettlementError), self.env.cr.savepoint():
            self._settle(decision, amount=1, invoice_id=self._invoice(partner=self.other_customer).id)
        with self.assertRaises(SettlementError), self.env.cr.savepoint():
            self._settle(decision).action_settle()
        settlement = self._settle(decision, amount=600, invoice_id=small.id)
        settlement.action_settle()
        refund = settlement.refund_id
        self.assertEqual((refund.move_type, refund.state, refund.amount_untaxed), ("out_refund", "draft", 600))
        self.assertEqual(refund.reversed_entry_id, small)
        self.assertIn("R-1", refund.invoice_line_ids.name)
        self.assertEqual(self.ticket.cost_settled, 600)
        refund.with_user(self.accountant).action_post()
        with self.assertRaises(SettlementAmountError), self.env.cr.savepoint():
            self._settle(decision, amount=1, invoice_id=small.id)

    def test_replacement_and_return(self):
        """R7.1.2: a replacement order at no price, and the return of the rolls, are made of the settlement and linked to it."""
        self._meet()
        decision = self._decide()
        replacement = self._settle(decision, kind="replacement", amount=0)
        replacement.action_settle()
        self.assertRecordValues(replacement.order_id, [{"paper_claim_id": self.ticket.id, "amount_untaxed": 0}])
        self.assertEqual(replacement.order_id.order_line.product_uom_qty, 1000)
        back = self._settle(decision, kind="return", amount=0)
        back.action_settle()
        self.assertEqual(back.picking_id.picking_type_id.code, "incoming")
        self.assertEqual(sum(back.picking_id.move_ids.mapped("product_uom_qty")), 1000)

    def test_nothing_closes_unsettled(self):
        """R7.1.2: a case is not closed while something that was offered to the customer is not settled."""
        self._meet()
        settlement = self._settle(self._decide())
        self.ticket.solution = "Price cut"
        with self.assertRaises(SettlementError), self.env.cr.savepoint():
            self.ticket.stage_id = self.closed
        settlement.action_cancel()
        self.ticket.stage_id = self.closed
        self.assertTrue(self.ticket.seal)

    def test_customer_hears(self):
        """R7.1.2: the customer hears each step; without an address nothing closes before he was called: who, when, what."""
        self.customer.email = False
        self.ticket.partner_email = False
        ticket = self.ticket.with_user(self.sales)
        ticket.solution = "Blades changed"
        with self.assertRaises(CustomerNoticeError), self.env.cr.savepoint():
            ticket.stage_id = self.closed
        wizards = self.env["paper.case.tell"].with_user(self.sales)
        for values in ({"text": "."}, {"how": "phone", "text": "Told"}, {"how": "mail", "text": "Told"}):
            with self.subTest(values=values), self.assertRaises(CustomerNoticeError), self.env.cr.savepoint():
                wizards.create({"ticket_id": ticket.id, "step": "closed", **values}).action_tell()
        wizards.create(
            {"ticket_id": ticket.id, "step": "closed", "how": "phone", "text": "Told", "told_to": "Mr Li"}
        ).action_tell()
        ticket.stage_id = self.closed
        self.assertTrue(ticket.closed)
        with self.assertRaises(CustomerNoticeError):
            self.ticket.notice_ids.with_user(self.env.ref("base.user_admin")).text = "x"

    def test_solution_is_released(self):
        """R7.1.2: the customer reads the solution once it is released, or the case is closed."""
        self.ticket.solution = "Blades changed"
        self.assertFalse(self.ticket.released_solution)
        self.ticket.with_user(self.quality).action_release_solution()
        self.assertEqual(self.ticket.released_solution, "Blades changed")
        self.assertEqual(self.ticket.notice_ids.mapped("step"), ["proposal"])

    def test_sealed(self):
        """R7.3.1: a closed case is unchanged after all tries; what changes it in the database breaks its seal."""
        self._meet()
        decision = self._decide()
        ticket = self.ticket
        ticket.write({"solution": "Blades changed", "stage_id": self.closed.id})
        self.assertTrue(ticket._is_seal_whole())
        tries = (
            lambda: ticket.write({"claimed_kg": 1, "defect_id": False, "solution": "x"}),
            lambda: ticket.load([".id", "solution"], [[str(ticket.id), "x"]])["ids"] or self._refused(),
            lambda: self.roll.write({"kg": 1}),
            lambda: self.roll.unlink(),
            lambda: self.env["paper.claim.roll"].create({"ticket_id": ticket.id, "lot_id": self.lot.id}),
            lambda: self.env["paper.case.meeting"].create({"ticket_id": ticket.id, "minutes": "x"}),
            lambda: self._decide(),
            lambda: decision.unlink(),
            lambda: ticket.action_archive(),
            lambda: ticket.unlink(),
            lambda: ticket.message_ids[:1].write({"body": "x"}),
            lambda: ticket.event_ids.unlink(),
        )
        for number, attempt in enumerate(tries):
            with self.subTest(number=number), self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.assertTrue(ticket._is_seal_whole())
        self.env.cr.execute("UPDATE helpdesk_ticket SET solution = 'Other' WHERE id = %s", [ticket.id])
        ticket.invalidate_recordset()
        self.assertFalse(ticket._is_seal_whole())

    def _refused(self):
        raise TicketClosedError("the import was refused")

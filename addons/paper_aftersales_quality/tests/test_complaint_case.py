from datetime import timedelta

from odoo import Command, fields
from odoo.addons.paper_aftersales.tests.common import AftersalesCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestComplaintCase(AftersalesCommon):
    """A complaint from the mail to the archive, with the rolls of a jumbo."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"no_reset_password": True})
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.customer.lang = "zh_CN"
        cls.seller = new_test_user(cls.env, "case_seller", groups="paper_base.group_sales", name="Wang Xiaomei")
        cls.order = cls._order(user_id=cls.seller.id, client_order_ref="PO-9911")
        cls.lot = cls._lot("R-1", cls.order)
        cls.people = {
            name: new_test_user(cls.env, f"case_{name}", groups=f"paper_base.group_{name}")
            for name in ("workshop", "technical", "logistics")
        }
        cls.jumbo = cls._roll("J-1", paper_kind="jumbo")
        cls.sister = cls._roll("R-2")
        cls.stranger = cls._roll("R-7")
        links = [cls._link(cls.jumbo, cls.lot), cls._link(cls.jumbo, cls.sister)]
        cls.links = cls.env["paper.lot.link"].browse([link.id for link in links])

    @classmethod
    def _roll(cls, name, **vals):
        return cls.env["stock.lot"].create({"name": name, "product_id": cls.paper.id, **vals})

    @classmethod
    def _link(cls, parent, child):
        conversion = (
            cls.env["paper.roll.conversion"]
            .sudo()
            ._by_step()
            .create(
                {"company_id": cls.env.company.id, "operation": "wind", "user_id": cls.env.uid, "done_on": fields.Datetime.now()}
            )
        )
        values = {"company_id": cls.env.company.id, "conversion_id": conversion.id, "parent_id": parent.id, "child_id": child.id}
        return cls.env["paper.lot.link"].sudo()._by_step().create({**values, "kg": 1000})

    def _letters(self, ticket):
        self.env.flush_all()
        self.env.cr.precommit.run()
        mails = self.env["mail.mail"].search([("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)])
        secret = self.env["mail.mail"].search([("email_to", "ilike", "p@example.com"), ("subject", "ilike", ticket.number)])
        return (mails | secret).filtered(
            lambda mail: self.customer in mail.recipient_ids or "p@example.com" in (mail.email_to or "")
        )

    def test_sisters_within_a_day(self):
        """R7.1.2: the sisters of a claimed roll are held wherever they are; after 24 hours without it, quality and management are
        told, once; no other department does it."""
        ticket = self._ticket(sale_order_id=self.order.id, severity="serious", nature="quality", lot_id=self.lot.id)
        self.assertEqual(ticket.contain_until, ticket.escalated_on + timedelta(hours=24))
        tickets = self.env["helpdesk.ticket"]
        tickets._cron_containment()
        self.assertNotIn("contain", ticket.activity_ids.mapped("paper_kind"))
        ticket._by_step().write({"escalated_on": fields.Datetime.now() - timedelta(hours=25)})
        tickets._cron_containment()
        told = ticket.activity_ids.filtered(lambda rec: rec.paper_kind == "contain").user_id
        self.assertLessEqual(self.quality | self.management, told)
        with self.assertRaises(UserError):
            ticket.with_user(self.sales).action_hold_sisters()
        ticket.with_user(self.quality).action_hold_sisters()
        self.assertEqual(self.sister.paper_disposition, "held")
        self.assertEqual(self.stranger.paper_disposition, "pending")
        self.assertEqual(ticket.nonconformity_id.reference, ticket.number)
        self.assertIn("customer", ticket.place_ids.mapped("where"))
        self.assertNotIn("contain", ticket.activity_ids.mapped("paper_kind"))
        nonconformity = ticket.nonconformity_id
        ticket.with_user(self.quality).action_hold_sisters()
        self.assertEqual(ticket.nonconformity_id, nonconformity)

    def test_a_complaint_from_mail_to_archive(self):
        """R7.1.2, R7.3.1: end to end, a mail in Chinese; three departments answer, sisters are held, the management decides, a
        credit note is posted, the customer agrees and gets his letters in Chinese; the closed case is sealed."""
        message = {
            "subject": "投诉：订单 PO-9911 纸边起毛", "body": "<p>R-1 卷两边起毛，无法印刷。</p>", "from": "p@example.com",
            "author_id": self.customer.id, "to": "", "cc": "",
        }  # fmt: skip
        ticket = self.env["helpdesk.ticket"].message_new(message)
        self.assertEqual((ticket.sale_order_id, ticket.user_id), (self.order, self.seller))
        sales, quality = ticket.with_user(self.seller), ticket.with_user(self.quality)
        sales.write({"nature": "quality", "defect_id": self.env.ref("paper_aftersales.defect_edg").id, "severity": "serious"})
        self.env["paper.claim.roll"].with_user(self.seller).create({"ticket_id": ticket.id, "lot_id": self.lot.id})
        quality.action_hold_sisters()
        self.assertEqual(self.sister.paper_disposition, "held")
        tell = self.env["paper.case.tell"].with_user(self.seller)
        tell.create({"ticket_id": ticket.id, "step": "containment", "text": "同一母卷的纸卷已全部封存。"}).action_tell()
        for name, user in self.people.items():
            question = (
                self.env["paper.ticket.question"]
                .with_user(self.quality)
                .create({"ticket_id": ticket.id, "group_id": self.env.ref(f"paper_base.group_{name}").id, "question": "原因？"})
            )
            self.assertEqual(self.env["helpdesk.ticket"].with_user(user).search([]), ticket)
            own = question.with_user(user)
            own.write({"cause": "刀片钝", "prevention": "每周换刀", "cost": 500})
            own.answer = "降价处理"
            for other in question.ticket_id.question_ids - question:
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    other.with_user(user).answer = "x"
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                ticket.with_user(user).write({"solution": "x"})
            for model in ("paper.case.decision", "paper.case.settlement", "paper.customer.notice", "paper.aftersales.archive"):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self.env[model].with_user(user).search([]).read(["id"])
        self.env["paper.case.meeting"].with_user(self.quality).create(
            {
                "ticket_id": ticket.id,
                "attendee_ids": [Command.set(self.people["workshop"].ids)],
                "minutes": "刀片钝，改为每周更换",
            }
        )
        decision = (
            self.env["paper.case.decision"]
            .with_user(self.management)
            .create(
                {
                    "ticket_id": ticket.id,
                    "remedy": "price_cut",
                    "text": "该卷降价 1,000 元",
                    "limit": 1000,
                    "responsible_id": self.seller.id,
                }
            )
        )
        tell.create({"ticket_id": ticket.id, "step": "decision", "text": decision.text}).action_tell()
        invoice = (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_line_ids": [
                        Command.create(
                            {"product_id": self.paper.id, "quantity": 1000, "price_unit": 6, "tax_ids": [Command.clear()]}
                        )
                    ],
                }
            )
        )
        invoice.action_post()
        settlement = (
            self.env["paper.case.settlement"]
            .with_user(self.seller)
            .create(
                {
                    "decision_id": decision.id,
                    "kind": "credit",
                    "amount": 1000,
                    "invoice_id": invoice.id,
                    "claim_roll_ids": [Command.set(ticket.claim_roll_ids.ids)],
                }
            )
        )
        settlement.action_offer()
        settlement.sudo()._answer_offer(True, "李总")
        settlement.action_settle()
        settlement.refund_id.with_user(self.accountant).action_post()
        self.assertEqual(settlement.refund_id.state, "posted")
        sales.write(
            {
                "solution": "该卷降价 1,000 元；刀片改为每周更换。",
                "stage_id": self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done").id,
            }
        )
        self.assertEqual(ticket.notice_ids.mapped("step"), ["received", "containment", "decision", "proposal", "closed"])
        letters = self._letters(ticket)
        self.assertEqual(len(letters), 5, letters.mapped("subject"))
        for letter in letters:
            self.assertRegex(letter.subject, "[一-鿿]")
            self.assertNotIn("Dear", letter.body_html)
        self.assertTrue(ticket._is_seal_whole())
        self.assertFalse(ticket.nonconformity_id.closed_by_id, "closing the case is not closing the action")

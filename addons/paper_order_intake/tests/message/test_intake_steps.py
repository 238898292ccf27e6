from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from ...exceptions import IntakeStateError
from ..common import BACKWARDS, SHEET, IntakeCommon

FORGED_ON = datetime(2020, 2, 3, 4, 5, 6)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestIntakeSteps(IntakeCommon):
    """Nobody enters by hand what only a step brings about: not in a form, nor as a default, by import, copy, sudo or code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        cls.finance = cls._create_user("t_finance", "paper_base.group_finance")
        cls.legal = cls._create_user("t_legal", "paper_base.group_legal")
        cls.order = cls._create_complete_order()
        cls.everybody = cls.seller | cls.credit | cls.manager | cls.finance | cls.legal | cls.admin

    @classmethod
    def _makers(cls, model):
        """Return the people who may create records of the model, and the administrator."""
        return cls.everybody.filtered(lambda user: cls.env[model].with_user(user).has_access("create")) | cls.admin

    def _defaults(self, values):
        return {f"default_{name}": value for name, value in values.items()}

    # Arrivals

    def test_arrival_by_defaults(self):
        """R3.1.2: when an arrival came and was handled is not told by whoever notes it down."""
        forged = {
            "received_on": FORGED_ON,
            "handled_on": FORGED_ON,
            "asked_on": FORGED_ON,
            "escalated_on": FORGED_ON,
            "handover_deadline": FORGED_ON,
            "handed_over_on": FORGED_ON,
            "to_hand_over": True,
            "operator_id": self.seller.id,
            "state": "order",
            "order_id": self.order.id,
            "payload_hash": "0" * 64,
            "form": "feed",
            "pending": True,
            "details": {"order": {"incoterm": 1}},
            "reopened_on": FORGED_ON,
        }
        self._work_round_the_clock()
        now = fields.Datetime.now()
        for user in self._makers("paper.intake.message"):
            with self.subTest(user=user.login):
                messages = self.env["paper.intake.message"].with_user(user).sudo(user == self.admin)
                values = {"raw": "2 t", "channel_id": self.phone.id, "number": user.login}
                made = messages.with_context(**self._defaults(forged)).create(values)
                self.assertEqual((made.received_on, made.state, made.form), (now, "received", "figures"))
                self.assertEqual(made.handover_deadline, now + timedelta(minutes=self.phone.handover_minutes))
                self.assertEqual(made.payload_hash, made._text_hash("2 t"))
                for name in ("handled_on", "asked_on", "escalated_on", "order_id", "pending", "details", "reopened_on",
                             "handed_over_on", "to_hand_over", "operator_id"):
                    self.assertFalse(made[name], name)
                for name, value in forged.items():
                    with self.assertRaises(IntakeStateError, msg=name):
                        made.sudo().write({name: value})
                    if made._is_figured_out(made._fields[name]):
                        # What the system figures out it figures out anyway, whatever is given beside it.
                        self.assertEqual(messages.sudo().create({**values, name: value})[name], made[name], name)
                        continue
                    with self.assertRaises(IntakeStateError, msg=name):
                        messages.sudo().create({**values, name: value})

    def test_arrival_of_a_default_channel(self):
        """R3.1.2: an arrival whose channel is the default of a form is handed over as any other."""
        messages = self.env["paper.intake.message"].with_user(self.seller).with_context(default_channel_id=self.channel.id)
        arrival = messages.create({"raw": "2 t"})
        self.assertEqual((arrival.handler_id, arrival.product_id), (self.seller, self.paper))
        self.assertEqual(arrival.activity_ids.user_id, self.seller)

    def test_order_book_by_defaults(self):
        """R3.1.1: an order book is read, not said to be read."""
        forged = {"state": "done", "row_count": 7, "file_hash": "0", "duplicate_count": 3, "in_background": True}
        forged["error"] = ["x", {}]
        upload = self._create_upload(self._book(SHEET))
        for name, value in forged.items():
            with self.assertRaises(IntakeStateError, msg=name):
                upload.sudo().write({name: value})
        file = upload.with_context(bin_size=False).file
        uploads = upload.with_context(**self._defaults(forged))
        made = uploads.create({"channel_id": self.channel.id, "partner_id": self.customer.id, "file": file})
        self.assertEqual((made.state, made.row_count, made.error, made.file_hash), ("draft", 0, False, upload.file_hash))

    # Suspicions, secrets

    def test_what_only_the_program_makes(self):
        """R3.1.2: suspicions and secrets are not made by hand, in sudo either."""
        arrival = self._create_arrival()
        other = self._create_arrival(number="A2")
        made = {
            "paper.intake.suspicion": {"message_id": arrival.id, "other_message_id": other.id, "state": "both"},
            "paper.intake.secret": {"channel_id": self.phone.id, "secret": "x"},
        }
        for model, values in made.items():
            for user in self.everybody:
                for records in (self.env[model].with_user(user), self.env[model].with_user(user).sudo()):
                    with self.subTest(model=model, user=user.login), self.assertRaises(UserError):
                        records.create(values)

    # Who is told

    def test_late_arrivals_reach_who_works_with_them(self):
        """R3.1.2: an administrator is a sales manager of Odoo and no salesperson: the late ones go to the mill's people."""
        self._work_round_the_clock()
        head = self._create_user("t_head", "paper_base.group_sales", "sales_team.group_sale_manager", email="h@example.com")
        self.admin.group_ids += self.env.ref("sales_team.group_sale_manager")
        outsider = self._create_user("t_outsider", "base.group_user")
        self.phone.escalation_user_ids = outsider
        self.env["paper.intake.message"].search([("state", "in", ("received", "question", "rejected"))]).active = False
        arrival = self._create_arrival(product_id=False)
        arrival._by_step().write({"received_on": fields.Datetime.now() - timedelta(hours=2)})
        self.env["paper.intake.message"]._cron_escalate()
        late = arrival.activity_ids.filtered(lambda todo: todo.paper_kind == "late")
        self.assertIn(head, late.user_id)
        self.assertFalse((self.admin | outsider) & late.user_id)
        head.active = False
        arrival._by_step().write({"escalated_on": False})
        self.env["paper.intake.message"]._cron_escalate()
        late = arrival.activity_ids.filtered(lambda todo: todo.paper_kind == "late")
        self.assertIn(self.manager, late.user_id)

    def test_arrivals_by_a_gateway(self):
        """R3.1.2: the user of a mail gateway, or an administrator, brings arrivals and does not handle them."""
        self.phone.write({"handler_id": False, "user_ids": [Command.clear()]})
        for user in (self.admin, self._create_user("t_gateway", "base.group_user")):
            handler = self.phone.with_user(user).sudo()._next_handlers(1)[0]
            self.assertTrue(handler.has_group("paper_base.group_sales"), user.login)

    def test_handled_ends_its_own(self):
        """R3.1.2: an arrival that is handled ends what the system told, in the reader's language; a note of one's own stays."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.seller.lang = "zh_CN"
        arrival = self._create_arrival(handler_id=self.seller.id)
        self.assertEqual(arrival.activity_ids.summary, "待处理的来单")
        own = arrival.activity_schedule("mail.mail_activity_data_todo", summary="my own", user_id=self.seller.id)
        arrival.action_process()
        self.assertEqual(arrival.activity_ids, own)

    def test_question_stays_with_its_reason(self):
        """R3.2.1: reading moves an arrival on by its steps, and writes down why it waits."""
        arrival = self._upload(self._book(BACKWARDS)).arrival_ids
        self.assertEqual(arrival.state, "question")
        self.assertTrue(arrival.can_ask and arrival.can_process and not arrival.can_reopen)
        with self.assertRaises(IntakeStateError):
            arrival.sudo().problems = False

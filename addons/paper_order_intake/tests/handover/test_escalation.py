from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from ...exceptions import IntakeStateError
from ..common import IntakeCommon

NOON = "2026-06-15 04:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestEscalation(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what else stands in the database is not looked at
        cls.env["paper.intake.message"].search([("state", "in", ("received", "question", "rejected"))]).write(
            {"active": False}
        )
        cls._work_round_the_clock()
        cls.boss = cls._create_user(
            "t_boss", "paper_base.group_sales", "sales_team.group_sale_manager", email="boss@mill.example.com"
        )
        cls.phone.write({"handover_minutes": 30, "escalation_user_ids": [Command.set(cls.boss.ids)]})

    def _late_arrival(self, minutes=31, **values):
        arrival = self._create_arrival(product_id=False, **values)
        arrival._by_step().write({"received_on": fields.Datetime.now() - timedelta(minutes=minutes)})
        return arrival

    def _escalate(self):
        self.env["paper.intake.message"]._cron_escalate()

    def _activities(self, arrival):
        return arrival.activity_ids.filtered(lambda item: item.user_id == self.boss)

    def test_late_goes_up_once(self):
        """R3.1.2: an arrival that waits beyond the limit reaches the channel's people, by activity and mail, once."""
        late, early = self._late_arrival(), self._late_arrival(29, number="A2")
        self._escalate()
        self._escalate()
        self.assertEqual(len(self._activities(late)), 1)
        self.assertIn(late.handler_id.name, self._activities(late).summary)
        self.assertFalse(self._activities(early))
        mails = self.env["mail.mail"].search([("email_to", "ilike", "boss@mill.example.com")])
        self.assertEqual(len(mails), 1)
        self.assertIn("A1", mails.body_html)
        with freeze_time("2026-06-15 04:02:00"):
            self._escalate()
        self.assertEqual(len(self._activities(early)), 1)

    def test_with_the_customer_or_done_is_not_late(self):
        """R3.1.2: what is an order, or waits for the customer's answer, is not escalated."""
        asked, done = self._late_arrival(), self._late_arrival(number="A2")
        asked._by_step().write({"asked_on": fields.Datetime.now()})
        done.action_mark_duplicate()
        self._escalate()
        self.assertFalse(asked.escalated_on or done.escalated_on)

    def test_sales_managers_without_named_people(self):
        """R3.1.2: where a channel names nobody, the sales managers hear of it."""
        self.phone.escalation_user_ids = False
        late = self._late_arrival()
        self._escalate()
        self.assertTrue(self._activities(late))

    def test_mail_escapes_what_came(self):
        """R3.1.2: what a stranger wrote as his number is text in the mail, not markup."""
        self._late_arrival(number="<script>alert(1)</script>")
        self._escalate()
        mail = self.env["mail.mail"].search([("email_to", "ilike", "boss@mill.example.com")])
        self.assertNotIn("<script>", mail.body_html)

    def test_escalation_is_not_written_by_hand(self):
        """R3.1.2: nobody marks an arrival as escalated to keep it quiet."""
        late = self._late_arrival()
        with self.assertRaises(IntakeStateError):
            late.escalated_on = fields.Datetime.now()

    def test_tile(self):
        """R3.1.2: a channel's tile shows what arrived, waits, since when, and was late today, also when handled since."""
        self._late_arrival(31)
        late = self._late_arrival(150, number="A2")
        self._late_arrival(5, number="A3")
        self._escalate()
        late.action_mark_duplicate()
        self.phone.invalidate_recordset()
        tile = self.phone.with_user(self.seller)
        self.assertEqual((tile.arrived_count, tile.waiting_count, tile.late_count, tile.late_today_count), (3, 2, 1, 2))
        self.assertEqual(tile.waiting_since, "31 min")
        found = self.env["paper.intake.message"].with_user(self.seller).search(tile.action_open_late_today()["domain"])
        self.assertEqual(len(found), 2)

    def test_many_cost_no_more_searches(self):
        """R3.1.2: the tiles of all channels are counted in the same queries as one."""
        channels = self.env["paper.intake.channel"].search([])
        counts = []
        for some in (channels[:1], channels):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.mapped("late_today_count")
            some.mapped("suspicion_count")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

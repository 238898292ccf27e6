import random
from collections import Counter
from datetime import date, datetime, timedelta

from odoo import Command
from odoo.addons.paper_aftersales.exceptions import SummaryError
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import AftersalesCommon

WRITTEN = {"common_problems": "Frayed edges", "improvement": "Blades weekly", "prevention": "Counter on the cutter"}


@tagged("post_install", "-at_install")
class TestSummaries(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.grades = cls.env["paper.grade"].create([{"name": name, "code": f"S-{name}"} for name in ("A", "B", "C")])
        cls.technical = cls._user_of("technical")

    @classmethod
    def _user_of(cls, name):
        from odoo.tests import new_test_user  # noqa: PLC0415

        return new_test_user(cls.env, f"as_{name}", groups=f"paper_base.group_{name}")

    def _summary(self, **vals):
        return (
            self.env["paper.aftersales.summary"]
            .with_user(self.quality)
            .create({"period": "month", "date_from": "2035-03-01", **vals})
        )

    def _year(self, seed=4):
        """Write a year of cases; return them as plain rows, kept beside the product."""
        chance = random.Random(seed)
        defects = self.env["paper.defect"].search([], limit=5)
        orders = []
        for grade in self.grades:
            orders.append(self._order(spec=self._spec(grade_id=grade.id)))
        rejected = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")
        rows = []
        for _number in range(150):
            came = datetime(2035, 1, 1, 1) + timedelta(days=chance.randrange(365), hours=chance.randrange(24))
            pick = chance.choices(range(len(defects)), weights=(8, 5, 3, 2, 1))[0]
            order = chance.choice(range(3))
            unfounded = chance.random() < 0.1
            vals = {"defect_id": defects[pick].id, "sale_order_id": orders[order].id, "claimed_kg": chance.randrange(1, 900)}
            ticket = self._ticket(**vals, solution="Done", reported_on=came)
            if unfounded:
                ticket.stage_id = rejected
            self.env.flush_all()
            self.env.cr.execute("UPDATE helpdesk_ticket SET create_date = %s WHERE id = %s", [came, ticket.id])
            day = self.company._paper_day(came)
            rows.append(
                {"day": day, "defect": defects[pick].display_name, "grade": order, "kg": vals["claimed_kg"], "bad": unfounded}
            )
        self.env.invalidate_all()
        return [row for row in rows if not row["bad"]]

    def test_equals_an_independent_count(self):
        """R7.3.2: Pareto, kilograms and recurrence of a generated year equal a computation of another kind, by quarter."""
        self.env["paper.severity.rule"].search([]).active = False
        rows = self._year()
        for month in (1, 4, 7, 10):
            begin = date(2035, month, 1)
            summary = self._summary(period="quarter", date_from=begin)
            own = [row for row in rows if begin <= row["day"] <= summary.date_to]
            found = summary._count()
            with self.subTest(quarter=month):
                self.assertEqual(found["cases"], len(own))
                self.assertEqual({row[0]: row[1] for row in found["by_defect"]}, Counter(row["defect"] for row in own))
                counts = [row[1] for row in found["by_defect"]]
                self.assertEqual(counts, sorted(counts, reverse=True))
                self.assertAlmostEqual(found["by_defect"][-1][3], 100, 1)
                self.assertEqual(found["claimed_kg"], sum(row["kg"] for row in own))
                # A case recurs if an earlier one of the same defect and grade lies within 90 days before it.
                again = 0
                for row in own:
                    same = [other for other in rows if (other["defect"], other["grade"]) == (row["defect"], row["grade"])]
                    earlier = [other for other in same if other is not row and self._before(other, row, rows)]
                    again += any((row["day"] - other["day"]).days <= 90 for other in earlier)
                self.assertEqual(found["recurred"], again)

    @staticmethod
    def _before(other, row, rows):
        return (other["day"], id_of(rows, other)) < (row["day"], id_of(rows, row))

    def test_issued(self):
        """R7.3.2: without its written parts nothing is issued; issued, it is frozen, sent by name, and read by those alone."""
        with freeze_time("2035-04-02 02:00:00"):
            summary = self._summary()
            with self.assertRaises(SummaryError), self.env.cr.savepoint():
                summary.action_issue()
            with self.assertRaises(AccessError):
                summary.with_user(self.technical).read(["improvement"])
            summary.write({**WRITTEN, "recipient_ids": [Command.set((self.technical | self.quality).ids)]})
            self.patch(self.env.registry["ir.actions.report"], "_render_qweb_pdf", lambda *args, **kwargs: (b"%PDF", "pdf"))
            summary.action_issue()
            self.assertEqual(summary.state, "issued")
            self.assertEqual(summary.with_user(self.technical).improvement, "Blades weekly")
            self.assertIn(self.technical, summary.activity_ids.user_id)
            with self.assertRaises(AccessError):
                summary.with_user(self.workshop).read(["improvement"])
            frozen = summary.frozen
            self._ticket(sale_order_id=self._order().id)
            self.assertEqual(summary._figures(), frozen)
            with self.assertRaises(SummaryError), self.env.cr.savepoint():
                summary.improvement = "x"
            with self.assertRaises(SummaryError), self.env.cr.savepoint():
                summary.unlink()
            summary.with_user(self.technical).action_read()
            self.assertNotIn(self.technical, summary.activity_ids.user_id)

    def test_actions(self):
        """R7.3.2: an action has a person and a deadline, says what was done, then what it did; the next summary shows it."""
        summary = self._summary()
        action = (
            self.env["paper.aftersales.action"]
            .with_user(self.quality)
            .create({"name": "Change blades weekly", "summary_id": summary.id, "user_id": self.technical.id})
        )
        self.assertIn(self.technical, action.activity_ids.user_id)
        own = action.with_user(self.technical)
        with self.assertRaises(SummaryError), self.env.cr.savepoint():
            own.action_finish()
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            action.with_user(self.workshop).action_finish()
        own.result = "Plan of changes"
        own.action_finish()
        with self.assertRaises(SummaryError), self.env.cr.savepoint():
            action.action_check()
        later = self._summary(date_from="2035-04-01")
        self.assertIn(action, later.earlier_action_ids)
        action.effect = "No complaint about edges since"
        action.action_check()
        with self.assertRaises(SummaryError):
            action.effect = "x"

    def test_draft_by_itself(self):
        """R7.3.2: the drafts of the last month and quarter are made on a working day of the new one, once."""
        with freeze_time("2035-04-10 02:00:00"):
            self.env["paper.aftersales.summary"]._cron_draft()
            self.env["paper.aftersales.summary"]._cron_draft()
        found = self.env["paper.aftersales.summary"].search(
            [("company_id", "=", self.company.id), ("date_from", ">=", "2035-01-01")]
        )
        self.assertEqual(sorted((rec.period, rec.date_from.month) for rec in found), [("month", 3), ("quarter", 1)])
        self.assertTrue(found[0].figures_html)


def id_of(rows, row):
    return next(number for number, other in enumerate(rows) if other is row)

import json
from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from ...exceptions import SetupError
from ...models.health.paper_health import BACKUP
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestHealth(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("t_health_keeper", "base.group_system")

    def _states(self):
        findings = self.env["paper.health"].with_user(self.keeper)._get_findings()
        return {finding.code: finding.state for finding in findings}

    def test_the_page(self):
        """R2: who keeps the system opens a page with every finding, worst first; no department opens it."""
        action = self.env["paper.health"].with_user(self.keeper).action_look()
        page = self.env["paper.health"].with_user(self.keeper).browse(action["res_id"])
        self.assertIn("PostgreSQL", page.report)
        states = [finding["state"] for finding in page.finding_ids]
        self.assertEqual(states, sorted(states, key=("bad", "warning", "good").index))
        with self.assertRaises(SetupError):
            self.env["paper.health"].with_user(self.manager).action_look()

    def test_a_cron_that_fails(self):
        """R8.1: a scheduled action that fails, or that was switched off, is told."""
        cron = self.env.ref("paper_base.cron_paper_clocks")
        self.env["ir.cron"].search([("active", "=", True)]).write(
            {"nextcall": Datetime.now() + timedelta(hours=1), "failure_count": 0}
        )
        self.assertEqual(self._states()["crons"], "good")
        cron.failure_count = 2
        self.assertEqual(self._states()["crons"], "bad")
        cron.write({"failure_count": 0, "active": False})
        self.assertEqual(self._states()["crons"], "bad")
        cron.write({"active": True, "nextcall": Datetime.now() - timedelta(days=1)})
        self.assertEqual(self._states()["crons"], "warning")

    def test_mails_and_backup(self):
        """R8.1: mails that could not be sent, and a backup that is missing or old, are told."""
        self.env["mail.mail"].search([]).unlink()
        self.assertEqual(self._states()["mails"], "good")
        self.env["mail.mail"].create({"state": "exception"})
        self.assertEqual(self._states()["mails"], "bad")
        parameters = self.env["ir.config_parameter"]
        for kept, state in ((False, "bad"), ("nonsense", "bad"), (2, "good"), (30, "bad")):
            taken = Datetime.now() - timedelta(hours=kept) if isinstance(kept, int) and kept else None
            parameters.set_param(BACKUP, json.dumps({"taken": taken.isoformat() + "+00:00"}) if taken else kept)
            with self.subTest(kept=kept):
                self.assertEqual(self._states()["backup"], state)

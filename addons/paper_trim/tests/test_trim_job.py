from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import LockError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import TrimStateError
from ..models.job import paper_trim_problem as job
from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimJob(TrimCommon):
    def setUp(self):
        super().setUp()
        kg = self.reel_kg(787, 6)
        self.problem = self.typed_problem({"width": 787, "kg": kg, "least_kg": kg, "most_kg": kg})
        self.problems = self.env["paper.trim.problem"]

    def test_pressed_twice(self):
        """R5.1.1: who presses Compute second, or a second time, is told that it waits already; there is one job."""
        self.problem.action_compute()
        with self.assertRaisesRegex(TrimStateError, "already"):
            self.problem.action_compute()
        self.assertEqual(len(self.problem.job_ids), 1)

    def test_cancelled_while_it_is_computed(self):
        """R5.1.1: who takes the problem back while it is computed gets a draft, and nothing of the plan is kept."""
        solve = job.solve

        def taken_back(*args, **kwargs):
            plan = solve(*args, **kwargs)
            self.problem.action_draft()
            return plan

        self.problem.action_compute()
        with patch.object(job, "solve", taken_back):
            self.problems._cron_compute()
        self.assertEqual(self.problem.state, "draft")
        self.assertFalse(self.problem.result_ids)

    def test_ended_early_keeps_the_best(self):
        """R5.1.1: who ends the search keeps a complete plan, never half of one."""
        self.problem.action_compute()
        self.problem.sudo()._follow_to("computing")
        self.problem.action_stop()
        self.assertTrue(self.problem.stop_asked)
        with self.assertRaises(TrimStateError):
            self.problem.action_stop()

    def test_a_crash_in_the_middle(self):
        """R5.1.1: what a crash left is computed anew once it gave no sign of life; after three crashes it is given back."""
        self.problem.action_compute()
        own = self.problem.sudo()
        self.assertTrue(own._take_up())
        self.problems._cron_compute()  # still alive: left alone
        self.assertEqual(self.problem.state, "computing")
        self._fall_silent()
        self.problems._cron_compute()
        self.assertEqual(self.problem.state, "computed")
        self.problem.action_compute()
        own._take_up()
        own.job_ids._by_step().write({"attempts": job.MOST_ATTEMPTS})
        self._fall_silent()
        self.problems._cron_compute()
        self.assertEqual(self.problem.state, "draft")
        self.assertIn("broke off 3 times", self.problem.message_ids[:1].body)

    def _fall_silent(self):
        long_ago = fields.Datetime.now() - job.SILENCE - timedelta(seconds=1)
        self.problem.sudo().job_ids._by_step().write({"seen_on": long_ago})

    def test_what_cannot_be_computed_is_given_back(self):
        """R5.1.1: an error of the computing gives the problem back with its words, and no other problem waits for it."""
        other = self.typed_problem({"width": 900, "kg": self.reel_kg(900, 4), "least_kg": 2000, "most_kg": 3000})
        self.problem.action_compute()
        other.action_compute()
        solve, calls = job.solve, []

        def once_broken(*args, **kwargs):
            calls.append(1)
            if len(calls) == 1:
                raise ValueError("out of memory")
            return solve(*args, **kwargs)

        with patch.object(job, "solve", once_broken), mute_logger(job.__name__):
            self.problems._cron_compute()
        self.assertEqual((self.problem.state, other.state), ("draft", "computed"))
        self.assertIn("out of memory", self.problem.message_ids[:1].body)

    def test_its_planner_reads_what_was_computed(self):
        """R4.2.2: the job writes into the chatter in the language of the planner, not in that of the machine."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "paper_trim")])._update_translations(["zh_CN"])
        self.problem.user_id.lang = "zh_CN"
        self.computed(self.problem)
        self.assertIn("损耗", self.problem.message_ids[:1].body)

    def test_two_servers(self):
        """R5.1.1: a problem that another server computes is left to it."""
        self.problem.action_compute()
        with patch.object(job, "lock_or_tell", side_effect=LockError("busy")):
            self.assertFalse(self.problem.sudo()._take_up())
        self.assertEqual(self.problem.state, "waiting")

    def test_without_the_solver(self):
        """R5.1.1: without the solver a rule of thumb plans, and the screen says so."""
        solve = job.solve
        self.problem.action_compute()
        with patch.object(job, "solve", lambda *args, **kwargs: solve(*args, solver=False, **kwargs)):
            self.problems._cron_compute()
        drawn = self.problem.trim_board()["results"][0]
        self.assertTrue(drawn["by_rule"])
        self.assertFalse(self.problem.result_ids[0]._faults())

    def test_progress_is_told(self):
        """R5.1.1: while it is computed, phase, waste, bound and patterns so far are there to be read."""
        self.computed(self.problem)
        progress = self.problem.with_user(self.reader).trim_progress()
        self.assertTrue(progress["phase"])
        self.assertEqual(progress["patterns"], self.problem.result_ids[0].pattern_count)
        self.assertAlmostEqual(progress["bound"], self.problem.result_ids[0].bound, 2)

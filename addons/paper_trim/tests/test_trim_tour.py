from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, tagged

from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimTour(TrimCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.planner.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})

    def test_the_planner_plans_the_trim(self):
        """R5.1.1: in the browser, in Chinese, planning opens the trim of a plan, has it computed, reads the patterns, types
        others, compares both and chooses one."""
        plan = self.planned(787, 889, 1194)
        login = self.planner.login
        self.start_tour(f"/odoo/paper-production-plans/{plan.id}", "paper_trim_planner_asks", login=login, timeout=300)
        problem = plan.trim_problem_ids
        self.assertEqual(problem.state, "waiting")
        self.env["paper.trim.problem"]._cron_compute()
        self.start_tour(f"/odoo/paper-trim/{problem.id}", "paper_trim_planner_chooses", login=login, timeout=300)
        problem.invalidate_recordset()
        self.assertEqual((problem.state, problem.chosen_id.kind), ("chosen", "fewest"))
        self.assertTrue(plan.trim_set_ids)

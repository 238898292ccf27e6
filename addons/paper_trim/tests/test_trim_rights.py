from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..exceptions import TrimStateError
from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimRights(TrimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        kg = cls.reel_kg(787, 6)
        cls.problem = cls.computed(cls.typed_problem({"width": 787, "kg": kg, "least_kg": kg * 0.9, "most_kg": kg}))

    def test_the_workshop_reads(self):
        """R5.1.1: the workshop sees the patterns and changes nothing: no step, no item, no result, by no path."""
        problem = self.problem.with_user(self.reader)
        board = problem.trim_board()
        self.assertEqual(board["may"], {"choose": False, "retrim": False, "type": False})
        self.assertTrue(board["results"][0]["runs"])
        for act in (
            problem.action_compute,
            problem.action_draft,
            problem.action_stop,
            lambda: problem.write({"seconds": 7}),
            lambda: problem.item_ids.write({"width": 5}),
            lambda: problem.result_ids.unlink(),
            lambda: problem.result_ids[0].action_choose(),
            lambda: problem.copy(),
            lambda: self.env["paper.trim.typing"].with_user(self.reader).create({"problem_id": problem.id, "text": "787: 1"}),
        ):
            with self.assertRaises(UserError):
                act()

    def test_results_are_nobodys_to_write(self):
        """R5.1.1: planning, too, writes no result by hand: what the screen shows was computed, or checked."""
        result = self.problem.result_ids[0]
        for records, vals in (
            (result, {"waste": 0.0}),
            (result.pattern_ids, {"metres": 1.0}),
            (result.pattern_ids.cut_ids, {"width": 1.0}),
            (self.problem, {"state": "chosen"}),
            (self.problem, {"chosen_id": result.id}),
        ):
            with self.subTest(model=records._name, vals=vals), self.assertRaises(UserError):
                records.with_user(self.planner).write(vals)
        self.assertEqual(self.problem.state, "computed")

    def test_other_companies_do_not_see_it(self):
        """R5.1.1: a trim is its company's."""
        company = self.env["res.company"].create({"name": "Other mill"})
        stranger = new_test_user(
            self.env,
            "trim_stranger",
            groups="paper_base.group_planning",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self.env["paper.trim.problem"].with_user(stranger).search([("id", "=", self.problem.id)]))
        with self.assertRaises(AccessError):
            self.problem.with_user(stranger).trim_board()

    def test_a_chosen_trim_stays(self):
        """R5.1.1: what the floor winds by is not deleted."""
        self.problem.result_ids[0].action_choose()
        with self.assertRaises(TrimStateError):
            self.problem.unlink()

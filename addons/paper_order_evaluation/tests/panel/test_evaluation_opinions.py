from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...exceptions import EvaluationRefusedError, OpinionFrozenError, OpinionIncompleteError, WrongDepartmentError
from ..common import EvaluationCommon

REFUSED = (WrongDepartmentError, AccessError)


@tagged("post_install", "-at_install")
class TestEvaluationOpinions(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._make_order()
        cls.order.with_user(cls.people["sales"]).action_submit_evaluation()
        cls.evaluation = cls.order._current_evaluation()

    def test_agreeing_says_nothing_of_the_costs(self):
        """R3.3.5: who agrees with what the costs propose tells no margin: all departments read his words."""
        opinion = self._opinion(self.evaluation, "cost")
        for proposal in ("conditional", "no"):
            opinion.sudo()._by_step().write({"proposal": proposal})
            words = opinion._prepare_agreement()
            self.assertTrue(words["comment"])
            self.assertEqual("condition" in words, proposal == "conditional")
            for text in (words["comment"], words.get("condition") or ""):
                self.assertFalse([sign for sign in text if sign.isdigit()], text)

    def test_two_clicks(self):
        """R3.3.1: a clear case is one button on the opened opinion; author and date are kept."""
        opinion = self._opinion(self.evaluation, "capacity")
        opinion.action_agree()
        self.assertEqual(opinion.verdict, "yes")
        self.assertEqual(opinion.author_id, self.people["capacity"])
        self.assertTrue(opinion.given_on)
        self.assertFalse(opinion.sudo().activity_ids)

    def test_department_alone(self):
        """R3.3.2, R3.3.3, R3.3.4, R3.3.5: each dimension is answered by its own department, by no button or write of others."""
        for opinion in self.evaluation.opinion_ids:
            for name, user in self.people.items():
                if name == opinion.dimension:
                    continue
                foreign = opinion.with_user(user)
                with self.subTest(dimension=opinion.dimension, user=name):
                    with self._refused(*REFUSED):
                        foreign.action_agree()
                    with self._refused(*REFUSED):
                        foreign.write({"verdict": "yes"})
                    with self._refused(*REFUSED):
                        foreign.action_submit()
                    with self._refused(*REFUSED):
                        foreign.write({"comment": "mine"})
        self.assertFalse(any(self.evaluation.opinion_ids.mapped("verdict")))

    def test_not_through_the_panel(self):
        """R3.3.1: a write on the evaluation's opinions is a write on the opinions."""
        capacity = self.evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        for name in ("sales", "chair"):
            with self._refused(*REFUSED, EvaluationRefusedError):
                self.evaluation.with_user(self.people[name]).write(
                    {"opinion_ids": [(1, capacity.id, {"verdict": "yes"})]}
                )

    def test_administrator_speaks_for_nobody(self):
        """R3.3.1: neither an administrator nor code with sudo gives a department's opinion."""
        admin = new_test_user(self.env, "eval_admin", groups="base.group_system,base.group_erp_manager")
        capacity = self.evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        with self._refused(*REFUSED):
            capacity.with_user(admin).action_agree()
        with self.assertRaises(WrongDepartmentError):
            capacity.with_user(admin).sudo().write({"verdict": "yes"})
        with self.assertRaises(WrongDepartmentError):
            capacity.with_user(self.people["chair"]).sudo().action_agree()
        with self.assertRaises(WrongDepartmentError):
            capacity.sudo().write({"state": "given"})

    def test_nothing_is_created_given(self):
        """R3.3.1: an opinion, or a result, cannot be created as given: not by RPC, not with sudo."""
        vals = {"evaluation_id": self.evaluation.id, "dimension": "capacity", "verdict": "yes"}
        with self.assertRaises(AccessError):
            self.env["paper.evaluation.opinion"].with_user(self.people["capacity"]).create(vals)
        other = self._make_order()
        for extra in (
            {"verdict": "yes", "dimension": "cost"},
            {"dimension": "cost", "author_id": self.people["cost"].id},
            {"dimension": "cost", "state": "given"},
        ):
            with self._refused(WrongDepartmentError, OpinionFrozenError):
                self.env["paper.evaluation"].sudo().create(
                    {"order_id": other.id, "opinion_ids": [(0, 0, extra)]}
                )
        with self._refused(EvaluationRefusedError, OpinionFrozenError):
            self.env["paper.evaluation"].sudo().create({"order_id": other.id, "state": "passed"})
        with self.assertRaises(AccessError):
            self.env["paper.evaluation"].with_user(self.people["sales"]).create({"order_id": other.id})

    def test_result_cannot_be_written(self):
        """R3.3.1: the result follows from the opinions, whoever writes it."""
        with self.assertRaises(EvaluationRefusedError):
            self.evaluation.with_user(self.people["chair"]).write({"state": "passed"})
        with self.assertRaises(EvaluationRefusedError):
            self.evaluation.sudo().write({"state": "passed"})
        with self.assertRaises(EvaluationRefusedError):
            self.evaluation.with_user(self.people["sales"]).write({"agreed_facts": {}})

    def test_given_is_frozen(self):
        """R3.3.1: what was given stays: verdict, comment, ways out and the figures behind it."""
        opinion = self._opinion(self.evaluation, "capacity")
        opinion.write(
            {
                "verdict": "conditional",
                "comment": "Tight",
                "condition": "Two weekends",
                "remedy_ids": [(0, 0, {"kind": "overtime", "name": "Weekends", "cost_effect": 500, "days_effect": 0})],
            }
        )
        opinion.action_submit()
        for vals in ({"verdict": "yes"}, {"comment": "x"}, {"condition": "x"}, {"remedy_ids": [(5,)]}):
            with self.assertRaises(OpinionFrozenError):
                opinion.write(vals)
        with self.assertRaises(OpinionFrozenError):
            opinion.remedy_ids.write({"name": "None"})
        with self.assertRaises(OpinionFrozenError):
            opinion.remedy_ids.unlink()
        with self.assertRaises(OpinionFrozenError):
            opinion.remedy_ids.create({"opinion_id": opinion.id, "name": "Late idea"})
        with self.assertRaises(OpinionFrozenError):
            opinion.action_refresh()
        with self.assertRaises(OpinionFrozenError):
            opinion.sudo().write({"evidence": {}})
        with self.assertRaises(OpinionFrozenError):
            opinion.action_submit()

    def test_remedy_of_another_department(self):
        """R3.3.2: a way out is proposed by the department that answers."""
        capacity = self.evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        with self.assertRaises(WrongDepartmentError):
            self.env["paper.evaluation.remedy"].with_user(self.people["cost"]).create(
                {"opinion_id": capacity.id, "name": "Work harder"}
            )

    def test_reason_needed(self):
        """R3.3.2, R3.3.4: a no needs its reason, a conditional yes its reason and its condition."""
        opinion = self._opinion(self.evaluation, "technical")
        with self.assertRaises(OpinionIncompleteError):
            opinion.action_submit()
        opinion.verdict = "no"
        with self.assertRaises(OpinionIncompleteError):
            opinion.action_submit()
        opinion.write({"verdict": "conditional", "comment": "Trial needed"})
        with self.assertRaises(OpinionIncompleteError):
            opinion.action_submit()
        opinion.condition = "Trial run of 2 t passes"
        opinion.action_submit()
        self.assertEqual(opinion.state, "given")

    def test_evidence_by_its_own_step(self):
        """R3.3.2: a department takes the figures again, but does not write them."""
        opinion = self._opinion(self.evaluation, "capacity")
        with self.assertRaises(OpinionFrozenError):
            opinion.write({"evidence": {"rows": []}})
        self.machine.resource_calendar_id.attendance_ids.filtered(lambda rec: rec.dayofweek == "0").unlink()
        before = opinion.evidence["rows"][0]["free"]
        opinion.action_refresh()
        self.assertLess(opinion.evidence["rows"][0]["free"], before)

    def test_kept(self):
        """R3.3.1: evaluations and opinions are not deleted."""
        with self.assertRaises(OpinionFrozenError):
            self.evaluation.opinion_ids.unlink()
        with self.assertRaises(EvaluationRefusedError):
            self.evaluation.unlink()

from odoo import Command
from odoo.addons.paper_quality.exceptions import InspectionClosedError, InspectionFigureError, InspectionStateError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestInspectionGuards(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spec = cls.create_spec([{"name": "Moisture", "maximum": 7, "has_maximum": True}])
        cls.production = cls.create_production(cls.spec)
        cls.inspection = cls.production.inspection_ids.with_user(cls.inspector)

    def test_state_is_not_written(self):
        """R5.3.2: the result of an inspection is not written, neither by quality nor with its answers given."""
        self.answer(self.inspection)
        for vals in ({"state": "success"}, {"success": False}, {"inspector_id": self.worker.id}, {"date_done": "2026-01-01"}):
            with self.assertRaises(InspectionStateError):
                self.inspection.write(vals)

    def test_superuser_keeps_the_way(self):
        """R5.3.2: not even the superuser passes an inspection whose answers do not."""
        line = self.answer(self.inspection).inspection_lines.filtered(lambda rec: rec.limit_id)
        line.quantitative_value = line.max_value + 1
        for state in ("success", "failed"):
            with self.assertRaises(InspectionStateError):
                self.inspection.sudo().write({"state": state})

    def test_created_without_result(self):
        """R5.3.2: an inspection is not created with a result, and a final one not by hand."""
        model = self.env["qc.inspection"]
        with self.assertRaises(InspectionStateError):
            model.sudo().create({"state": "success"})
        with self.assertRaises(InspectionStateError):
            model.with_user(self.inspector).create({"kind": "final", "production_id": self.production.id})
        process = model.with_user(self.inspector).create({"kind": "process", "production_id": self.production.id})
        with self.assertRaises(InspectionStateError):
            process.kind = "final"

    def test_answers_stay(self):
        """R5.3.2: the answers of a confirmed inspection stay, for everybody."""
        self.passed(self.production)
        line = self.inspection.inspection_lines[:1]
        for env in (line, line.sudo()):
            with self.assertRaises(InspectionClosedError):
                env.write({"notes": "better so"})
        with self.assertRaises(InspectionClosedError):
            line.sudo().unlink()

    def test_facts_stay(self):
        """R5.3.2: a passed inspection cannot be handed to another order."""
        other = self.create_production(self.spec)
        self.passed(self.production)
        for env in (self.inspection, self.inspection.sudo()):
            with self.assertRaises(InspectionClosedError):
                env.write({"production_id": other.id})

    def test_no_paper_measures_nothing(self):
        """R6.1.1: a figure of the paper that is 0 or less passes nothing, where no limit is agreed either."""
        self.made(self.production)
        free = self.answer(self.inspection).inspection_lines.filtered(lambda line: line._is_of_paper() and not line.has_minimum)
        self.assertTrue(free.filtered(lambda line: not line.has_maximum), "every question has a limit: nothing is tried")
        for line in free:
            right = line.quantitative_value
            for figure in (0, -1):
                line.quantitative_value = figure
                with self.subTest(question=line.name, figure=figure), self.assertRaises(InspectionFigureError):
                    self.inspection.action_confirm()
            line.quantitative_value = right
        self.inspection.action_confirm()
        self.assertEqual(self.inspection.state, "success")

    def test_a_question_of_its_own_may_find_none(self):
        """R6.1.1: a question that is none of the paper's figures is answered with zero, with a limit or without one."""
        inspection = self.env["qc.inspection"].with_user(self.inspector)._by_step().create(
            {"kind": "process", "test": self.env.ref("paper_quality.test_final").id, "state": "ready"}
        )
        inspection.inspection_lines = [
            Command.create(
                {"name": name, "question_type": "quantitative", "quantitative_value": 0, "has_minimum": False, **limits}
            )
            for name, limits in (("Breaks", {"has_maximum": False}), ("Specks", {"max_value": 5}))
        ]
        inspection.action_confirm()
        self.assertEqual(inspection.state, "success")

    def test_a_final_inspection_keeps_its_subject(self):
        """R6.1.1: nobody empties the test of a final inspection, nor turns it to something else, before it is confirmed."""
        other = self.create_production(self.spec)
        for env in (self.inspection, self.inspection.sudo()):
            for values in ({"test": False}, {"production_id": other.id}, {"paper_spec_id": False}, {"object_id": False}):
                with self.subTest(values=values), self.assertRaises(InspectionClosedError):
                    env.write(values)

    def test_limits_stay(self):
        """R6.1.1: the inspector answers the questions, he does not set them."""
        line = self.inspection.inspection_lines.filtered("has_maximum")[:1]
        for vals in ({"max_value": 99}, {"has_maximum": False}, {"question_type": "quantitative"}, {"success": True}):
            with self.assertRaises(InspectionStateError):
                line.write(vals)
        with self.assertRaises(InspectionStateError):
            line.unlink()
        with self.assertRaises(InspectionStateError):
            line.copy()

    def test_answer_of_another_question(self):
        """R6.1.1: an OK of another question is no answer."""
        other = self.env["qc.test.question.value"].create({"name": "Fine", "ok": True})
        line = self.inspection.inspection_lines.filtered(lambda rec: rec.question_type == "qualitative")
        with self.assertRaises(InspectionStateError):
            line.qualitative_value = other

    def test_results_are_facts(self):
        """R5.3.2: neither a passed nor a failed inspection is cancelled."""
        self.failed(self.production)
        with self.assertRaises(InspectionStateError):
            self.inspection.action_cancel()
        self.assertEqual(self.inspection.state, "failed")

    def test_approving_what_passed_changes_nothing(self):
        """R5.3.2: approving needs a result that waits."""
        self.passed(self.production)
        self.inspection.action_approve()
        self.assertEqual(self.inspection.state, "success")
        self.assertFalse(self.inspection.approver_id)
        fresh = self.create_production(self.spec).inspection_ids.with_user(self.inspector)
        with self.assertRaises(InspectionStateError):
            self.answer(fresh).action_approve()

    def test_remove_two(self):
        """R5.3.2: two draft inspections are removed together."""
        model = self.env["qc.inspection"].with_user(self.inspector)
        pair = model.create([{"kind": "process"}, {"kind": "process"}])
        pair.unlink()
        self.assertFalse(pair.exists())

from odoo import fields
from odoo.addons.paper_base.tests.forging import assert_not_forged
from odoo.addons.paper_quality.exceptions import InspectionRightError, InspectionStateError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestQualitySteps(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.create_production(cls.create_spec())
        cls.final = cls.production.inspection_ids
        cls.people = cls.inspector | cls.env.ref("base.user_admin")

    def test_a_result_is_not_forged(self):
        """R5.3.2, R6.1.1: no result, inspector or approver is written, on whatever path."""
        process = self.env["qc.inspection"].with_user(self.inspector).create({"kind": "process"})
        forged = {
            "state": "success",
            "success": True,
            "inspector_id": self.worker.id,
            "approver_id": self.worker.id,
            "date_done": fields.Datetime.to_datetime("2026-01-01 08:00:00"),
        }
        assert_not_forged(self, process.with_env(self.env), forged, self.people, {"kind": "process"})

    def test_a_final_inspection_is_not_forged(self):
        """R6.1.1: a final inspection comes with its order, and none that passed is made by a default in the context."""
        given = {"production_id": self.production.id}
        for user in self.people:
            model = self.env["qc.inspection"].with_user(user)
            for path, attempt in {
                "defaults": lambda m=model: m.with_context(default_kind="final", default_state="success").create(dict(given)),
                "create": lambda m=model: m.create({"kind": "final", **given}),
                "sudo": lambda m=model: m.sudo().create({"kind": "final", **given}),
                "copy": lambda m=model: self.final.with_env(m.env).copy(),
                "write": lambda m=model: m.create({"kind": "process"}).write({"kind": "final", **given}),
                "import": lambda m=model: self._import(m),
            }.items():
                with self.subTest(user=user.login, path=path), self.assertRaises(UserError):
                    attempt()
        self.assertEqual(self.production.inspection_ids, self.final)
        self.assertTrue(self.production._inspection_problems(self.env["stock.lot"]))

    def _import(self, model):
        result = model.load(["kind", "production_id/.id"], [["Final", str(self.production.id)]])
        if not result["ids"]:
            raise InspectionStateError(result["messages"][0]["message"])

    def test_another_kind(self):
        """R6.1.1: a final inspection stays one."""
        with self.assertRaises(InspectionStateError):
            self.final.with_user(self.inspector).sudo().kind = "process"

    def test_limits_are_not_forged(self):
        """R6.1.1: neither rights nor defaults let an inspector set the questions of a final inspection."""
        line = self.final.inspection_lines.filtered(lambda rec: rec.question_type == "quantitative")[:1]
        for own in (line.with_user(self.inspector), line.with_user(self.inspector).sudo()):
            for vals in ({"max_value": 9999.0}, {"success": True}, {"has_maximum": not line.has_maximum}):
                with self.subTest(vals=vals), self.assertRaises(InspectionStateError):
                    own.write(vals)
            with self.assertRaises(InspectionStateError):
                own.with_context(default_inspection_id=self.final.id).create({"name": "Mine"})
            with self.assertRaises(InspectionStateError):
                own.unlink()
        line.with_user(self.inspector).quantitative_value = 80

    def test_buttons(self):
        """R5.3.2: quality sees the buttons of the steps that are possible, others none."""
        own, other = self.final.with_user(self.inspector), self.final.with_user(self.seller)
        self.assertEqual((own.can_confirm, own.can_cancel, own.can_approve, own.can_draft), (True, True, False, False))
        self.assertFalse(other.can_confirm or other.can_cancel or other.can_approve)
        with self.assertRaises(InspectionRightError):
            other.sudo().action_cancel()
        own.action_cancel()
        self.assertEqual((own.can_draft, own.can_confirm), (True, False))
        own.action_draft()
        self.assertTrue(own.can_todo)

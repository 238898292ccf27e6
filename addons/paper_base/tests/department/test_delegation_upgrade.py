from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools.misc import file_path

from ..common import PaperCommon

OLD = "paper_order_evaluation"


@tagged("post_install", "-at_install")
class TestDelegationUpgrade(PaperCommon):
    def _migrate(self):
        script = file_path("paper_base/migrations/19.0.1.1.2/pre-delegation.py")
        load_script(script, "pre_delegation").migrate(self.env.cr, "19.0.1.1.1")
        self.env.invalidate_all()

    def _names(self):
        """Return ``{name: module}`` of all that is known by a name of its own of the delegation."""
        self.env.cr.execute(
            "SELECT name, module FROM ir_model_data WHERE strpos(name, 'paper_delegation') > 0 AND module IN ('paper_base', %s)",
            [OLD],
        )
        return dict(self.env.cr.fetchall())

    def test_absences_leave_the_evaluation(self):
        """R3.3.1: absences that the evaluation panel kept stay as they are, and stay when the evaluation goes."""
        cr = self.env.cr
        absence = self.env["paper.delegation"].with_user(self.manager).create(
            {"user_id": self.salesman.id, "stand_in_id": self.manager.id, "date_from": "2026-03-02", "date_to": "2026-03-06"}
        )
        self.env.flush_all()
        # Where the evaluation is installed as well, it knows the parts that it extends by names of its own.
        cr.execute("DELETE FROM ir_model_data WHERE strpos(name, 'paper_delegation') > 0 AND module = %s", [OLD])
        names = self._names()
        field = self.env["ir.model.fields"]._get("paper.delegation", "seat")
        # As it was before; what it inherits since was not there.
        cr.execute("UPDATE paper_delegation SET seat = 'cost' WHERE id = %s", [absence.id])
        cr.execute("ALTER TABLE paper_delegation RENAME COLUMN seat TO dimension")
        cr.execute("UPDATE ir_model_fields SET name = 'dimension' WHERE id = %s", [field.id])
        cr.execute(
            """UPDATE ir_model_data SET module = %s, name = replace(name, '__seat', '__dimension')
                WHERE strpos(name, 'paper_delegation') > 0 AND strpos(name, 'evidence') = 0 AND module = 'paper_base'""",
            [OLD],
        )
        self.assertIn("field_paper_delegation__dimension", self._names())
        for _run in range(2):
            self._migrate()
        self.assertEqual(self._names(), names)
        self.assertEqual(set(names.values()), {"paper_base"})
        self.assertEqual((absence.seat, absence.user_id, absence.stand_in_id), ("cost", self.salesman, self.manager))
        self.assertEqual(field.name, "seat")
        constraint = self.env["ir.model.constraint"].search([("model.model", "=", "paper.delegation")])
        self.assertEqual(set(constraint.module.mapped("name")), {"paper_base"})

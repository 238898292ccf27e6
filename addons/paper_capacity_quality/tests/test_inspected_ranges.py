from unittest.mock import patch

from odoo import Command, fields
from odoo.addons.paper_capacity.tests.common import CapacityCommon
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

BRIGHTNESS = (86, 87, 88, 87, 87)


@tagged("post_install", "-at_install")
class TestInspectedRanges(CapacityCommon):
    """The case of readme/DESCRIPTION.md: five readings of brightness on paper of PM1."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paper_inspected_least = 5
        cls.capability = cls._make_capability(cls.machine)
        if "paper.production.plan" in cls.env:  # what may be made before it is planned has tests of its own
            cls.startClassPatcher(patch.object(cls.registry["mrp.production"], "_check_produce", lambda productions: None))
        cls.inspector = new_test_user(cls.env, "ranges_inspector", groups="paper_base.group_quality")
        cls.approver = new_test_user(cls.env, "ranges_approver", groups="paper_base.group_quality")

    @classmethod
    def _limits(cls, minimum=80):
        return [Command.create({"name": "Brightness", "unit": "%", "has_minimum": True, "minimum": minimum})]

    @classmethod
    def _inspect(cls, *readings, passed=True, **spec):
        """Make and inspect paper on PM1, an order for each reading of its brightness."""
        for reading in readings:
            production = cls.env["mrp.production"].create(
                {
                    "product_id": cls.paper.id,
                    "product_qty": 1,
                    "product_uom_id": cls.tonne.id,
                    "bom_id": cls.bom.id,
                    "paper_spec_id": cls._make_spec(**{"limit_ids": cls._limits(), **spec}).id,
                }
            )
            production.action_confirm()
            inspection = production.sudo().inspection_ids.with_user(cls.inspector)
            for line in inspection.inspection_lines:
                if line.question_type == "qualitative":
                    line.qualitative_value = line.possible_ql_values.filtered("ok")[:1]
                else:
                    line.quantitative_value = reading if line.name == "Brightness" else line.max_value or line.target or 5
            production.qty_producing = 1
            production.workorder_ids.button_finish()
            inspection.action_confirm()
            if not passed:
                inspection.with_user(cls.approver).action_approve()

    def _row(self, name="Brightness"):
        self.env.invalidate_all()
        return next((row for row in self.capability.inspected_ids if row.name == name), None)

    def _technical(self, minimum, **spec):
        """Return what PM1 answers to a limit of brightness."""
        asked = self._make_spec(**{"limit_ids": self._limits(minimum), **spec})._asked_properties()
        return next(self.capability._check_property(item) for item in asked if item["name"] == "Brightness")

    def test_range_by_hand(self):
        """R3.3.4: mean and two standard deviations of the readings of passed inspections are what the machine reaches."""
        self._inspect(*BRIGHTNESS)
        row = self._row()
        self.assertEqual((row.readings, row.unit, row.grade_id), (5, "%", self.grade))
        self.assertAlmostEqual(row.minimum, 85.5858, 2)
        self.assertAlmostEqual(row.maximum, 88.4142, 2)

    def test_who_reads_it(self):
        """R3.3.4: every department reads what inspections say of a machine, no customer, no other company; nobody writes it."""
        self._inspect(*BRIGHTNESS)
        self.env.flush_all()
        seen = self.capability.with_user(self.people["technical"]).inspected_ids
        self.assertIn("Brightness", seen.mapped("name"))
        with self.assertRaises(AccessError):
            seen.write({"mean": 1})
        portal = new_test_user(self.env, "ranges_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["paper.machine.inspected"].with_user(portal).search([])
        other = self.env["res.company"].create({"name": "Other mill"})
        stranger = new_test_user(
            self.env, "ranges_stranger", groups="paper_base.group_technical", company_id=other.id, company_ids=other.ids
        )
        self.assertFalse(self.env["paper.machine.inspected"].with_user(stranger).search([]))

    def test_orders_are_checked_against_it(self):
        """R3.3.4: a limit within which the readings lie can be kept, one that cuts them cannot; it says by how many."""
        self._inspect(*BRIGHTNESS)
        check = self._technical(85)
        self.assertEqual((check["ok"], check["inspected"]), (True, 5))
        self.assertEqual(self._technical(86)["ok"], False)
        # Nobody measured this on another grade.
        other = self.env["paper.grade"].create({"name": "Kraft"})
        self.assertIsNone(self._technical(85, grade_id=other.id)["ok"])

    def test_recorded_comes_first(self):
        """R3.3.4: a range that the technical department recorded counts, whatever was measured."""
        self._inspect(*BRIGHTNESS)
        technical = self.capability.with_user(self.people["technical"])
        technical.action_propose_limits()
        limit = self.capability.limit_ids.filtered(lambda rec: rec.name == "Brightness")
        self.assertAlmostEqual(limit.minimum, 85.5858, 2)
        limit.minimum = 80
        check = self._technical(85)
        self.assertEqual(check["ok"], False)
        self.assertNotIn("inspected", check)

    def test_what_does_not_count(self):
        """R3.3.4: failed and old inspections, too few readings, and figures that each order sets are no quality of a machine."""
        self._inspect(*BRIGHTNESS[:4])
        self._inspect(70, passed=False)
        self.assertFalse(self._row())
        self._inspect(BRIGHTNESS[4])
        self.assertTrue(self._row())
        self.assertFalse(self._row("Basis Weight"))
        self.company.paper_inspected_days = 1
        inspections = self.env["qc.inspection"].search([("inspection_lines.name", "=", "Brightness")])
        self.env.cr.execute(
            "UPDATE qc_inspection SET date_done = %s WHERE id IN %s",
            (fields.Datetime.subtract(fields.Datetime.now(), days=3), tuple(inspections.ids)),
        )
        self.assertFalse(self._row())

    def test_of_each_machine_its_own(self):
        """R3.3.4: what was made on one machine says nothing of another; one query tells it of all."""
        second = self._make_capability(self.machine.copy({"name": "PM2"}))
        self._inspect(*BRIGHTNESS)
        both = self.capability | second

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            some._inspected_ranges()  # companies and settings are read
            some.invalidate_recordset()
            self.env["paper.machine.inspected"].invalidate_model()
            before = self.env.cr.sql_log_count
            found = some._inspected_ranges()
            return self.env.cr.sql_log_count - before, found

        one, _found = queries(self.capability)
        two, found = queries(both)
        self.assertEqual(two, one)
        self.assertEqual([bool(found[self.capability]), bool(found[second])], [True, False])

    def test_settings(self):
        """R3.3.4: period, least number and spread are settings of the company."""
        self._inspect(*BRIGHTNESS)
        self.company.paper_inspected_spread = 3
        self.assertAlmostEqual(self._row().minimum, 87 - 3 * 0.7071, 2)
        self.company.paper_inspected_least = 6
        self.assertFalse(self._row())
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.company.paper_inspected_least = 1
            self.env.flush_all()

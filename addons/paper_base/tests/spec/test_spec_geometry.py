from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...exceptions import ImplausibleValueError, SpecGeometryError
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestSpecGeometry(PaperCommon):
    def test_contradictions_are_refused_on_create(self):
        """R3.1.1: figures that contradict each other cannot be a specification, and the message names both."""
        cases = [
            (self._prepare_reel(core_diameter=1000), "1000"),
            (self._prepare_reel(core_diameter=1200), "1200"),
            (self._prepare_reel(core_outside_diameter=1000), "1000"),
            (self._prepare_reel(core_diameter=76, core_outside_diameter=76), "76"),
            (self._prepare_reel(core_diameter=100, core_outside_diameter=90), "90"),
            (self._prepare_reel(reel_diameter_min=1100), "1100"),
            (self._prepare_reel(length=500), "500"),
            (self._prepare_reel(reel_diameter_max=0, reel_diameter_min=70), "70"),
        ]
        for values, named in cases:
            with self.subTest(values=values), self.assertRaises(SpecGeometryError) as caught:
                self.env["paper.spec"].create(values)
            self.assertIn(named, caught.exception.args[0])

    def test_contradictions_are_refused_on_write(self):
        """R3.1.1: nor can a possible specification become an impossible one."""
        reel = self._create_reel(reel_diameter_min=900)
        sheet = self._create_sheet()
        for spec, values in [
            (reel, {"core_diameter": 900}),
            (reel, {"reel_diameter_max": 800}),
            (reel, {"reel_diameter_min": 1001}),
            (reel, {"length": 10}),
            (sheet, {"format": "reel"}),
        ]:
            with self.subTest(values=values), self.assertRaises(SpecGeometryError):
                spec.write(values)

    @mute_logger("odoo.sql_db")
    def test_negative_figures_are_refused(self):
        """R3.1.1: no figure of a paper is below zero; the salesperson gets a sentence, not a crash."""
        names = ["basis_weight", "caliper", "width", "reel_diameter_min", "reel_diameter_max", "core_diameter"]
        names += ["core_outside_diameter", "reel_length", "sheets_per_ream", "tolerance_minus", "tolerance_plus"]
        specs = self.env["paper.spec"].with_user(self.salesman)
        for name in names:
            with self.subTest(name=name), self.assertRaises(IntegrityError):
                specs.create(self._prepare_reel(**{name: -1}))
            with self.subTest(name=name, path="import"):
                result = specs.load(["format", "grade_id/.id", name], [["reel", str(self.offset.id), "-1"]])
                self.assertFalse(result["ids"])
                self.assertTrue(result["messages"])

    def test_the_widest_deckle(self):
        """R3.1.1: a web wider than the mill's widest machine is refused; 0 switches the check off."""
        self.env.company.paper_max_deckle = 3200
        self._create_reel(width=3200)
        with self.assertRaises(SpecGeometryError) as caught:
            self._create_reel(width=3201)
        self.assertIn("3201", caught.exception.args[0])
        self.assertIn("3200", caught.exception.args[0])
        self.env.company.paper_max_deckle = 0
        self._create_reel(width=9000)

    def test_an_incomplete_specification_is_kept(self):
        """R3.1.1: what the customer has not said yet is missing, not wrong."""
        spec = self.env["paper.spec"].create({"format": "sheet"})
        self.assertEqual(spec._contradictions(), [])
        self.assertEqual(set(spec._missing_figures()), {"grade_id", "basis_weight", "width", "length"})
        reel = self.env["paper.spec"].create({"format": "reel", "basis_weight": 80})
        self.assertEqual(set(reel._missing_figures()), {"grade_id", "width", "reel_diameter_max", "core_diameter"})
        self.assertEqual(self._create_sheet()._missing_figures(), [])
        self.assertEqual(self._create_reel()._missing_figures(), [])

    def test_the_message_names_the_field_in_words(self):
        """R3.1.1: a refused figure is named by its label, in the user's language."""
        with self.assertRaises(ImplausibleValueError) as caught:
            self.env["paper.spec"].create(self._prepare_reel(width=1e300))
        self.assertIn("Width", caught.exception.args[0])
        self.assertNotIn("width_mm", caught.exception.args[0])

    def test_limits_run_from_minimum_to_maximum(self):
        """R3.1.1: a quality limit whose minimum is above its maximum is refused."""
        limit = {"name": "Basis weight", "has_minimum": True, "minimum": 77, "has_maximum": True, "maximum": 83}
        spec = self._create_sheet(limit_ids=[(0, 0, limit)])
        with self.assertRaises(SpecGeometryError):
            spec.limit_ids.minimum = 84
        spec.limit_ids.write({"has_maximum": False, "minimum": 84})

    def test_the_form_of_a_salesperson(self):
        """R3.1.1: sales makes a specification in the form; another department only reads it."""
        form = Form(self.env["paper.spec"].with_user(self.salesman))
        form.format = "sheet"
        form.basis_weight = 60
        form.width = 787
        form.length = 1092
        spec = form.save()
        self.assertAlmostEqual(spec.ream_weight, 25.782, 3)
        workshop = self._create_user("t_workshop", "paper_base.group_workshop")
        self.assertEqual(spec.with_user(workshop).width, 787)
        with self.assertRaises(AccessError):
            spec.with_user(workshop).width = 700
        with self.assertRaises(AccessError):
            spec.with_user(workshop).copy()

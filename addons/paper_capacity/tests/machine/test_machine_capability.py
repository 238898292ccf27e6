from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...exceptions import CapabilityError
from ..common import CapacityCommon


@tagged("post_install", "-at_install")
class TestMachineCapability(CapacityCommon):
    """PM1 makes 60 to 120 g/m² of offset, 2,400 mm wide."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.capability = cls._make_capability(cls.machine)

    def test_what_is_asked_of_a_machine(self):
        """R3.3.4: each property of a specification is answered by yes, no, or not known."""
        spec = self._make_spec(basis_weight=130, finish="Calendered")
        answers = {item["name"]: self.capability._check_property(item) for item in spec._asked_properties()}
        self.assertIs(answers["width"]["ok"], True)
        self.assertEqual((answers["basis_weight"]["ok"], answers["basis_weight"]["nearest"]), (False, 120))
        self.assertIsNone(answers["finish"]["ok"])

    def test_machine_figures_must_make_sense(self):
        """R3.3.4: a range that runs backwards, a core that is no number, a trim beyond the deckle are refused."""
        for values in (
            {"basis_weight_min": 130},
            {"core_sizes": "three inch"},
            {"deckle": 2000},
        ):
            with self.subTest(values=values), self.assertRaises(CapabilityError):
                self.capability.write(values)

    def test_who_keeps_machine_data(self):
        """R3.3.4: the technical department keeps what the machines can make; every department reads it."""
        self.capability.with_user(self.people["technical"]).trim_width = 2300
        with self.assertRaises(AccessError):
            self.capability.with_user(self.people["capacity"]).trim_width = 2200
        self.assertTrue(self.capability.with_user(self.people["capacity"]).trim_width)
        portal = new_test_user(self.env, "eval_tech_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.capability.with_user(portal).read(["trim_width"])

    def test_ranges_from_inspections(self):
        """R3.3.4: ranges that past inspections show are proposed where nothing is recorded yet; here there are none."""
        with self.assertRaises(CapabilityError):
            self.capability.with_user(self.people["technical"]).action_propose_limits()
        kind = type(self.capability)
        item = {
            "name": "Brightness", "unit": "%", "grade_id": False, "minimum": 85, "maximum": 88,
            "count": 12, "from": "2026-01-01", "to": "2026-02-28",
        }  # fmt: skip
        self.patch(kind, "_inspected_ranges", lambda machines: {machine: [item] for machine in machines})
        self.capability.with_user(self.people["technical"]).action_propose_limits()
        self.assertEqual(self.capability.limit_ids._range(), (85, 88))
        self.assertIn("12", self.capability.limit_ids.source)

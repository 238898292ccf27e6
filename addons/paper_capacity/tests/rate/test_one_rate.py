from odoo import Command
from odoo.tests import tagged

from ...exceptions import CapabilityError
from ..common import CapacityCommon


@tagged("post_install", "-at_install")
class TestOneRate(CapacityCommon):
    """PM1 makes 80 g/m² at 800 m/min, 2,400 mm wide; the routing says an hour a tonne."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.capability = cls._make_capability(
            cls.machine,
            efficiency=90,
            broke_percent=5,
            speed_ids=[Command.create({"basis_weight_from": 60, "basis_weight_to": 90, "speed": 800})],
        )
        # Three times 787 of 2,400 mm: 80 g/m² x 2.361 m x 800 m/min x 60 x 90 %, 5 % broke.
        cls.rate = 80 * 2.361 * 800 * 60 / 1000 * 0.9 * 0.95

    def _production(self, tonnes=10, **spec):
        order = self._make_order(tonnes=tonnes)
        if spec:
            order.order_line.paper_spec_id = self._make_spec(**spec)
        production = self.env["mrp.production"].create(
            {
                "product_id": self.paper.id,
                "product_qty": tonnes,
                "product_uom_id": self.tonne.id,
                "bom_id": self.bom.id,
                "sale_line_id": order.order_line.id,
            }
        )
        production.action_confirm()
        return production

    def test_of_the_work_order(self):
        """R3.3.2: a work order takes the time in which the machine makes the paper, not the hour a tonne of the routing."""
        self.assertAlmostEqual(self._production().workorder_ids.duration_expected, 10000 / self.rate * 60, delta=0.02)
        # Twice the weight of a square metre is twice the paper a minute; nobody recorded a speed for it.
        self.assertAlmostEqual(self._production(basis_weight=100).workorder_ids.duration_expected, 600)
        self.capability.speed_ids.basis_weight_to = 0
        self.assertAlmostEqual(
            self._production(basis_weight=100).workorder_ids.duration_expected, 10000 / self.rate * 0.8 * 60, delta=0.02
        )

    def test_speed_of_a_grade(self):
        """R3.3.2: the speed that is recorded for a grade comes before the one for all."""
        other = self.env["paper.grade"].create({"name": "Copy"})
        self.capability.grade_ids += other
        self.capability.speed_ids = [Command.create({"basis_weight_from": 60, "speed": 400, "grade_id": self.grade.id})]
        spec = self._make_spec()
        self.assertAlmostEqual(self.machine._paper_rate(spec).good, self.rate / 2)
        spec.grade_id = other
        self.assertAlmostEqual(self.machine._paper_rate(spec).good, self.rate)

    def test_bad_figures_are_named(self):
        """R3.3.2: a paper without weight, a speed without width, a narrowest reel wider than the web: each is told with its
        place."""
        with self.assertRaises(CapabilityError) as caught:
            self.machine._paper_rate(self._make_spec(basis_weight=0, caliper=0))
        self.assertIn("no basis weight", str(caught.exception))
        with self.assertRaises(CapabilityError) as caught:
            self.capability.reel_width_min = 2500
        self.assertIn("PM1", str(caught.exception))
        with self.assertRaises(CapabilityError):
            self.capability.refused_grade_ids = self.grade
        self.capability.trim_width = 0
        with self.assertRaises(CapabilityError) as caught:
            self.machine._paper_rate(self._make_spec())
        self.assertIn("no width", str(caught.exception))

    def test_winder_of_known_speed(self):
        """R3.3.2: a winder makes no web, but takes the time in which it runs through, where somebody recorded how fast."""
        winder = self.machine.copy({"name": "Winder"})
        capability = self._make_capability(winder, makes_web=False)
        spec = self._make_spec()
        self.assertFalse(winder._paper_rate(spec))
        capability.speed_ids = [Command.create({"basis_weight_from": 60, "speed": 1600})]
        self.assertAlmostEqual(winder._paper_rate(spec).good, 80 * 2.361 * 1600 * 60 / 1000)
        # Base paper is as wide as the web: no width of it is trim.
        self.assertAlmostEqual(winder._paper_rate(spec, full_web=True).good, 80 * 2.4 * 1600 * 60 / 1000)

    def test_what_it_cannot_make(self):
        """R3.3.4: a machine refuses what is known not to go through it, and nothing that nobody recorded."""
        self.capability.write({"reel_width_min": 500})
        for values in ({"basis_weight": 125}, {"width": 2500}, {"width": 450}, {"core_diameter": 70}):
            self.assertFalse(self.machine._paper_can_make(self._make_spec(**values)), values)
        self.assertTrue(self.machine._paper_can_make(self._make_spec()))
        kraft = self.env["paper.grade"].create({"name": "Kraft"})
        self.capability.grade_ids = False
        self.assertTrue(self.machine._paper_can_make(self._make_spec(grade_id=kraft.id)))
        self.capability.refused_grade_ids = kraft
        self.assertFalse(self.machine._paper_can_make(self._make_spec(grade_id=kraft.id)))
        self.assertTrue(self.machine.copy({"name": "PM2"})._paper_can_make(self._make_spec(basis_weight=125)))

    def test_hand_changed_machine(self):
        """R5.1.2: nobody moves a work order by hand to a machine that cannot make its paper; it says what and why."""
        heavy = self.machine.copy({"name": "PM2"})
        self._make_capability(heavy, basis_weight_min=90, basis_weight_max=250)
        work = self._production().workorder_ids
        with self.assertRaises(CapabilityError) as caught:
            work.workcenter_id = heavy
        for word in ("PM2", "80 g/m²", "90 – 250"):
            self.assertIn(word, str(caught.exception))

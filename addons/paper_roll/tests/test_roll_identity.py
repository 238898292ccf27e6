from odoo.tests import tagged

from ..exceptions import RollFigureError, RollNumberError, RollTooHeavyError
from .common import PaperRollCommon


@tagged("post_install", "-at_install")
class TestRollIdentity(PaperRollCommon):
    def test_what_cannot_be_is_refused(self):
        """R5.3.2, R6.1.1: a figure below zero, a tare above the gross weight, a core as wide as its roll are no roll."""
        for figures in (
            {"paper_width": -1},
            {"paper_joints": -1},
            {"paper_position": -2},
            {"paper_gross_kg": -5},
            {"paper_gross_kg": 10, "paper_tare_kg": 11},
            {"paper_core": 300, "paper_diameter": 300},
        ):
            with self.subTest(figures=figures), self.assertRaises(RollFigureError), self.env.cr.savepoint():
                self.roll("BAD", **figures)

    def test_a_roll_is_no_heavier_than_its_geometry(self):
        """R6.1.1: a roll weighs no more than its geometry and the mill's tolerance say; a pallet has no such weight."""
        self.company.paper_roll_overweight = 2
        shape = {"paper_width": 787, "paper_length": 9788}  # 616.25 kg at 80 g/m²
        self.assertAlmostEqual(self.roll("OK", net=628, **shape).paper_net_kg, 628)
        with self.assertRaisesRegex(RollTooHeavyError, "628.6 kg"):
            self.roll("HEAVY", net=629, **shape)
        self.assertTrue(self.roll("PALLET", "pallet", net=900, **shape))

    def test_weight_is_gross_without_tare(self):
        """R6.1.2: the net weight is figured out, and nobody writes it."""
        roll = self.roll("R1", net=500, paper_tare_kg=12.5)
        self.assertEqual(roll.paper_net_kg, 487.5)

    def test_a_number_is_given_once(self):
        """R6.1.2: no two rolls have one number, though they be of different papers; batches of manufacturing orders may."""
        other = self.create_paper("Kraft")
        self.roll("R1")
        for vals in ({"product_id": other.id}, {"product_id": other.id, "paper_kind": "jumbo"}):
            with self.assertRaises(RollNumberError), self.env.cr.savepoint():
                self.roll("R1", **vals)
        batch = self.roll("R1", kind=False, product_id=other.id)
        with self.assertRaises(RollNumberError), self.env.cr.savepoint():
            batch.paper_kind = "roll"
        second = self.roll("R2")
        with self.assertRaises(RollNumberError), self.env.cr.savepoint():
            second.name = "R1"
        with self.assertRaises(RollNumberError), self.env.cr.savepoint():
            self.env["stock.lot"].create(
                [{"name": "R9", "product_id": product.id, "paper_kind": "roll"} for product in (self.paper, other)]
            )

    def test_what_a_roll_is_is_entered_while_nobody_decided(self):
        """R6.1.2: the workshop enters a roll; when it is released, quality alone mends its figures."""
        roll = self.roll("R1", net=100)
        roll.with_user(self.winder).paper_width = 800
        self.give(roll, "sale")
        with self.assertRaises(RollFigureError):
            roll.with_user(self.winder).paper_width = 700
        roll.with_user(self.inspector).paper_width = 790
        self.assertEqual(roll.paper_width, 790)

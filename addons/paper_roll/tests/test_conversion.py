from odoo import Command
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..exceptions import (
    ConversionError,
    MassBalanceError,
    RollKeptError,
    RollLineError,
    RollNumberError,
    RollPlaceError,
    RollTooHeavyError,
    RollUnitError,
)
from .common import PaperRollCommon


@tagged("post_install", "-at_install")
class TestConversion(PaperRollCommon):
    """What the crews enter of winding, rewinding, sheeting and packing: tree, stock and value."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_own_rules(cls, set())
        cls.paper.categ_id = cls.env["product.category"].create({"name": "Paper", "property_cost_method": "average"})
        cls.paper.standard_price = 4.5
        cls.shelf = cls.warehouse.lot_stock_id

    def convert(self, user, lots, operation, pieces, lines=(), **values):
        """Enter a conversion in its dialog, as a person does; return what was made.

        :param lines: what is changed in the lines proposed, one dictionary each
        """
        action = lots.with_user(user).action_convert_rolls()
        dialog = Form(self.env[action["res_model"]].with_user(user).with_context(**action["context"]))
        dialog.operation = operation
        for name, value in values.items():
            setattr(dialog, name, value)
        dialog.pieces = pieces
        for place, vals in enumerate(lines):
            with dialog.line_ids.edit(place) as line:
                for name, value in vals.items():
                    setattr(line, name, value)
        return lots.browse(dialog.save().action_convert()["domain"][0][2])

    def in_stock(self, lots=None):
        """Return how much lies on the shelf, kg: of the article, or ``{lot: kg}``."""
        quants = self.env["stock.quant"].search([("product_id", "=", self.paper.id), ("location_id", "=", self.shelf.id)])
        if lots is None:
            return round(sum(quants.mapped("quantity")), 3)
        own = quants.grouped("lot_id")
        return {lot: round(sum(own.get(lot, quants.browse()).mapped("quantity")), 3) for lot in lots}

    def jumbo_in_stock(self, kg=3600.0, name="J1"):
        jumbo = self.give(self.roll(name, "jumbo", net=kg, paper_width=4800, paper_length=9500), "sale")
        # As an order brings it in, with its value.
        source = self.paper.property_stock_production
        vals = {"product_id": self.paper.id, "location_id": source.id, "location_dest_id": self.shelf.id}
        line = {**vals, "lot_id": jumbo.id, "quantity": kg, "picked": True}
        moves = self.env["stock.move"].create(
            {**vals, "product_uom_qty": kg, "picked": True, "move_line_ids": [Command.create(line)]}
        )
        moves._paper_converting()._action_done()
        return jumbo

    def test_narrower_rolls_are_another_order_s(self):
        """R5.2.2: slit rolls are proposed with the specification of the order that asks for their width, not with that of the
        roll they are cut of; where nobody ordered the width, the crew is asked."""
        narrow = self.spec.copy({"width": 400, "reference": "narrow"})
        customer = self.env["res.partner"].create({"name": "Printer"})
        line = {"product_id": self.paper.id, "paper_spec_id": narrow.id, "paper_quantity": 500, "paper_unit": "kg"}
        self.env["sale.order"].create({"partner_id": customer.id, "order_line": [Command.create(line)]}).action_confirm()
        roll = self.give(self.roll("R1", net=640, paper_width=800, paper_length=10000), "sale")
        self.stock(roll, 640)
        rolls = self.convert(self.winder, roll, "slit", 2)
        self.assertEqual((rolls.mapped("paper_width"), rolls.paper_spec_id), ([400, 400], narrow))
        other = self.give(self.roll("R2", net=640, paper_width=800, paper_length=10000), "sale")
        self.stock(other, 640)
        with self.assertRaisesRegex(RollLineError, "Line 2 .*no open order asks for 300 mm"):
            self.convert(self.winder, other, "slit", 2, [{"width": 400}, {"width": 300}])
        own = self.spec.copy({"width": 300, "reference": "stock"})
        changes = [{"gross_kg": 320}, {"width": 300, "paper_spec_id": own, "gross_kg": 240}]
        rolls = self.convert(self.winder, other, "slit", 2, changes, broke_kg=80)
        self.assertEqual(rolls.paper_spec_id, narrow | own)

    def test_jumbo_to_pallets_as_the_crews_enter_it(self):
        """R5.2.2, R6.1.2, R7.1.1: one jumbo, three sets, 17 rolls for four orders, two rewound, three pallets: forward and
        backward lists agree, stock holds what was made to the kilogram, and its value is that of what was taken."""
        specs = self.spec
        for reference in ("SO2", "SO3", "SO4"):
            specs |= self.spec.copy({"reference": reference})
        jumbo = self.jumbo_in_stock()
        before = self.paper.total_value
        self.assertEqual(before, 16200)
        sets = self.convert(self.winder, jumbo, "wind", 3, broke_kg=30)
        self.assertEqual(sets.mapped("name"), ["J1-1", "J1-2", "J1-3"])
        self.assertEqual(sets.mapped("paper_set_number"), [1, 2, 3])
        rolls = self.env["stock.lot"]
        for own, across in zip(sets, (6, 6, 5), strict=True):
            changes = [{"paper_spec_id": specs[place % 4]} for place in range(across)]
            rolls |= self.convert(self.winder, own, "slit", across, changes)
        self.assertEqual((len(rolls), rolls.paper_spec_id), (17, specs))
        self.assertEqual(rolls[:2].mapped("name"), ["J1-1A", "J1-1B"])
        rewound = self.convert(self.winder, rolls[0], "rewind", 1, broke_kg=8)
        rewound |= self.convert(self.winder, rolls[7], "rewind", 1, broke_kg=8)
        pallets = self.convert(self.keeper, rolls[1:4] | rewound[0], "repack", 1)
        pallets |= self.convert(self.keeper, rolls[4:7] | rewound[1], "repack", 1)
        pallets |= self.convert(self.winder, rolls[12:17], "sheet", 1, broke_kg=50)

        everything = jumbo | sets | rolls | rewound | pallets
        below, above = everything._paper_descendants(), everything._paper_ancestors()
        self.assertEqual(below[jumbo], everything - jumbo)
        self.assertEqual(above[pallets[0]], jumbo | sets[0] | rolls[0:4] | rewound[0])
        self.assertEqual(above[pallets[2]], jumbo | sets[2] | rolls[12:17])
        for parent in everything:
            for child in everything:
                self.assertEqual(child in below[parent], parent in above[child])

        self.assertEqual(self.in_stock(), 3600 - 30 - 16 - 50)
        ends = rolls[8:12] | pallets
        lying = self.in_stock(everything)
        self.assertEqual({lot for lot, kg in lying.items() if kg}, set(ends))
        for lot in ends:
            self.assertAlmostEqual(lying[lot], lot.paper_net_kg, 2)
        self.assertAlmostEqual(self.paper.total_value, before, 1)
        self.assertGreater(self.paper.standard_price, 4.5)
        self.assertEqual(set(ends.mapped("paper_disposition")), {"sale"})
        conversion = pallets[2].paper_parent_link_ids.conversion_id
        self.assertEqual((conversion.user_id, conversion.broke_kg, conversion.difference_kg), (self.winder, 50, 0))
        self.assertEqual(set(conversion.move_ids.mapped("state")), {"done"})

    def test_part_of_a_roll(self):
        """R5.2.2: what stays on the roll stays in stock; the next crew goes on with it."""
        jumbo = self.jumbo_in_stock(1000.0)
        part = self.convert(self.winder, jumbo, "split", 1, left_kg=600)
        self.assertEqual(self.in_stock(jumbo | part), {jumbo: 600, part: 400})
        rest = self.convert(self.winder, jumbo, "split", 1, [{"name": "J1-rest"}])
        self.assertEqual(self.in_stock(jumbo | part | rest), {jumbo: 0, part: 400, rest: 600})

    def test_a_wrong_entry_is_reversed(self):
        """R5.3.1, R6.1.2: a conversion entered wrong is taken back with a reason: tree, weights, stock and value are as before,
        the numbers are free again, and the record tells what it was."""
        jumbo = self.jumbo_in_stock()
        value = self.paper.total_value
        sets = self.convert(self.winder, jumbo, "wind", 3, broke_kg=30)
        rolls = self.convert(self.winder, sets[0], "slit", 2)
        first = sets.paper_parent_link_ids.conversion_id
        with self.assertRaisesRegex(ConversionError, "J1-1 were converted since"):
            first.with_user(self.winder).action_reverse("Wrong jumbo")
        second = rolls.paper_parent_link_ids.conversion_id
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            second.with_user(self.seller).action_reverse("No")
        asked = second.with_user(self.winder).action_reverse()
        self.assertEqual(asked["res_model"], "paper.reason.wizard")
        second.with_user(self.winder).action_reverse("Two cuts, not three")
        self.assertEqual(self.in_stock(sets[0] | rolls), {sets[0]: 1190, **dict.fromkeys(rolls, 0)})
        self.assertEqual(sets[0]._paper_left_kg(), 1190)
        self.assertFalse(sets[0].paper_child_link_ids)
        self.assertEqual((second.state, second.reversed_by_id), ("reversed", self.winder))
        self.assertIn("J1-1 → J1-1A (595 kg)", second.reversed_rolls)
        self.assertEqual(rolls.mapped("paper_disposition"), ["cull", "cull"])
        with self.assertRaises(ConversionError):
            second.with_user(self.winder).action_reverse("Again")
        again = self.convert(self.winder, sets[0], "slit", 3)
        self.assertEqual(again[0].name, "J1-1A")
        self.assertAlmostEqual(self.paper.total_value, value, 1)
        # What has left is not taken back.
        delivery = self.delivery(again[0].paper_net_kg)
        delivery.action_assign()
        delivery.move_ids.move_line_ids.unlink()
        vals = {"lot_id": again[0].id, "quantity": again[0].paper_net_kg, "product_id": self.paper.id, "picked": True}
        self.env["stock.move.line"].create({**vals, "move_id": delivery.move_ids.id, "picking_id": delivery.id})
        lines = delivery.move_ids.move_line_ids
        lines._check_dispositions()
        with self.assertRaises(RollKeptError), self.env.cr.savepoint():
            again.paper_parent_link_ids.conversion_id.with_user(self.winder).action_reverse("Wrong again")

    def test_what_an_order_made_is_not_reversed_here(self):
        """R5.3.1: where an order consumes the rolls and brings in what it makes, its own moves are the goods: they stay."""
        jumbo = self.jumbo_in_stock(100.0)
        parts = jumbo.with_user(self.winder)._paper_convert([{"name": "J1A", "paper_gross_kg": 100}], "slit").with_env(self.env)
        conversion = parts.paper_parent_link_ids.conversion_id
        self.assertFalse(conversion.move_ids)
        self.assertEqual(self.in_stock(jumbo | parts), {jumbo: 100, parts: 0})
        self.stock(parts, 100)
        with self.assertRaisesRegex(ConversionError, "J1A were brought in by an order"):
            conversion.with_user(self.winder).action_reverse("No")

    def test_what_was_kept_is_kept(self):
        """R6.2: what is made of a roll that is kept for a delivery is kept for it; one that is picked is not converted."""
        jumbo = self.jumbo_in_stock(1000.0)
        delivery = self.delivery(1000)
        delivery.action_assign()
        self.assertEqual(delivery.move_line_ids.lot_id, jumbo)
        parts = self.convert(self.winder, jumbo, "split", 2, broke_kg=10)
        self.assertEqual((delivery.move_line_ids.lot_id, delivery.move_ids.quantity), (parts, 990))
        delivery.move_line_ids.picked = True
        with self.assertRaisesRegex(RollKeptError, delivery.name):
            self.convert(self.winder, parts[0], "rewind", 1)

    def test_each_line_that_cannot_be_is_named(self):
        """R5.2.2: what cannot be is refused before anything moves, each line with its number and what is wrong there."""
        jumbo = self.jumbo_in_stock(1000.0)
        other = self.roll("TAKEN", net=10)
        cases = [
            (RollLineError, "Line 1 .*number is missing", [{"name": ""}]),
            (RollLineError, "Line 2: the number J1S1 stands in line 1", [{}, {"name": "J1S1"}]),
            (RollLineError, r"Line 1 \(J1\) would be its own parent", [{"name": "J1"}]),
            (RollLineError, "Line 2 .*weigh it", [{}, {"gross_kg": 0}]),
            (RollLineError, "Line 1 .*Width.*below zero", [{"width": -1}]),
            (RollNumberError, other.name, [{"name": other.name}]),
            (RollTooHeavyError, "J1S1 weighs 500 kg net", [{"length": 100}]),
            (MassBalanceError, "too many", [{"gross_kg": 900}]),
        ]
        for error, words, lines in cases:
            with self.subTest(words), self.assertRaisesRegex(error, words), self.env.cr.savepoint():
                self.convert(self.winder, jumbo, "split", 2, lines)
        self.assertEqual(self.in_stock(jumbo), {jumbo: 1000})
        self.assertFalse(jumbo.paper_child_link_ids)

    def test_units_and_places(self):
        """R5.2.2, R6.1.2: a weight needs an article that is counted by weight; what lies apart is not converted together."""
        pieces = self.create_paper("Paper by the piece")
        pieces.uom_id = self.env.ref("uom.product_uom_unit")
        lot = self.roll("U1", net=100, product_id=pieces.id)
        with self.assertRaisesRegex(RollUnitError, "U1: .*no weight"):
            lot.with_user(self.winder)._paper_convert([{"name": "U2", "paper_gross_kg": 100}], "rewind")
        pack = {"name": "P", "paper_kind": "pallet", "paper_gross_kg": 200}
        first, second = (self.give(self.roll(name, net=100), "sale") for name in ("R1", "R2"))
        self.stock(first, 100)
        with self.assertRaisesRegex(RollPlaceError, "R2 are not in stock, but R1"):
            (first | second).with_user(self.keeper)._paper_convert([pack], "repack", with_goods=True)
        place = self.env["stock.location"].create({"name": "Far", "location_id": self.shelf.id})
        self.env["stock.quant"].sudo()._update_available_quantity(self.paper, place, 100, lot_id=second)
        with self.assertRaisesRegex(RollPlaceError, "different places"):
            (first | second).with_user(self.keeper)._paper_convert([pack], "repack", with_goods=True)
        tonnes = self.create_paper("Paper by the tonne")
        tonnes.uom_id = self.env.ref("uom.product_uom_ton")
        heavy = self.give(self.roll("T1", net=2000, product_id=tonnes.id), "sale")
        self.env["stock.quant"].sudo()._update_available_quantity(tonnes, self.shelf, 2, lot_id=heavy)
        parts = self.convert(self.winder, heavy, "split", 2)
        self.assertEqual(parts.mapped("product_qty"), [1, 1])

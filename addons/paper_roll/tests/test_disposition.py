from odoo import Command
from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..exceptions import DispositionError, DispositionRightError, RollNotForSaleError
from .common import PaperRollCommon

OTHERS = ("pending", "held", "rework", "downgrade", "cull", "broke")


@tagged("post_install", "-at_install")
class TestDisposition(PaperRollCommon):
    def test_who_stops_and_who_decides(self):
        """R5.3.2, R6.1.1: whoever sees a fault stops the roll with a reason; what becomes of it quality decides."""
        roll = self.roll("R1")
        self.assertTrue(roll.with_user(self.winder).can_hold)
        self.assertFalse(roll.with_user(self.winder).can_release)
        asked = roll.with_user(self.winder).action_hold()
        self.assertEqual(asked["res_model"], "paper.reason.wizard")
        roll.with_user(self.winder).action_hold("Streak, drive side")
        self.assertEqual(
            (roll.paper_disposition, roll.paper_disposition_reason, roll.paper_disposition_by_id),
            ("held", "Streak, drive side", self.winder),
        )
        self.assertTrue(roll.paper_disposition_on)
        for method in ("action_release", "action_downgrade", "action_rework", "action_cull", "action_make_broke"):
            with self.assertRaises(DispositionRightError), self.env.cr.savepoint():
                getattr(roll.with_user(self.winder), method)("Because")
        roll.with_user(self.inspector).action_make_broke("Streak throughout")
        with self.assertRaises(DispositionError), self.env.cr.savepoint():
            roll.with_user(self.inspector).action_hold("Too late")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.roll("R2").with_user(self.seller).action_hold("No")

    def test_only_steps_change_it(self):
        """R6.1.1: no create, write, copy, default nor import makes a roll fit for sale."""
        roll = self.roll("R1")
        lots = self.env["stock.lot"].with_user(self.keeper)
        vals = {"name": "R2", "product_id": self.paper.id}
        for attempt in (
            lambda: roll.with_user(self.keeper).write({"paper_disposition": "sale"}),
            lambda: lots.create({**vals, "paper_disposition": "sale"}),
            lambda: roll.with_user(self.inspector).write({"paper_disposition": "sale"}),
            lambda: roll.with_user(self.env.ref("base.user_admin")).write({"paper_disposition_by_id": self.inspector.id}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.assertEqual(lots.with_context(default_paper_disposition="sale").create(vals).paper_disposition, "pending")
        self.give(roll, "sale")
        self.assertEqual(roll.copy({"name": "R3"}).paper_disposition, "pending")

    def test_only_what_is_for_sale_is_reserved(self):
        """R6.1.1, R6.2: of everything in stock a delivery gets what is for sale, whatever else lies there."""
        lots = {name: self.give(self.roll(f"R-{name}"), name) for name in (*OTHERS, "sale")}
        for lot in lots.values():
            self.stock(lot, 100)
        picking = self.delivery(700)
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, lots["sale"])
        self.assertEqual(picking.move_ids.quantity, 100)
        # By whatever way somebody names another roll.
        for name in OTHERS:
            lot = lots[name]
            line = {
                "move_id": picking.move_ids.id,
                "lot_id": lot.id,
                "quantity": 5,
                "picking_id": picking.id,
                "product_id": self.paper.id,
            }
            for attempt in (
                lambda line=line: self.env["stock.move.line"].create(line),
                lambda lot=lot: picking.move_line_ids.write({"lot_id": lot.id}),
                lambda line=line: picking.write({"move_line_ids": [Command.create(line)]}),
                lambda lot=lot: picking.move_ids.write({"lot_ids": [Command.link(lot.id)]}),
            ):
                with self.subTest(disposition=name), self.assertRaises(RollNotForSaleError), self.env.cr.savepoint():
                    attempt()

    def test_no_way_around(self):
        """R6.1.1, R6.2: neither an import, a place that leads to a customer, an exchange of the roll in a picked line, nor a
        count makes a held roll leave; within the mill it may be put elsewhere."""
        held, good = self.give(self.roll("HELD"), "held"), self.give(self.roll("GOOD"), "sale")
        for lot in (held, good):
            self.stock(lot, 100)
        picking = self.delivery(100)
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, good)
        picking.move_line_ids.picked = True
        lines = self.env["stock.move.line"]
        row = [picking.id, picking.move_ids.id, self.paper.id, held.id, 5]
        names = ["picking_id/.id", "move_id/.id", "product_id/.id", "lot_id/.id", "quantity"]
        result = lines.load(names, [[str(value) for value in row]])
        self.assertFalse(result["ids"])
        self.assertIn("HELD", result["messages"][0]["message"])
        inside = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.int_type_id.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "move_line_ids": [
                    Command.create(
                        {
                            "product_id": self.paper.id,
                            "lot_id": held.id,
                            "quantity": 100,
                            "location_id": self.warehouse.lot_stock_id.id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                        }
                    )
                ],
            }
        )
        for attempt in (
            lambda: picking.move_line_ids.write({"lot_id": held.id}),
            lambda: inside.move_line_ids.write({"location_dest_id": self.customer.id}),
            lambda: inside.move_ids.write({"location_dest_id": self.customer.id}) and inside.move_ids._action_done(),
        ):
            with self.assertRaises(PaperError), self.env.cr.savepoint():
                attempt()
        shelf = self.env["stock.location"].create({"name": "Apart", "location_id": self.warehouse.lot_stock_id.id})
        held.quant_ids.filtered(lambda quant: quant.quantity > 0).move_quants(location_dest_id=shelf, message="Apart")
        self.assertEqual(held.location_id, shelf)

    def test_what_is_stopped_is_given_back(self):
        """R6.2: a roll that is kept for a delivery and put on hold is kept no more, and one that is picked does not leave."""
        first, second = (self.give(self.roll(name), "sale") for name in ("R1", "R2"))
        self.stock(first, 100)
        self.stock(second, 100)
        picking = self.delivery(200)
        picking.action_assign()
        self.assertEqual(picking.move_line_ids.lot_id, first | second)
        first.with_user(self.winder).action_hold("Wet")
        self.assertEqual(picking.move_line_ids.lot_id, second)
        self.assertEqual(picking.move_ids.state, "partially_available")
        picking.move_line_ids.picked = True
        second.with_user(self.winder).action_hold("Wet, too")
        with self.assertRaises(PaperError):  # this one's, or with a delivery's rules theirs, which are asked first
            picking.with_context(skip_backorder=True).button_validate()

    def test_inside_the_mill_they_move(self):
        """R6.1.2: what is on hold is moved to another place, and comes back."""
        roll = self.give(self.roll("R1"), "held")
        self.stock(roll, 100)
        place = self.env["stock.location"].create({"name": "Held", "location_id": self.warehouse.lot_stock_id.id})
        move = self.env["stock.move"].create(
            {
                "product_id": self.paper.id,
                "product_uom_qty": 100,
                "product_uom": self.kg.id,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": place.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.assertEqual(move.move_line_ids.lot_id, roll)

    def test_sisters_are_held_in_one_step(self):
        """R5.3.2, R7.1.1: the rolls of the same jumbo, set or position, and what was made of them, are stopped in one step."""
        _jumbo, sets, rolls = self.jumbo(sets=3, across=3)
        rewound = (
            rolls[3].with_user(self.winder)._paper_convert([{"name": "RW", "paper_gross_kg": 192}], "rewind").with_env(self.env)
        )
        self.assertEqual(rolls[0]._paper_sisters("set"), rolls[1] | rolls[2])
        self.assertEqual(rolls[0]._paper_sisters("position"), rolls[3] | rolls[6] | rewound)
        self.assertEqual(rolls[0]._paper_sisters("jumbo"), rolls[1:] | rewound)
        self.assertEqual(rewound._paper_sisters("position"), rolls[0] | rolls[3] | rolls[6])
        self.give(rolls[6], "broke")
        asked = rolls[0].with_user(self.winder).action_hold_position()
        wizard = self.env[asked["res_model"]].with_user(self.winder).browse(asked["res_id"])
        self.assertIn(rolls[3].name, wizard.about)
        with Form(wizard) as form:
            form.reason = "Streak"
        wizard.action_apply()
        self.assertEqual(set((rolls[0] | rolls[3] | rewound).mapped("paper_disposition")), {"held"})
        self.assertEqual(rolls[6].paper_disposition, "broke")
        self.assertEqual(set((rolls - rolls[0] - rolls[3] - rolls[6]).mapped("paper_disposition")), {"pending"})
        self.assertEqual(set(sets.mapped("paper_disposition")), {"pending"})

    def test_what_is_made_of_rolls_for_sale(self):
        """R6.1.1: what is made of rolls for sale is for sale; of others it waits for a decision."""
        good, other = self.give(self.roll("R1", net=100), "sale"), self.roll("R2", net=100)
        made = good.with_user(self.winder)._paper_convert([{"name": "A", "paper_gross_kg": 100}], "rewind")
        self.assertEqual(made.paper_disposition, "sale")
        mixed = other.with_user(self.winder)._paper_convert([{"name": "B", "paper_gross_kg": 100}], "rewind")
        self.assertEqual(mixed.paper_disposition, "pending")

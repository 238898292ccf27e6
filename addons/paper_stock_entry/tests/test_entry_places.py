from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..exceptions import CountingError
from .common import CHECKED, PHOTO, PaperEntryCommon


@tagged("post_install", "-at_install")
class TestEntryPlaces(PaperEntryCommon):
    def place(self, name, **vals):
        return self.env["stock.location"].create({"name": name, "location_id": self.warehouse.lot_stock_id.id, **vals})

    def enter(self, production=None):
        note = self.note(production)
        for lot in self.rolls(production):
            note._scan(lot.name)
        note.write({**CHECKED, "protection_photo": PHOTO})
        note.action_enter()
        return note

    def test_places_by_rule(self):
        """R6.1.2: rolls go where format, grade and climate lead, as long as weight and stack height have room."""
        self.grade.paper_dry = True
        damp = self.place("Shed")
        light = self.place("Dry, light", paper_dry=True, paper_limit_kg=450)
        low = self.place("Dry, low", paper_dry=True, paper_spots=2, paper_stack_mm=2000)
        rules = self.env["paper.place.rule"]
        rules.create(
            [
                {"sequence": 1, "location_id": damp.id},
                {"sequence": 2, "location_id": low.id, "format": "sheet"},
                {"sequence": 3, "location_id": light.id, "grade_id": self.grade.id},
                {"sequence": 4, "location_id": low.id, "format": "reel"},
            ]
        )
        note = self.enter()
        found = note.line_ids.grouped("location_id")
        self.assertEqual(
            {place: len(lines) for place, lines in found.items()}, {light: 4, low: 4, self.warehouse.lot_stock_id: 10}
        )
        quants = self.env["stock.quant"].search([("location_id", "=", light.id)])
        self.assertEqual(sum(quants.mapped("quantity")), 400)

    def test_age(self):
        """R6.1.2: what lies longer than its grade keeps is told to the warehouse; the older roll goes first."""
        self.enter()
        self.grade.paper_max_age = 90
        rolls = self.env["stock.lot"].search([("product_id", "=", self.paper.id)], order="name")
        now = fields.Datetime.now()
        rolls._by_step().write({"paper_made_on": now})
        rolls[0]._by_step().write({"paper_made_on": now - timedelta(days=100)})
        self.assertTrue(rolls[0].paper_too_old)
        self.assertEqual((rolls[0].paper_age_days, rolls[1].paper_age_days), (100, 0))
        self.assertIn(rolls[0], self.env["stock.lot"].search([("paper_age_days", ">", 90)]))
        self.env["stock.lot"]._cron_paper_age()
        self.assertTrue(rolls[0].activity_ids.filtered(lambda activity: activity.user_id == self.keeper))
        self.assertFalse(rolls[1].activity_ids)
        self.assertEqual(rolls[1]._paper_older_for_sale(), rolls[0])

    def test_counting(self):
        """R6.1.2: where the warehouse enters by note, the supervisor counts, with a reason."""
        self.enter()
        self.env.company.paper_entry_by_note = True
        quant = self.env["stock.quant"].search(
            [("product_id", "=", self.paper.id), ("location_id.usage", "=", "internal")], limit=1
        )
        quant.with_user(self.keeper).with_context(inventory_mode=True).inventory_quantity = 90
        with self.assertRaises(CountingError):
            quant.with_user(self.keeper).with_context(inventory_mode=True, inventory_name="x").action_apply_inventory()

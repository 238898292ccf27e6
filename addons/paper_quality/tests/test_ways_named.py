from unittest.mock import patch

from odoo import Command
from odoo.addons.paper_base.exceptions import PaperAmountError
from odoo.addons.paper_quality.exceptions import (
    InspectionMissingError,
    MovedGoodsError,
    PaperPassageError,
    PaperPermitError,
)
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import Form, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestWaysNamed(PaperQualityCommon):
    """What people read and enter of exceptional ways: the place, the reason, the quantity, who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.stock = cls.warehouse.lot_stock_id
        cls.paper = cls.create_paper("Returned paper")
        cls.keeper = new_test_user(cls.env, "ways_warehouse", groups="paper_base.group_warehouse")

    def _transfer(self, source, target, kind, product=None):
        product = product or self.paper
        move = Command.create(
            {
                "product_id": product.id,
                "product_uom_qty": 100,
                "product_uom": product.uom_id.id,
                "location_id": source.id,
                "location_dest_id": target.id,
            }
        )
        return self.env["stock.picking"].create(
            {"picking_type_id": kind.id, "location_id": source.id, "location_dest_id": target.id, "move_ids": [move]}
        )

    def test_return_names_its_place(self):
        """R5.3.2: a transfer of paper that comes back names the quarantine to which it goes, not the stock."""
        picking = self._transfer(self.env.ref("stock.stock_location_customers"), self.stock, self.warehouse.in_type_id)
        picking.action_confirm()
        self.assertEqual(picking.move_ids.location_dest_id, self.warehouse.paper_quarantine_loc_id)
        self.assertEqual(picking.location_dest_id, self.warehouse.paper_quarantine_loc_id)
        # Of one that brings other goods as well, each line says where it goes.
        mixed = self._transfer(self.env.ref("stock.stock_location_customers"), self.stock, self.warehouse.in_type_id)
        pallet = self.env["product.product"].create({"name": "Pallet", "is_storable": True})
        mixed.move_ids.copy({"product_id": pallet.id, "product_uom": pallet.uom_id.id, "picking_id": mixed.id})
        mixed.action_confirm()
        self.assertEqual(mixed.location_dest_id, self.stock)

    def test_quarantine_in_the_language_of_the_mill(self):
        """R5.3.2: the quarantine of a Chinese company has a Chinese name, whoever sets the warehouse up."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env.company.partner_id.lang = "zh_CN"
        made = self.env["stock.warehouse"].with_context(lang="en_US").create({"name": "Second", "code": "W2"})
        self.assertEqual(made.paper_quarantine_loc_id.name, "W2待检区")

    def test_nothing_below_nothing(self):
        """R5.3.1: nobody counts or scraps less than nothing, on any path."""
        quants = self.env["stock.quant"].with_user(self.keeper).with_context(inventory_mode=True)
        own = {"product_id": self.paper.id, "location_id": self.stock.id, "paper_reason": "Counted"}
        quant = quants.create({**own, "inventory_quantity": 0})
        tries = {
            "count": lambda: quants.create({**own, "inventory_quantity": -50}),
            "count at once": lambda: quants.create({**own, "inventory_quantity_auto_apply": -50}),
            "written": lambda: quant.write({"inventory_quantity": -50}),
            "by the system": lambda: quant.sudo().write({"inventory_quantity_auto_apply": -1}),
            "scrap": lambda: self.env["stock.scrap"].create({"product_id": self.paper.id, "scrap_qty": -5}),
        }
        for name, way in tries.items():
            with self.subTest(name), self.assertRaises(PaperAmountError), self.env.cr.savepoint():
                way()

    def test_one_reason(self):
        """R5.3.2: who scraps paper is asked once why; a tag that an import gives is taken for the reason as well."""
        with Form(self.env["stock.scrap"]) as form:
            form.product_id = self.paper
            self.assertTrue(form._get_modifier("scrap_reason_tag_ids", "invisible"))
            self.assertFalse(form._get_modifier("paper_reason", "invisible"))
            self.assertTrue(form._get_modifier("paper_reason", "required"))
            form.paper_reason = "Wet"
        tagged_one = self.env["stock.scrap"].create(
            {
                "product_id": self.paper.id,
                "scrap_reason_tag_ids": [Command.create({"name": "Torn"})],
            }
        )
        self.assertEqual(tagged_one._paper_scrap_reason(), "Torn")

    def test_refused_before_it_is_asked(self):
        """R6.2: who may not permit a transfer is told so, and not asked for a reason first."""
        picking = self._transfer(self.stock, self.env.ref("stock.stock_location_customers"), self.warehouse.out_type_id)
        self.assertFalse(picking.with_user(self.keeper).can_permit_paper)
        with self.assertRaises(PaperPermitError):
            picking.with_user(self.keeper).action_permit_paper()

    def test_what_moved_says_what_it_was(self):
        """R6.1.1, R6.3.2: of paper that has moved nobody changes for whom, with which document, when and as what it went."""
        out = self.env.ref("stock.stock_location_customers")
        picking = self._transfer(out, self.stock, self.warehouse.in_type_id)
        picking.action_confirm()
        picking.move_ids.quantity = 100
        picking.with_user(self.keeper).button_validate()
        move, line = picking.move_ids, picking.move_ids.move_line_ids
        self.assertEqual(move.state, "done")
        other = self._transfer(out, self.stock, self.warehouse.in_type_id)
        person = self.env["res.partner"].create({"name": "Somebody else"})
        tries = {
            "product": lambda: move.write({"product_id": self.create_paper("Other").id}),
            "transfer": lambda: move.write({"picking_id": other.id}),
            "transfer of the line": lambda: line.write({"picking_id": other.id}),
            "customer of the move": lambda: move.write({"partner_id": person.id}),
            "reason": lambda: move.write({"paper_reason": "Another"}),
            "day": lambda: move.write({"date": "2020-01-01 00:00:00"}),
            "day of the line": lambda: line.write({"date": "2020-01-01 00:00:00"}),
            "customer": lambda: picking.write({"partner_id": person.id}),
            "number": lambda: picking.write({"name": "WH/IN/X"}),
            "source": lambda: picking.write({"origin": "S99"}),
            "done on": lambda: picking.write({"date_done": "2020-01-01 00:00:00"}),
            "by the system": lambda: picking.sudo().write({"partner_id": person.id}),
        }
        for name, way in tries.items():
            with self.subTest(name), self.assertRaises(MovedGoodsError), self.env.cr.savepoint():
                way()
        picking.write({"name": picking.name, "note": "<p>Two pallets were wet</p>"})

    def test_from_production_by_its_order_alone(self):
        """R6.1.1: a roll that was found good enters once, with its order: no transfer brings more of it out of production,
        whoever makes it and wherever it goes."""
        rolls = self.create_paper("Good rolls", tracking="lot")
        production = self.warehouse.env["mrp.production"].create({"product_id": rolls.id, "product_qty": 1})
        lot = self.env["stock.lot"].create({"name": "G-1", "product_id": rolls.id})
        made = production.production_location_id
        users = (self.keeper, new_test_user(self.env, "ways_workshop", groups="paper_base.group_workshop"))
        with patch.object(type(lot), "_paper_verdicts", lambda lots: dict.fromkeys(lots, "passed")):
            for user in users:
                for target in (self.stock, self.warehouse.paper_quarantine_loc_id):
                    picking = self._transfer(made, target, self.warehouse.int_type_id, rolls)
                    picking.action_confirm()
                    line = {"product_id": rolls.id, "lot_id": lot.id, "quantity": 100}
                    picking.move_ids.move_line_ids = [Command.clear(), Command.create(line)]
                    picking.move_ids.picked = True
                    with self.subTest(user=user.login, target=target.name), self.assertRaises(InspectionMissingError):
                        picking.with_user(user).button_validate()

    def test_made_into_other_goods(self):
        """R6.2: paper that goes into other goods would leave with them past every gate: the supervisor does it, says why, and
        it is recorded; into other paper it goes by its plan."""
        pallet = self.env["product.product"].create({"name": "Pallet", "is_storable": True})
        self.env["stock.quant"].create({"product_id": self.paper.id, "location_id": self.stock.id, "quantity": 500})

        def consume(user, origin=False):
            raw = {"product_id": self.paper.id, "product_uom_qty": 100, "product_uom": self.paper.uom_id.id}
            order = self.env["mrp.production"].create(
                {"product_id": pallet.id, "product_qty": 1, "origin": origin, "move_raw_ids": [Command.create(raw)]}
            )
            order.action_confirm()
            order.qty_producing = 1
            order.move_raw_ids.write({"quantity": 100, "picked": True})
            return order.with_user(user).button_mark_done()

        worker = new_test_user(self.env, "ways_worker", groups="paper_base.group_workshop")
        supervisor = new_test_user(self.env, "ways_supervisor", groups="paper_base.group_supervisor")
        for user, origin in ((worker, False), (worker, "Edge boards"), (supervisor, False), (supervisor, ".")):
            with self.subTest(user=user.login, origin=origin), self.assertRaises(PaperPassageError), self.env.cr.savepoint():
                consume(user, origin)
        consume(supervisor, "Edge boards")
        record = self.env["paper.stock.exception"].search([("product_id", "=", self.paper.id)])
        self.assertEqual((record.way, record.reason, record.quantity), ("made_into", "Edge boards", 100))

    def test_a_roll_keeps_its_number(self):
        """R6.1.2, R5.3.2: a roll that has moved keeps its number and its specification."""
        rolls = self.create_paper("Rolls", tracking="lot")
        lot = self.env["stock.lot"].create({"name": "R-1", "product_id": rolls.id, "paper_spec_id": self.create_spec().id})
        lot.name = "R-2"
        out = self.env.ref("stock.stock_location_customers")
        picking = self._transfer(out, self.stock, self.warehouse.in_type_id, rolls)
        picking.action_confirm()
        line = {"product_id": rolls.id, "lot_id": lot.id, "quantity": 100}
        picking.move_ids.move_line_ids = [Command.clear(), Command.create(line)]
        picking.with_user(self.keeper).button_validate()
        for values in ({"name": "R-3"}, {"paper_spec_id": self.create_spec().id}):
            with self.subTest(values), self.assertRaises(MovedGoodsError), self.env.cr.savepoint():
                lot.write(values)

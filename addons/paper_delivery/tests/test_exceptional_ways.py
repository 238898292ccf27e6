from odoo import Command
from odoo.addons.paper_base.exceptions import DispatchBlockedError, PaperError
from odoo.addons.paper_quality.exceptions import (
    MovedGoodsError,
    PaperPassageError,
    PaperPermitError,
    PaperPlaceError,
    UninspectedLotError,
)
from odoo.addons.paper_roll.exceptions import RollNotForSaleError
from odoo.tests import Form, new_test_user, tagged

from .passage import PassageCommon


@tagged("post_install", "-at_install")
class TestExceptionalWays(PassageCommon):
    """What a mill needs besides: by its departments, with a reason, recorded; into quarantine what enters."""

    def _recorded(self):
        return self.env["paper.stock.exception"].search([("product_id", "in", (self.paper | self.reels).ids)], limit=1)

    def _count(self, person, quantity, reason, lot=None, place=None, product=None):
        return self.env["stock.quant"].with_user(person).with_context(inventory_mode=True).create(
            {
                "product_id": (product or self.reels).id,
                "location_id": (place or self.shelf).id,
                "lot_id": lot and lot.id,
                "inventory_quantity": quantity,
                "paper_reason": reason,
            }
        ).action_apply_inventory()

    def test_found_by_counting(self):
        """R6.1.1: what is found lands in quarantine and is inspected, whatever is counted where; management are told."""
        ghost = self._lot(self.reels, "GHOST", passed=False)
        with self.assertRaises(PaperPassageError):
            self._count(self.people["workshop"], 700, "Found", ghost)
        self._count(self.people["warehouse"], 700, "Behind the rewinder", ghost)
        self.assertEqual((self._free(self.reels), self._inside(self.reels)[0]), (0, 700))
        record = self._recorded()
        self.assertRecordValues(
            record,
            [{"way": "surplus", "quantity": 700, "reason": "Behind the rewinder", "user_id": self.people["warehouse"].id}],
        )
        self.assertIn(self.boss, record.activity_ids.user_id)
        inspection = ghost.inspection_ids
        self.assertRecordValues(inspection, [{"kind": "entry", "state": "ready", "qty": 700}])
        out = self._transfer(self.people["warehouse"], self.reels, self.quarantine, self.shelf, "int", ghost)
        with self.assertRaises(UninspectedLotError):
            out.button_validate()
        self._pass(inspection)
        out.button_validate()
        self.assertEqual(self._free(self.reels), 10)
        with self.assertRaises(PaperError):
            record.with_user(self.boss).write({"reason": "Nothing"})

    def test_missing_by_counting(self):
        """R6.1.2: what is missing is written off by who keeps the stock, with a reason."""
        lot = self._stock(self.reels)
        self._count(self.people["warehouse"], 990, "Weighed again", lot)
        self.assertEqual(self._free(self.reels), 990)
        self.assertEqual(self._recorded().way, "shortage")

    def test_found_without_lots(self):
        """R6.1.1: paper without lots leaves quarantine for no more than was found good."""
        self._count(self.people["warehouse"], 30, "Found", product=self.paper)
        out = self._transfer(self.people["warehouse"], self.paper, self.quarantine, self.shelf, "int")
        with self.assertRaises(UninspectedLotError):
            out.button_validate()
        self._pass(self.env["qc.inspection"].search([("kind", "=", "entry"), ("state", "=", "ready")]))
        out.button_validate()
        out = self._transfer(self.people["warehouse"], self.paper, self.quarantine, self.shelf, "int")
        out.move_ids.move_line_ids.quantity = 21
        with self.assertRaises(UninspectedLotError):
            out.button_validate()
        out.move_ids.move_line_ids.quantity = 20
        out.button_validate()
        self.assertEqual(self._free(self.paper), 30)

    def test_returned(self):
        """R6.1.1: what a customer refused or sends back lands in quarantine with a new inspection, its lot held, on the
        standard return as on a transfer of one's own.
        """
        lot = self._stock(self.reels)
        done = self._dispatch(self._order(product=self.reels, stocked=False, quantity=100))
        action = {"active_id": done.id, "active_model": "stock.picking"}
        wizard = Form(self.env["stock.return.picking"].with_user(self.people["warehouse"]).with_context(**action)).save()
        wizard.product_return_moves.quantity = 100
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        self.assertEqual(back.move_ids.location_dest_id, self.quarantine)
        back.move_ids.picked = True
        for person in (self.people["sales"], self.people["administrator"]):
            with self.assertRaises(PaperPassageError):
                back.with_user(person).button_validate()
        # Whoever says that it goes to the shelf is not heard.
        back.move_ids.move_line_ids.location_dest_id = self.shelf
        back.with_user(self.people["warehouse"]).button_validate()
        self.assertEqual((back.state, self._free(self.reels)), ("done", 900))
        self.assertEqual(lot.inspection_state, "open")
        self.assertEqual(lot.inspection_ids.filtered(lambda rec: rec.state == "ready").picking_id, back)
        again = self._order(product=self.reels, stocked=False, quantity=100)
        self.assertFalse(again.picking_ids.move_ids.move_line_ids, "a held lot is not reserved")
        back = self._transfer(self.people["warehouse"], self.reels, self.outside, self.shelf, "in", lot)
        back.button_validate()
        self.assertEqual(self._free(self.reels), 900)

    def test_held_until_inspected(self):
        """R5.3.2: nobody calls off the inspection of what lies in quarantine, nor changes what it speaks of."""
        lot = self._lot(self.reels, "HELD", passed=False)
        self._count(self.people["warehouse"], 50, "Found", lot)
        quality = new_test_user(self.env, "way_quality", groups="paper_base.group_quality")
        inspection = lot.inspection_ids.with_user(quality)
        with self.assertRaises(PaperError):
            inspection.action_cancel()
        for vals in ({"qty": 5000}, {"lot_id": False}, {"kind": "receipt"}):
            with self.assertRaises(PaperError):
                inspection.write(vals)
        with self.assertRaises(PaperError):
            inspection.create({"kind": "entry", "lot_id": lot.id})

    def test_received(self):
        """R6.1.1: paper from a vendor or another company waits in quarantine, too."""
        for source in (self.vendors, self.partner):
            lot = self._lot(self.reels, f"V{source.id}", passed=False)
            with self.assertRaises(PaperPassageError):
                self._transfer(self.people["sales"], self.reels, source, self.shelf, "in", lot).button_validate()
            self._transfer(self.people["warehouse"], self.reels, source, self.shelf, "in", lot).button_validate()
            self.assertEqual((self._free(self.reels), lot.inspection_state), (0, "open"))

    def test_sample(self):
        """R6.2.2: a sample leaves when the management permitted it, for a reason, and no more than that."""
        lot = self._stock(self.reels)
        picking = self._transfer(self.people["warehouse"], self.reels, self.shelf, self.outside, lot=lot)
        with self.assertRaises(PaperPassageError):
            picking.button_validate()
        for person in self.people.values():
            with self.assertRaises(PaperPermitError):
                picking.with_user(person)._permit_paper_exception("Trial")
        with self.assertRaises(PaperError):
            picking.write({"paper_permitted": {str(self.reels.id): 1000}})
        picking.with_user(self.boss)._permit_paper_exception("Press trial at the printer's")
        picking.move_ids.move_line_ids.quantity = 11
        with self.assertRaises(PaperPassageError):
            picking.button_validate()
        picking.move_ids.move_line_ids.quantity = 10
        picking.button_validate()
        self.assertRecordValues(
            self._recorded(),
            [{"way": "sample", "permitted_by_id": self.boss.id, "reason": "Press trial at the printer's", "lots": lot.name}],
        )

    def test_used_in_the_mill(self):
        """R6.2.2: paper that the mill uses itself is permitted by the supervisor."""
        lot = self._stock(self.reels)
        supervisor = new_test_user(self.env, "way_supervisor", groups="paper_base.group_supervisor")
        picking = self._transfer(self.people["warehouse"], self.reels, self.shelf, self.used, "int", lot)
        with self.assertRaises(PaperPassageError):
            picking.button_validate()
        picking.with_user(supervisor)._permit_paper_exception("Wrapping")
        picking.button_validate()
        self.assertEqual((picking.state, self._recorded().way), ("done", "used"))

    def test_uninspected(self):
        """R6.1.1: a lot that nobody inspected is neither reserved for a customer nor goes to one; quality may inspect it."""
        lot = self._lot(self.reels, "BEFORE", 100, self._spec(), passed=False)
        order = self._order(product=self.reels, stocked=False, quantity=100, spec=lot.paper_spec_id)
        self.assertFalse(order.picking_ids.move_ids.move_line_ids)
        place = {"location_id": self.shelf.id, "location_dest_id": self.outside.id}
        named = [Command.create({"product_id": self.reels.id, "lot_id": lot.id, "quantity": 100, **place})]
        with self.assertRaises(RollNotForSaleError), self.env.cr.savepoint():
            order.picking_ids.move_ids.move_line_ids = named
        quality = new_test_user(self.env, "way_lab", groups="paper_base.group_quality")
        self.assertTrue(lot.with_user(quality).can_paper_inspect)
        lot.with_user(quality).action_paper_inspect()
        with self.assertRaises(PaperError):
            lot.with_user(quality).action_paper_inspect()
        with self.assertRaises(RollNotForSaleError), self.env.cr.savepoint():
            order.picking_ids.move_ids.move_line_ids = named
        self._pass(lot.inspection_ids)
        order.picking_ids.move_ids.move_line_ids = named
        picking = self._load(order)
        picking.with_user(self.stock).button_validate()
        self.assertEqual(picking.state, "done")

    def test_places_stay(self):
        """R6.1.1: a place where paper lies becomes no other kind of place; quarantine stays beside the stock."""
        admin = self.people["administrator"]
        self._count(self.people["warehouse"], 30, "Found", product=self.reels, lot=self._lot(self.reels, "X", passed=False))
        corner = self.env["stock.location"].create({"name": "Corner", "location_id": self.quarantine.id})
        lot = self.env["stock.lot"].search([("name", "=", "X")])
        self._transfer(self.people["warehouse"], self.reels, self.quarantine, corner, "int", lot).button_validate()
        for place in (corner, self.quarantine):
            with self.assertRaises(PaperPlaceError):
                place.with_user(admin).write({"location_id": self.shelf.id})
        with self.assertRaises(PaperPlaceError):
            self.warehouse.with_user(admin).write({"paper_quarantine_loc_id": self.shelf.id})
        self.assertEqual(self.reels.with_context(warehouse_id=self.warehouse.id).free_qty, 0)
        self.assertEqual(self.reels.free_qty, 0)
        with self.assertRaises(PaperPlaceError):
            self.reels.product_tmpl_id.with_user(admin).write({"is_paper": False})

    def test_second_company(self):
        """R6.1.1: another company has its own quarantine, and meets the same gate."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        self.assertTrue(warehouse.paper_quarantine_loc_id.is_paper_quarantine)
        person = self.people["logistics"]
        person.write({"company_ids": [Command.link(company.id)], "company_id": company.id})
        self.env["stock.quant"]._update_available_quantity(self.paper, warehouse.lot_stock_id, 100)
        move = self.env["stock.move"].with_user(person).with_company(company).create(
            {**self._values(self.paper, warehouse.lot_stock_id, self.outside), "company_id": company.id}
        )
        move._action_confirm()
        move.write({"quantity": 10, "picked": True})
        with self.assertRaises(PaperPassageError):
            move._action_done()

    def test_draft_order(self):
        """R4.1.3: nothing leaves for an order that nobody confirmed, whatever notice and check it has."""
        order = self._order()
        picking = self._load(order)
        order.picking_ids.move_ids.flush_recordset()
        self.env.cr.execute("UPDATE sale_order SET state = 'draft' WHERE id = %s", [order.id])
        order.invalidate_recordset()
        with self.assertRaises(DispatchBlockedError) as caught:
            picking.with_user(self.stock).button_validate()
        self.assertIn("confirmed", {item["code"] for found in caught.exception.blockers.values() for item in found})

    def test_what_moved_stays(self):
        """R6.2.2: a delivery that left keeps its goods; the form may be saved as it is."""
        done = self._dispatch(self._order())
        line = done.move_line_ids.with_user(self.stock)
        line.write({"quantity": line.quantity})
        for vals in ({"quantity": 900}, {"location_id": self.quarantine.id}, {"location_dest_id": self.shelf.id}):
            with self.assertRaises(MovedGoodsError):
                line.write(vals)

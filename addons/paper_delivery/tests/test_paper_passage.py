"""All ways on which paper could leave the mill or enter it past its gate, for every department."""

from odoo import Command
from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .passage import PassageCommon

# What Odoo itself refuses.
BY_ODOO = {"_way_place_sold": (UserError,)}


class Undone(Exception):
    """What an attempt has reached, raised so that it is undone."""


@tagged("post_install", "-at_install")
class TestNoWayAround(PassageCommon):
    """Each way is a method of its own: ``_way_…(person, product, lot, done)``; ``done`` is a delivery that has left."""

    def _way_own_delivery(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.outside, lot=lot).button_validate()

    def _way_internal_to_customer(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.outside, "int", lot=lot).button_validate()

    def _way_line_to_customer(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.shelf, "int", lot=lot, line_target=self.outside).button_validate()

    def _way_line_of_a_delivery_of_another_order(self, person, product, lot, done):
        self._transfer(
            person, product, self.shelf, self.shelf, "int", lot=lot, line_target=self.outside, sale_id=done.sudo().sale_id.id
        ).button_validate()

    def _way_to_vendor(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.vendors, lot=lot).button_validate()

    def _way_to_another_company(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.partner, lot=lot).button_validate()

    def _way_used_without_order(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.used, "int", lot=lot).button_validate()

    def _way_written_off_by_transfer(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.loss, "int", lot=lot).button_validate()

    def _way_drop_ship(self, person, product, lot, done):
        self._transfer(person, product, self.vendors, self.outside, lot=lot).button_validate()

    def _way_made_and_delivered(self, person, product, lot, done):
        self._transfer(person, product, self.used, self.outside, lot=lot).button_validate()

    def _way_batch(self, person, product, lot, done):
        picking = self._transfer(person, product, self.shelf, self.outside, lot=lot)
        batch = self.env["stock.picking.batch"].with_user(person).create(
            {"picking_ids": [Command.set(picking.ids)], "company_id": self.env.company.id}
        )
        batch.action_confirm()
        batch.action_done()

    def _way_backorder(self, person, product, lot, done):
        picking = self._transfer(person, product, self.shelf, self.outside, lot=lot)
        picking.move_ids.move_line_ids.quantity = 4
        picking.with_context(skip_backorder=True, picking_ids_not_to_backorder=[]).button_validate()

    def _way_move_made_done(self, person, product, lot, done):
        line = {"product_id": product.id, "quantity": 10, "lot_id": lot.id}
        line |= {"location_id": self.shelf.id, "location_dest_id": self.outside.id}
        self.env["stock.move"].with_user(person).create(
            self._values(product, self.shelf, self.outside, state="done", move_line_ids=[Command.create(line)])
        )

    def _way_move_made_done_in(self, person, product, lot, done):
        self.env["stock.move"].with_user(person).create(
            self._values(product, self.vendors, self.shelf, state="done", quantity=10)
        )

    def _way_state_of_move_written(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.outside, lot=lot).move_ids.write({"state": "done"})

    def _way_state_of_transfer_written(self, person, product, lot, done):
        self._transfer(person, product, self.shelf, self.outside, lot=lot).write({"state": "done"})

    def _way_move_added(self, person, product, lot, done):
        self.env["stock.move"].with_user(person).create(
            self._values(product, self.shelf, self.outside, picking_id=done.id, quantity=10)
        )

    def _way_line_added(self, person, product, lot, done):
        self.env["stock.move.line"].with_user(person).create(
            {
                "picking_id": done.id,
                "product_id": product.id,
                "lot_id": lot.id,
                "quantity": 10,
                "location_id": self.shelf.id,
                "location_dest_id": self.outside.id,
            }
        )

    def _way_line_raised(self, person, product, lot, done):
        done.move_ids.move_line_ids.with_user(person).write({"quantity": 2000})

    def _way_move_raised(self, person, product, lot, done):
        done.move_ids.with_user(person).write({"quantity": 2000})

    def _way_lot_swapped(self, person, product, lot, done):
        done.move_ids.move_line_ids.with_user(person).write({"lot_id": self.env["stock.lot"].create(
            {"name": f"G{product.id}-{person.id}", "product_id": done.product_id.id}
        ).id})

    def _way_undone(self, person, product, lot, done):
        done.move_ids.with_user(person).write({"state": "draft"})

    def _way_stock_booked(self, person, product, lot, done):
        self.env["stock.quant"].with_user(person).create(
            {"product_id": product.id, "location_id": self.shelf.id, "quantity": 10, "lot_id": lot.id}
        )

    def _way_stock_rewritten(self, person, product, lot, done):
        quants = self.env["stock.quant"].with_user(person).search(
            [("product_id", "=", product.id), ("location_id", "=", self.shelf.id)]
        )
        quants.write({"quantity": 5000})

    def _way_place_sold(self, person, product, lot, done):
        self.shelf.with_user(person).write({"usage": "customer"})

    def _way_counted_without_reason(self, person, product, lot, done):
        self.env["stock.quant"].with_user(person).with_context(inventory_mode=True).create(
            {"product_id": product.id, "location_id": self.shelf.id, "lot_id": lot.id, "inventory_quantity": 6000}
        ).action_apply_inventory()

    def _way_imported(self, person, product, lot, done):
        names = ["product_id/.id", "location_id/.id", "inventory_quantity_auto_apply", *(["lot_id/.id"] if lot else [])]
        row = [str(product.id), str(self.shelf.id), "6000", *([str(lot.id)] if lot else [])]
        result = self.env["stock.quant"].with_user(person).load(names, [row])
        if not result["ids"]:
            raise AccessError(str(result["messages"]))

    def _way_scrapped_without_reason(self, person, product, lot, done):
        self.env["stock.scrap"].with_user(person).create(
            {"product_id": product.id, "scrap_qty": 10, "lot_id": lot.id, "location_id": self.shelf.id}
        ).do_scrap()

    def _way_cron_of_a_draft_order(self, person, product, lot, done):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 10, "paper_spec_id": self._spec().id})
                ],
            }
        )
        picking = self._transfer(person, product, self.shelf, self.outside, lot=lot, sale_id=order.id)
        picking.sudo().button_validate()

    def _attempt(self, way, *arguments):
        """Return what refused the way; what it did is undone."""
        try:
            with self.env.cr.savepoint():
                getattr(self, way)(*arguments)
                self.env.flush_all()
                reached = self._inside(arguments[1]), self._free(arguments[1])
                raise Undone(reached)
        except Undone as undone:
            return None, undone.args[0]
        except (PaperError, AccessError, *BY_ODOO.get(way, ())) as refused:
            return refused, None
        finally:
            self.env.invalidate_all(flush=False)

    def test_every_way(self):
        """R6.1.1, R6.2.2: by no way does paper leave or enter, for no department nor the administrator, and each refusal
        says why.
        """
        ways = sorted(name for name in dir(self) if name.startswith("_way_"))
        self.assertGreater(len(ways), 25)
        for product in (self.paper, self.reels):
            lot = self._stock(product)
            done = self._dispatch(self._order(product=product, stocked=product == self.paper, quantity=100))
            self.assertEqual(done.state, "done")
            before = self._inside(product), self._free(product)
            for way in ways:
                for name, person in self.people.items():
                    with self.subTest(way=way, product=product.name, role=name):
                        refused, reached = self._attempt(way, person, product, lot, done)
                        self.assertTrue(refused, f"{before} became {reached}")
                        self.assertTrue(str(refused).strip())
            self.assertEqual((self._inside(product), self._free(product)), before)

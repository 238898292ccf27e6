from unittest.mock import patch

from odoo import Command, fields
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user


class AftersalesCommon(BaseCommon):
    """A confirmed paper order whose goods are in stock, and the departments that look after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._open_gates()
        cls.kg = cls.env.ref("uom.product_uom_kgm")
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.paper = cls.env["product.product"].create(
            {"name": "Offset 80", "is_paper": True, "is_storable": True, "uom_id": cls.kg.id, "list_price": 6}
        )
        cls.customer = cls.env["res.partner"].create({"name": "Printer Ltd", "is_company": True, "email": "p@example.com"})
        cls.other_customer = cls.env["res.partner"].create({"name": "Other Ltd", "is_company": True})
        cls.env["paper.visit.rule"].search([]).active = False
        cls.rule = cls.env["paper.visit.rule"].create({"name": "Any", "days": 10, "method": "phone", "min_gap_days": 0})
        cls.sales = new_test_user(cls.env, "as_sales", groups="paper_base.group_sales")
        cls.quality = new_test_user(cls.env, "as_quality", groups="paper_base.group_quality")
        cls.workshop = new_test_user(cls.env, "as_workshop", groups="paper_base.group_workshop")
        cls.accountant = new_test_user(cls.env, "as_accountant", groups="account.group_account_manager")
        cls.management = new_test_user(cls.env, "as_management", groups="paper_base.group_management")

    @classmethod
    def _open_gates(cls):
        """Let orders through the gates of whatever other addon is installed: they have tests of their own."""
        SaleOrder = cls.env.registry["sale.order"]
        cls.startClassPatcher(patch.object(SaleOrder, "_get_blockers", lambda orders, step: {rec: [] for rec in orders}))

    @classmethod
    def _spec(cls, **vals):
        return cls.env["paper.spec"].create(
            {"basis_weight": 80, "format": "sheet", "width": 787, "length": 1092, "company_id": cls.env.company.id, **vals}
        )

    @classmethod
    def _order(cls, partner=None, paper=True, spec=None, **vals):
        line = {"product_id": cls.paper.id, "product_uom_qty": 1000}
        if paper:
            line["paper_spec_id"] = (spec or cls._spec(company_id=vals.get("company_id", cls.env.company.id))).id
        else:
            line["product_id"] = cls.env["product.product"].create({"name": "Pallet", "is_storable": True}).id
        order = cls.env["sale.order"].create(
            {"partner_id": (partner or cls.customer).id, "order_line": [Command.create(line)], **vals}
        )
        order.action_confirm()
        return order

    @classmethod
    def _deliver(cls, orders, quantity=None):
        """Ship the orders' open deliveries, or a part of them, leaving the rest as a backorder."""
        pickings = orders.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for move in pickings.move_ids:
            if move.product_id.tracking == "lot":
                cls._put(cls._new_lot(f"L-{move.id}"), move, quantity or move.product_uom_qty)
            else:
                move.quantity = quantity or move.product_uom_qty
        pickings.move_ids.picked = True
        pickings.move_ids._action_done()
        return pickings

    @classmethod
    def _lot(cls, name, order, kg=1000):
        """Return a roll that was shipped for the order, with all its kilograms."""
        cls.paper.tracking = "lot"
        lot = cls._new_lot(name)
        picking = order.picking_ids.filtered(lambda rec: rec.state not in ("done", "cancel"))[:1]
        cls._put(lot, picking.move_ids[:1], kg)
        picking.move_ids._action_done()
        picking.date_done = fields.Datetime.now()
        return lot

    @classmethod
    def _new_lot(cls, name):
        lot = cls.env["stock.lot"].create({"name": name, "product_id": cls.paper.id})
        if "paper_disposition" in lot._fields:
            lot._by_step().write({"paper_disposition": "sale"})
        return lot

    @classmethod
    def _put(cls, lot, move, kg):
        """Let a move take kilograms of a roll."""
        picking = move.picking_id
        move.move_line_ids.unlink()
        values = {"move_id": move.id, "picking_id": picking.id, "product_id": cls.paper.id, "lot_id": lot.id, "quantity": kg}
        places = {"location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id}
        cls.env["stock.move.line"].create({**values, **places, "picked": True})

    @classmethod
    def _ticket(cls, **vals):
        return cls.env["helpdesk.ticket"].create({"name": "Dust on the sheets", "description": "Much dust", **vals})

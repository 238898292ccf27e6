"""A mill with paper on its shelf, and the people and places that it could go to past the gate."""

from odoo import Command
from odoo.tests import new_test_user

from .common import DeliveryCommon

# As the departments have them where every addon is installed.
STOCK = "stock.group_stock_user,mrp.group_mrp_user"
ROLES = {
    "warehouse": f"paper_base.group_warehouse,{STOCK}",
    "logistics": f"paper_base.group_logistics,{STOCK}",
    "workshop": f"paper_base.group_workshop,{STOCK}",
    "sales": f"paper_base.group_sales,{STOCK}",
    "planning": f"paper_base.group_planning,{STOCK}",
    "administrator": "base.group_system,stock.group_stock_manager,mrp.group_mrp_manager,sales_team.group_sale_manager",
}


class PassageCommon(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {name: new_test_user(cls.env, f"way_{name}", groups=groups) for name, groups in ROLES.items()}
        cls.boss = new_test_user(cls.env, "way_boss", groups="paper_base.group_management")
        cls.shelf = cls.warehouse.lot_stock_id
        cls.outside = cls.env.ref("stock.stock_location_customers")
        cls.vendors = cls.env.ref("stock.stock_location_suppliers")
        cls.quarantine = cls.warehouse.paper_quarantine_loc_id
        cls.loss = cls.paper.property_stock_inventory
        cls.used = cls.paper.property_stock_production
        cls.partner = cls.env["stock.location"].search([("usage", "=", "transit"), ("company_id", "=", False)], limit=1)
        cls.partner = cls.partner or cls.env["stock.location"].create(
            {"name": "Between companies", "usage": "transit", "company_id": False}
        )
        cls.reels = cls._paper(name="Reels", tracking="lot")

    @classmethod
    def _stock(cls, product):
        """Put 1,000 kg on the shelf; return the lot, if the product has lots."""
        if product.tracking == "none":
            cls.env["stock.quant"]._update_available_quantity(product, cls.shelf, 1000)
            return cls.env["stock.lot"]
        return cls._lot(product, f"R{product.id}", 1000)

    @classmethod
    def _values(cls, product, source, target, **vals):
        values = {"product_id": product.id, "product_uom_qty": 10, "location_id": source.id, "location_dest_id": target.id}
        return {**values, "company_id": cls.env.company.id, **vals}

    @classmethod
    def _transfer(cls, person, product, source, target, kind="out", lot=None, line_target=None, **vals):
        picking = cls.env["stock.picking"].with_user(person).create(
            {
                "picking_type_id": cls.warehouse[f"{kind}_type_id"].id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "move_ids": [Command.create(cls._values(product, source, target))],
                **vals,
            }
        )
        picking.action_confirm()
        picking.move_ids.move_line_ids.unlink()
        line = {"product_id": product.id, "quantity": 10, "location_id": source.id, "lot_id": lot and lot.id}
        target = line_target or picking.move_ids.location_dest_id
        picking.move_ids.write(
            {"move_line_ids": [Command.create({**line, "location_dest_id": target.id, "picking_id": picking.id})], "picked": True}
        )
        return picking

    @classmethod
    def _inside(cls, product):
        """Return how much lies at the mill, free or in quarantine, and how much outside at customers and elsewhere."""
        cls.env.flush_all()
        quants = cls.env["stock.quant"].search([("product_id", "=", product.id)])
        ours = quants.filtered(lambda quant: quant.location_id._is_paper_ours())
        return sum(ours.mapped("quantity")), sum(
            quants.filtered(lambda quant: quant.location_id.usage in ("customer", "supplier", "transit")).mapped("quantity")
        )

    @classmethod
    def _free(cls, product):
        quants = cls.env["stock.quant"].search([("product_id", "=", product.id)])
        held = quants.filtered(lambda quant: quant.location_id._is_paper_ours() and not quant.location_id.is_paper_quarantine)
        return sum(held.mapped("quantity"))

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.paper_production.tests.levels_common import PaperLevelsCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestThreeLevels(PaperLevelsCommon):
    """97 t of paper take 100 t of base paper (97 % of it is sold), of which 10 t are there: 90 t take 94.5 t of pulp (1.05 kg a
    kg). Of 100 t of pulp 20 t are claimed, 5 t come in: 85 t are free, 9.5 t lack. They take 19 t of chips (50 % yield), of which
    4 t are there: 15 t are to be bought."""

    def test_by_hand(self):
        """R5.2.1: netting through three levels with stock, receipt, claim and yields is what is computed by hand."""
        stock, quants = self.warehouse.lot_stock_id, self.env["stock.quant"]
        chips = self.env["product.product"].create({"name": "Chips", "is_storable": True, "uom_id": self.pulp.uom_id.id})
        supplier = self.env["res.partner"].create({"name": "Forest"})
        self.env["product.supplierinfo"].create(
            {"partner_id": supplier.id, "product_tmpl_id": chips.product_tmpl_id.id, "price": 0.8, "delay": 2}
        )
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.pulp.product_tmpl_id.id,
                "product_qty": 1,
                "product_uom_id": self.pulp.uom_id.id,
                "bom_line_ids": [Command.create({"product_id": chips.id, "product_qty": 2, "product_uom_id": chips.uom_id.id})],
            }
        )
        quants._update_available_quantity(chips, stock, 4000)
        order = self.create_order(product=self.two, kg=97000, confirm=False)
        order.commitment_date = fields.Datetime.now() + timedelta(days=60)
        order.action_confirm()
        cut = self.productions(order)
        base = cut.paper_base_id
        lot = self.env["stock.lot"].create({"name": "J-1", "product_id": base.id}) if base.tracking != "none" else None
        quants._update_available_quantity(base, stock, 10000, lot_id=lot)
        quote = self.create_order(kg=1000, confirm=False)
        self.env["paper.material.claim"].create(
            {
                "order_id": quote.id, "warehouse_id": self.warehouse.id, "product_id": self.pulp.id,
                "date": self.env.company._paper_today(), "quantity": 20000,
            }
        )
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "order_line": [
                    Command.create(
                        {"product_id": self.pulp.id, "product_qty": 5000, "price_unit": 4, "date_planned": fields.Datetime.now()}
                    )
                ],
            }
        )
        purchase.button_confirm()
        plan = self.create_plan(cut)
        for moment in ("before its runs are made", "after"):
            materials = self.env["paper.material.plan"].with_user(self.users["purchasing"]).create({"plan_id": plan.id})
            materials.action_compute()
            line = materials.line_ids.filtered(lambda one: one.product_id == chips)
            self.assertAlmostEqual(line.needed, 19000, 0, moment)
            self.assertAlmostEqual(line.net, 15000, 0, moment)
            self.assertEqual((line.on_hand, line.partner_id), (4000, supplier))
            if moment != "after":
                plan._paper_make_runs()

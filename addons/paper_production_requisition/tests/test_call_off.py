from datetime import timedelta

from odoo import Command, fields
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCallOff(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near, cls.other = cls.env["res.partner"].create([{"name": "Near"}, {"name": "Other"}])
        for partner, price in ((cls.near, 4.0), (cls.other, 3.9)):
            cls.env["product.supplierinfo"].create(
                {"partner_id": partner.id, "product_tmpl_id": cls.pulp.product_tmpl_id.id, "price": price, "delay": 5}
            )
        cls.blanket = cls.env["purchase.requisition"].create(
            {
                "vendor_id": cls.near.id,
                "line_ids": [Command.create({"product_id": cls.pulp.id, "product_qty": 1000000, "price_unit": 3.5})],
            }
        )
        cls.blanket.action_confirm()

    def bought(self, tonnes=900):
        order = self.create_order(kg=tonnes * 1000, confirm=False)
        order.commitment_date = fields.Datetime.now() + timedelta(days=90)
        order.action_confirm()
        plan = self.create_plan(self.productions(order))
        plan.action_submit()
        materials = plan.material_plan_ids.with_user(self.users["purchasing"])
        materials.action_order()
        return materials.purchase_ids

    def test_called_at_its_price(self):
        """R5.2.1: what a blanket order covers is called from it at its price, which makes its supplier the cheapest."""
        purchase = self.bought()
        self.assertEqual((purchase.partner_id, purchase.requisition_id), (self.near, self.blanket))
        self.assertEqual(purchase.order_line.price_unit, 3.5)

    def test_no_more_than_agreed(self):
        """R5.2.1: what the blanket order no longer covers is asked for from the cheapest supplier."""
        self.blanket.line_ids.product_qty = 1000
        purchase = self.bought()
        self.assertEqual((purchase.partner_id, purchase.requisition_id.id), (self.other, False))

from lxml import etree
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDeskWeight(PaperProductionCommon):
    def test_the_workshop_sees_how_much_each_order_makes(self):
        """R4.2.2: on the desk stands what the manufacturing order makes, not the sum of its order; of one for stock, too."""
        order = self.create_order(self.create_spec(), self.create_spec(width=880), kg=3000)
        for_stock = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 2, "product_uom_id": self.env.ref("uom.product_uom_ton").id}
        )
        for_stock.paper_spec_id = order.order_line[0].paper_spec_id
        for_stock.action_confirm()
        productions = self.productions(order) | for_stock
        self.assertEqual(len(productions), 3)
        self.approved_plan(productions)
        rows = self.env["paper.desk"].with_user(self.operator).get_desk("department", "to_produce")["tasks"]
        told = {row["id"]: row["kg"] for row in rows if row["id"] in productions.ids}
        self.assertEqual(told, {production.id: 2000 if production == for_stock else 3000 for production in productions})

    def test_no_quantity_without_its_unit(self):
        """R5.3.1: in a mill without Odoo's setting for units, too, orders and work are read with unit, paper and deadline."""
        self.assertFalse(self.operator.has_group("uom.group_uom"))
        for model, kind, wanted in (
            ("mrp.production", "form", {"product_uom_id", "paper_spec_id"}),
            ("mrp.production", "list", {"product_uom_id", "paper_spec_id", "date_deadline"}),
            ("mrp.workorder", "list", {"product_uom_id", "paper_spec_id", "production_id", "paper_origin", "paper_deadline"}),
        ):
            with self.subTest(model=model, kind=kind):
                arch = etree.fromstring(self.env[model].with_user(self.operator).get_view(view_type=kind)["arch"])
                fields = arch.xpath("//field[not(ancestor::field)][not(@column_invisible)][not(@optional='hide')]")
                self.assertLessEqual(wanted, {field.get("name") for field in fields})

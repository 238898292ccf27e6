from lxml import etree
from odoo.addons.paper_base.exceptions import PaperAmountError
from odoo.addons.paper_production.exceptions import OtherPaperError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged

# Buttons of a manufacturing order that change what its plan agreed on.
HELD = ("button_unplan", "action_cancel", "action_update_bom")


@tagged("post_install", "-at_install")
class TestHeldByPlan(PaperProductionCommon):
    """What a manufacturing order offers while its plan is decided, and what it is made for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order()
        cls.production = cls.productions(cls.order)
        cls.other_paper = cls.create_made_to_order("Another paper")

    def test_what_the_plan_refuses_is_not_offered(self):
        """R5.1.2: buttons that an approved plan refuses are not shown, but to the supervisor who amends it."""
        arch = etree.fromstring(self.env["mrp.production"].get_view(view_type="form")["arch"])
        quantity = self.env.ref("mrp.action_change_production_qty").id
        for name in (*HELD, str(quantity)):
            for button in arch.xpath(f"//button[@name='{name}']"):
                self.assertIn("paper_plan_holds", button.get("invisible"), name)
        own = self.production.with_user(self.supervisor)
        self.assertFalse(own.paper_plan_holds)
        plan = self.approved_plan(self.production)
        for user in (self.supervisor, self.planner, self.operator):
            held = self.production.with_user(user)
            held.invalidate_recordset()
            self.assertTrue(held.paper_plan_holds)
            self.assertIn(plan.name, held.paper_plan_words)
        plan.with_user(self.supervisor).action_amend(reason="The machine is down")
        own.invalidate_recordset()
        self.assertFalse(own.paper_plan_holds)
        self.assertFalse(own.paper_plan_words)
        self.assertTrue(self.production.with_user(self.planner).paper_plan_holds)

    def test_start_waits(self):
        """R5.1.2, R5.3.1: ▶ does not stand on work whose plan is not approved, or that waits for what comes before."""
        arch = etree.fromstring(
            self.env["mrp.workorder"].get_view(self.env.ref("mrp.mrp_production_workorder_tree_editable_view").id, "list")["arch"]
        )
        self.assertIn("paper_waits", arch.xpath("//button[@name='button_start']")[0].get("invisible"))
        first, last = self.production.workorder_ids[:1], self.production.workorder_ids[-1:]
        self.assertTrue(first.paper_waits)
        self.approved_plan(self.production)
        (first | last).invalidate_recordset()
        self.assertEqual((first.paper_waits, last.paper_waits), (False, first != last))

    def test_made_for_what_was_ordered(self):
        """R5.1.1: nobody makes for a line another paper, or by another specification, than it asks for."""
        line = self.order.order_line
        shared = {"product_qty": 500, "sale_line_id": line.id}
        tries = {
            "paper": {"product_id": self.other_paper.id, "paper_spec_id": line.paper_spec_id.id},
            "paper without specification": {"product_id": self.other_paper.id},
            "specification": {"product_id": line.product_id.id, "paper_spec_id": self.create_spec().id},
        }
        for name, values in tries.items():
            with self.subTest(name), self.assertRaises(OtherPaperError), self.env.cr.savepoint():
                self.env["mrp.production"].create({**shared, **values})
        with self.assertRaises(OtherPaperError), self.env.cr.savepoint():
            self.production.sudo().paper_spec_id = self.create_spec()
        more = self.env["mrp.production"].create(
            {**shared, "product_id": line.product_id.id, "paper_spec_id": line.paper_spec_id.id}
        )
        self.assertEqual(more.sale_line_id, line)
        self.assertTrue(self.env["mrp.production"].create({"product_id": self.other_paper.id, "product_qty": 5}))

    def test_on_the_way_to_it(self):
        """R5.1.1: paper that the ordered paper is made of is made for its order."""
        line = self.order.order_line
        base = self.create_made_to_order("Base")
        self.env["mrp.bom"]._bom_find(line.product_id)[line.product_id].bom_line_ids[:1].product_id = base
        made = self.env["mrp.production"].create({"product_id": base.id, "product_qty": 5, "sale_line_id": line.id})
        self.assertEqual(made.sale_line_id, line)

    def test_nothing_below_nothing(self):
        """R5.3.1: nobody enters that less than nothing was made."""
        self.approved_plan(self.production)
        for record in (self.production, self.production.workorder_ids[:1]):
            with self.subTest(record._name), self.assertRaises(PaperAmountError), self.env.cr.savepoint():
                record.sudo().qty_producing = -5

from odoo.addons.paper_base.exceptions import ProduceBlockedError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestProduceGate(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order()
        cls.production = cls.productions(cls.order)
        cls.stock_production = cls.create_production(cls.create_spec(), product=cls.paper, user=cls.operator)

    def assertRefused(self, step):
        with self.assertRaises(ProduceBlockedError):
            step()

    def ways(self, production):
        """Return every way to make something of an order, as its operator could try it."""
        production = production.with_user(self.operator)
        workorder = production.workorder_ids[:1]
        time = {
            "workorder_id": workorder.id,
            "workcenter_id": workorder.workcenter_id.id,
            "loss_id": self.env.ref("mrp.block_reason7").id,
        }
        return {
            "start": workorder.button_start,
            "finish": workorder.button_finish,
            "set_state": lambda: workorder.set_state("progress"),
            "mark as done": workorder.action_mark_as_done,
            "write progress": lambda: workorder.write({"state": "progress"}),
            "write done": lambda: workorder.write({"state": "done"}),
            "write quantity": lambda: workorder.write({"qty_produced": 5}),
            "write producing": lambda: workorder.write({"qty_producing": 5}),
            "book time": lambda: self.env["mrp.workcenter.productivity"].with_user(self.operator).create(time),
            "order done": production.button_mark_done,
            "order start": production.action_start,
            "order write": lambda: production.write({"state": "done"}),
            "order producing": lambda: production.write({"qty_producing": 5}),
        }

    def test_refused_before_approval(self):
        """R5.1.2: before the plan is approved nothing is made, whatever way is tried, with and without an order."""
        for production in (self.production, self.stock_production):
            plan = self.create_plan(production)
            for state in ("draft", "submitted"):
                if state == "submitted":
                    plan.action_submit()
                for name, way in self.ways(production).items():
                    with self.subTest(order=production.name, state=state, way=name):
                        self.assertRefused(way)
                        self.assertEqual(production.state, "confirmed")

    def test_refused_without_a_plan(self):
        """R5.1.2: what no plan holds is not made."""
        self.assertRefused(self.production.with_user(self.operator).workorder_ids[:1].button_start)
        self.assertRefused(self.stock_production.with_user(self.operator).button_mark_done)

    def test_refused_below_the_buttons(self):
        """R5.1.2: the moves of an order are refused below every button, for the superuser too."""
        for moves in (self.production.move_raw_ids, self.production.move_finished_ids):
            self.assertRefused(lambda moves=moves: moves.sudo().write({"quantity": 10, "picked": True}))
            self.assertRefused(lambda moves=moves: moves.sudo().write({"state": "done"}))
            self.production._as_released(moves).sudo().write({"quantity": 10, "picked": True})
            self.assertRefused(moves.sudo()._action_done)

    def test_created_started(self):
        """R5.1.2: a work order is not created in progress."""
        values = {
            "name": "Extra",
            "production_id": self.production.id,
            "workcenter_id": self.machine.id,
            "product_uom_id": self.kg.id,
            "state": "progress",
        }
        self.assertRefused(lambda: self.env["mrp.workorder"].with_user(self.operator).create(values))

    def test_allowed_after_approval(self):
        """R5.1.2: approval opens the way."""
        self.approved_plan(self.production | self.stock_production)
        for production in (self.production, self.stock_production):
            self.make(production)
            self.assertEqual(production.state, "to_close")

    def test_other_order_of_the_same_sale_waits(self):
        """R5.1.2: one approved manufacturing order is made while another of the same sale waits for its plan."""
        order = self.create_order(self.create_spec(), self.create_spec(width=880))
        first, second = self.productions(order)
        self.approved_plan(first)
        self.make(first)
        self.assertRefused(second.with_user(self.operator).workorder_ids[:1].button_start)

    def test_blocker_and_override(self):
        """R5.1.2: the order names what waits; management may let it go on, with a reason on record."""
        blockers = self.order.sudo()._get_blockers("produce")[self.order.sudo()]
        self.assertEqual([item["code"] for item in blockers if item["code"] == "plan"], ["plan"])
        self.assertIn("produce", self.order.sudo()._paper_open_steps())
        order = self.order.with_user(self.users["management"])
        order._override_blocker("produce", "plan", "Customer's press stands still")
        self.production.with_user(self.operator).workorder_ids[:1].button_start()
        self.assertEqual(self.production.state, "progress")

    def test_other_products_go_free(self):
        """R5.1.2: what is not paper needs no plan."""
        pallet = self.create_paper("Pallet", is_paper=False)
        production = self.create_production(product=pallet, user=self.operator)
        production.button_mark_done()
        self.assertEqual(production.state, "done")

    def test_scrap_goes_free(self):
        """R5.3.2: scrapping material of a waiting order makes nothing."""
        scrap = self.env["stock.scrap"].with_user(self.operator).create(
            {"product_id": self.pulp.id, "scrap_qty": 5, "production_id": self.production.id}
        )
        scrap.do_scrap()
        self.assertEqual(scrap.state, "done")

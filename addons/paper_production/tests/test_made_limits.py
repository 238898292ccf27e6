from odoo.addons.paper_production.exceptions import PlanQuantityError, UnconsumedError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestMadeLimits(PaperProductionCommon):
    """No more than the customer takes, and nothing out of nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.productions(cls.create_order(cls.create_spec(tolerance_plus=5)))
        cls.plan = cls.approved_plan(cls.production)

    def enter(self, production, kg, user, by_form=True):
        """Finish ``kg`` of an order as the form does it, or as an integration writes it; answer what is asked."""
        production = production.with_user(user)
        production.write({"qty_producing": kg})
        if by_form:
            production.set_qty_producing()
        production.workorder_ids.button_finish()
        if not by_form:
            # Over RPC the components may be left as nobody touched them.
            production.move_raw_ids.write({"quantity": 0, "picked": False})
        self.passed(production.with_env(self.env))
        action = production.button_mark_done()
        while isinstance(action, dict) and action.get("res_model") in ("mrp.consumption.warning", "mrp.production.backorder"):
            wizard = self.env[action["res_model"]].with_user(user).with_context(**action["context"]).create({})
            action = wizard.action_confirm() if "consumption" in action["res_model"] else wizard.action_close_mo()
        return action

    def stock(self):
        return self.on_hand()

    def test_more_than_the_customer_takes(self):
        """R5.1.2, R5.3.1: the workshop enters what the customer takes, and no more, neither by form nor over RPC."""
        before = self.stock()
        for user in (self.operator, self.planner, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(PlanQuantityError):
                self.enter(self.production, 1051, user)
        self.assertEqual(self.stock(), before)
        self.enter(self.production, 1050, self.operator)
        self.assertEqual(self.stock(), before + 1050)

    def test_the_supervisor_lets_more_pass(self):
        """R5.1.2: the supervisor who amends the plan lets more pass, and his reason is kept with how much."""
        self.amend(self.plan, "The reel cannot be wound smaller")
        self.enter(self.production, 1200, self.supervisor)
        change = self.plan.change_ids.filtered(lambda rec: rec.kind == "excess")
        self.assertEqual((change.old_value, change.new_value), ("1050.001 kg", "1200 kg"))
        self.assertEqual(change.reason, "The reel cannot be wound smaller")

    def test_a_quantity_that_he_raised_is_the_workshops(self):
        """R5.1.2: what the supervisor raised the order to, the workshop makes."""
        self.amend(self.plan)
        self.env["change.production.qty"].with_user(self.supervisor).create(
            {"mo_id": self.production.id, "product_qty": 1200}
        ).change_prod_qty()
        self.assertEqual(self.production.product_qty, 1200)
        self.enter(self.production, 1200, self.operator)
        self.assertEqual(self.production.state, "done")

    def test_paper_for_stock(self):
        """R5.1.2: of what is made for nobody, no more than planned and its specification's tolerance enters."""
        stock = self.create_production(self.create_spec(tolerance_plus=10), product=self.paper, user=self.operator)
        self.approved_plan(stock)
        with self.assertRaises(PlanQuantityError):
            self.enter(stock, 1101, self.operator)
        self.enter(stock, 1100, self.operator)
        self.assertEqual(stock.state, "done")

    def test_parts_of_an_order_count_together(self):
        """R5.1.2: the parts of an order together make no more than the customer takes."""
        production = self.production.with_user(self.operator)
        parts = production._split_productions({production: [500, 500]})
        self.enter(parts[0], 500, self.operator)
        with self.assertRaises(PlanQuantityError):
            self.enter(parts[1], 600, self.operator)
        self.enter(parts[1], 550, self.operator)

    def test_out_of_nothing(self):
        """R5.3.1: paper that used no material enters no stock, whatever is confirmed; the supervisor's reason is kept."""
        before = self.stock()
        for user in (self.operator, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(UnconsumedError):
                self.enter(self.production, 1000, user, by_form=False)
        self.assertEqual(self.stock(), before)
        self.amend(self.plan, "Made of broke that nobody weighed")
        self.enter(self.production, 1000, self.supervisor, by_form=False)
        self.assertEqual(self.plan.change_ids.filtered(lambda rec: rec.kind == "unconsumed").user_id, self.supervisor)

from odoo.addons.paper_base.exceptions import ProduceBlockedError
from odoo.addons.paper_production.exceptions import PlanQuantityError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestLeftOver(PaperProductionCommon):
    """What is left when an order is given up while, or before, it is made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order()
        cls.production = cls.productions(cls.order)
        cls.plan = cls.approved_plan(cls.production)

    def test_made_when_the_order_is_cancelled(self):
        """R5.1.2, R6.1.2: paper that is made when its order is cancelled enters stock by the supervisor's decision, with his
        reason; before that the refusal says so, and the others cannot."""
        self.make(self.production)
        self.passed(self.production)
        self.order.sudo()._action_cancel()
        self.assertEqual(self.production.state, "to_close")
        with self.assertRaises(ProduceBlockedError) as caught:
            self.production.with_user(self.supervisor).button_mark_done()
        self.assertIn("amends the plan", str(caught.exception))
        self.amend(self.plan, "Customer bankrupt, stock for another")
        with self.assertRaises(ProduceBlockedError):
            self.production.with_user(self.operator).button_mark_done()
        self.production.with_user(self.supervisor).button_mark_done()
        self.assertEqual(self.production.state, "done")
        self.assertEqual(self.plan.state, "done")
        change = self.plan.change_ids
        self.assertEqual((change.kind, change.reason), ("left_over", "Customer bankrupt, stock for another"))

    def test_nothing_is_begun_for_a_cancelled_order(self):
        """R5.1.2: an amendment does not let work begin that nobody wants any more."""
        self.order.sudo()._action_cancel()
        self.amend(self.plan)
        with self.assertRaises(ProduceBlockedError):
            self.production.with_user(self.supervisor).workorder_ids[:1].button_start()

    def test_a_plan_of_which_all_was_given_up(self):
        """R5.1.1: a plan whose orders were all given up is cancelled, not done; what it planned stays readable."""
        self.amend(self.plan)
        self.production.with_user(self.supervisor).action_cancel()
        self.assertEqual(self.plan.state, "cancelled")
        self.assertEqual(self.plan.line_ids[:1].production_name, self.production.name)
        self.assertFalse(self.plan.sudo().activity_ids)

    def test_sales_hear_of_a_change(self):
        """R5.1.2: whose order is made otherwise than planned hears it once for each reason."""
        self.amend(self.plan, "Wet felt torn")
        for kg in (1010, 1005):
            self.production.with_user(self.supervisor).write({"product_qty": kg})
        self.production.with_user(self.supervisor).write({"date_start": "2099-01-01 08:00:00"})
        told = self.order.sudo().activity_ids.filtered(lambda rec: "Wet felt torn" in (rec.summary or ""))
        self.assertEqual(told.user_id, self.seller)
        self.assertEqual(len(told), 1)

    def test_more_than_anybody_takes_is_not_entered(self):
        """R5.1.2, R5.3.1: a slip of the keyboard is refused where it is typed; the supervisor may, while he amends."""
        self.make(self.production)
        with self.assertRaises(PlanQuantityError):
            self.production.with_user(self.operator).write({"qty_producing": 1e15})
        self.amend(self.plan)
        self.production.with_user(self.supervisor).write({"qty_producing": 1500})
        self.assertEqual(self.production.qty_producing, 1500)

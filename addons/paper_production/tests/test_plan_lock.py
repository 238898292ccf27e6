from unittest.mock import patch

from odoo import Command
from odoo.addons.paper_production.exceptions import OrdersMergedError, PlanLockedError, PlanStateError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestPlanLock(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first, cls.second = (cls.productions(cls.create_order()) for _index in range(2))
        cls.plan = cls.approved_plan(cls.first)

    def test_nothing_joins_an_approved_plan(self):
        """R5.1.2: no order slips into an approved plan: not by the order, the plan, a new or a copied order."""
        for user in (self.planner, self.supervisor, self.operator):
            with self.assertRaises(PlanLockedError):
                self.second.with_user(user).write({"paper_plan_id": self.plan.id})
        with self.assertRaises(PlanLockedError):
            self.second.sudo().write({"paper_plan_id": self.plan.id})
        with self.assertRaises(PlanLockedError):
            self.plan.write({"production_ids": [Command.link(self.second.id)]})
        with self.assertRaises(PlanLockedError):
            self.create_production(self.create_spec(), user=self.operator, paper_plan_id=self.plan.id)
        self.assertFalse(self.first.with_user(self.operator).copy().paper_plan_id)

    def test_nothing_leaves_an_approved_plan(self):
        """R5.1.2: an approved plan keeps its orders and its dates."""
        with self.assertRaises(PlanLockedError):
            self.first.with_user(self.planner).write({"paper_plan_id": False})
        with self.assertRaises(PlanLockedError):
            self.plan.write({"date_to": "2099-01-01"})

    def test_supervisor_adjusts(self):
        """R5.1.2: the supervisor adjusts what he has to approve, planning no more."""
        plan = self.create_plan(self.second)
        third = self.productions(self.create_order())
        plan.action_submit()
        with self.assertRaises(PlanLockedError):
            third.with_user(self.planner).write({"paper_plan_id": plan.id})
        third.with_user(self.supervisor).write({"paper_plan_id": plan.id})
        plan.with_user(self.supervisor).write({"date_to": "2099-01-01"})
        self.assertIn(third, plan.production_ids)

    def test_submitted_plan_is_not_removed(self):
        """R5.1.2: a submitted plan is not removed, nor is one that was cancelled."""
        with self.assertRaisesRegex(PlanLockedError, "cancel it instead"):
            self.plan.unlink()
        self.plan.with_user(self.supervisor).action_cancel()
        with self.assertRaisesRegex(PlanLockedError, "is evidence"):
            self.plan.unlink()
        draft = self.create_plan()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_started_plan_is_not_cancelled(self):
        """R5.1.2: a plan of which something is made is not cancelled."""
        self.first.with_user(self.operator).workorder_ids[:1].button_start()
        with self.assertRaises(PlanLockedError):
            self.plan.with_user(self.supervisor).action_cancel()

    def test_more_of_a_line_waits_for_its_own_plan(self):
        """R5.1.2: what an order grows by after approval is another manufacturing order, which waits."""
        line = self.first.sale_line_id
        self.amend(self.plan)
        first = self.first.with_user(self.supervisor)
        first.date_start = "2099-01-01 08:00:00"  # which takes its schedule back
        self.assertFalse(first.is_planned)
        # What other addons of the mill ask for before a change is not what is tested here.
        with patch.object(type(line.order_id), "_get_blockers", lambda orders, step: {rec: [] for rec in orders}):
            line.with_user(self.seller).write({"product_uom_qty": 1500})
        more = self.productions(line.order_id) - self.first
        self.assertEqual((self.first.product_qty, more.product_qty), (1000, 500))
        self.assertFalse(more.paper_plan_id)

    def test_orders_are_not_merged(self):
        """R4.2.1: manufacturing orders of two orders are not merged by hand."""
        third = self.productions(self.create_order())
        with self.assertRaises(OrdersMergedError):
            (self.second | third).with_user(self.planner).action_merge()

    def test_draft_state_cannot_be_skipped_by_return(self):
        """R5.1.2: an approved plan is not returned."""
        with self.assertRaises(PlanStateError):
            self.plan.with_user(self.supervisor).action_return("too late")

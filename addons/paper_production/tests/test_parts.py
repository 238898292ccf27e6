import json

from odoo import Command
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestParts(PaperProductionCommon):
    """Making an order in parts, with the rights of the departments alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.productions(cls.create_order())
        cls.plan = cls.approved_plan(cls.production)

    def cold(self):
        self.env.flush_all()
        self.env.invalidate_all()

    def cost_entries(self):
        """Give the order's components and work cost entries, as a mill with analytic accounting has them."""
        plan = self.env["account.analytic.plan"].create({"name": "Machines"})
        account = self.env["account.analytic.account"].create({"name": "PM1", "plan_id": plan.id})
        entries = self.env["account.analytic.line"].create([{"name": name, "account_id": account.id} for name in "abc"])
        production = self.production.sudo()
        production.move_raw_ids.analytic_account_line_ids = [Command.set(entries[0].ids)]
        production.workorder_ids[:1].mo_analytic_account_line_ids = [Command.set(entries[1].ids)]
        production.workorder_ids[:1].wc_analytic_account_line_ids = [Command.set(entries[2].ids)]
        return entries

    def test_each_department_splits(self):
        """R5.3.1: workshop, planning and supervisor split an order; its parts stay in the plan, as planned."""
        for user, kg in ((self.operator, 800), (self.planner, 600), (self.supervisor, 400)):
            self.cold()
            production = self.production.with_user(user)
            dialog = production.action_split()
            wizard = self.env[dialog["res_model"]].with_user(user).with_context(**dialog["context"]).create({})
            wizard.production_detailed_vals_ids = [
                Command.clear(),
                *(
                    Command.create({"quantity": part, "user_id": user.id, "date": production.date_start})
                    for part in (kg, production.product_qty - kg)
                ),
            ]
            wizard.action_split()
            self.assertEqual(production.product_qty, kg)
            self.assertEqual(sum(self.plan.production_ids.mapped("product_qty")), 1000, user.login)
            self.assertTrue(all(part.is_planned for part in self.plan.production_ids), user.login)
        self.assertEqual(len(self.plan.production_ids), 4)
        self.assertEqual(self.plan.state, "approved")
        self.assertFalse(self.plan.sudo().change_ids)

    def test_each_department_makes_a_part(self):
        """R5.3.1: workshop, planning and supervisor make a part and leave the rest as another order of the plan."""
        rest = self.production
        for user in (self.operator, self.planner, self.supervisor):
            production = rest.with_user(user)
            production.qty_producing = 200
            production.set_qty_producing()
            for work in production.workorder_ids:
                work.button_start()
                work.button_finish()
            self.passed(rest)
            self.cold()
            action = production.button_mark_done()
            sent_back = json.loads(json.dumps(action["context"]))  # as the client does
            wizard = self.env["mrp.production.backorder"].with_user(user).with_context(**sent_back).create({})
            wizard.action_backorder()
            self.assertEqual((production.state, production.qty_produced), ("done", 200))
            rest = self.plan.production_ids.filtered(lambda rec: rec.state == "confirmed")
            self.assertEqual(len(rest), 1)
            self.assertTrue(rest.is_planned)
        self.assertEqual(rest.product_qty, 400)
        self.assertEqual(self.plan.state, "approved")

    def test_each_department_renames(self):
        """R5.3.1: an order, its components and its work are renamed by whoever works with it, its cost entries with them."""
        entries = self.cost_entries()
        for user in (self.operator, self.planner, self.supervisor):
            self.cold()
            self.production.with_user(user).name = f"MO of {user.login}"
            self.assertEqual(set(entries[:2].mapped("ref")), {f"MO of {user.login}"})

    def test_cancelled_work_takes_its_cost_entries_along(self):
        """R5.3.1: the supervisor cancels work without a right on its cost entries."""
        entries = self.cost_entries()
        self.amend(self.plan)
        self.cold()
        self.production.workorder_ids[:1].with_user(self.supervisor).action_cancel()
        self.assertEqual(entries.exists(), entries[0])
        self.cold()
        self.production.workorder_ids[1:].with_user(self.supervisor).unlink()
        self.assertEqual(len(self.production.workorder_ids), 1)

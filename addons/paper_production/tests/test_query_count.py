from unittest.mock import patch

from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestQueryCount(PaperProductionCommon):
    def count(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def orders(self, number, confirm=True):
        orders = self.env["sale.order"]
        for _index in range(number):
            orders |= self.create_order(confirm=confirm).sudo(False).with_user(self.env.user)
        return orders

    def confirm(self, orders):
        """Confirm without any rule: what other addons look at is counted with them."""
        with patch.object(type(orders), "_get_blockers", lambda records, step: {record: [] for record in records}):
            orders.action_confirm()

    def test_blockers_do_not_grow(self):
        """R5.1.2: the blockers and milestones of twice as many orders cost the same queries."""
        orders = self.orders(8).sudo()
        for work in (lambda recs: recs._get_blockers("produce"), lambda recs: recs._get_milestones()):
            work(orders)
            self.assertEqual(self.count(lambda: work(orders[:4])), self.count(lambda: work(orders)))  # noqa: B023

    def test_stat_buttons_do_not_grow(self):
        """R4.2.2: what the buttons above an order count costs the same queries for twice as many orders."""
        orders = self.orders(8)
        names = ["paper_plan_count", "paper_production_count", "paper_inspection_count", "paper_lot_count"]

        def read(records):
            for name in names:
                records.mapped(name)

        read(orders)
        self.assertEqual(self.count(lambda: read(orders[:4])), self.count(lambda: read(orders)))
        self.assertEqual(orders.mapped("paper_production_count"), [1] * 8)

    def test_documents_are_counted_for_who_may_read_them(self):
        """R4.2.2: the buttons count an order's plans and manufacturing orders, and open them; for nobody else."""
        order = self.orders(1)
        plan = self.approved_plan(self.productions(order))
        self.assertEqual((order.paper_plan_count, order.paper_production_count), (1, 1))
        self.assertEqual(order.action_view_paper_plans()["res_id"], plan.id)
        self.assertEqual(order.action_view_paper_productions()["res_id"], self.productions(order).id)
        self.env["ir.model.access"].search([("model_id.model", "=", "paper.production.plan")]).active = False
        order.invalidate_recordset()
        self.assertEqual(order.with_user(self.planner).paper_plan_count, 0)

    def test_confirmation_stays_cheap(self):
        """R4.2.1: what quality and production add to a confirmation is a few queries an order, and stays so."""
        self.orders(1)
        few, many = self.orders(4, confirm=False), self.orders(8, confirm=False)
        cost_few = self.count(lambda: self.confirm(few))
        cost_many = self.count(lambda: self.confirm(many))
        plain = self.orders(8, confirm=False)
        nothing = self.env["qc.inspection"]
        with patch.object(type(nothing), "_make_final_inspections", lambda records, productions: nothing):
            cost_plain = self.count(lambda: self.confirm(plain))
        self.assertLess((cost_many - cost_few) / 4, (cost_few / 4) * 1.02)
        self.assertLess(cost_many - cost_plain, 8 * 12, (cost_few, cost_many, cost_plain))
        self.assertLess(cost_many, cost_plain * 1.1, (cost_few, cost_many, cost_plain))

    def test_starting_work_asks_once(self):
        """R5.1.2, R5.3.1: starting a work order asks the gates once, which costs little beside what Odoo does anyway."""
        orders = self.orders(4)
        productions = self.productions(orders)
        self.approved_plan(productions)
        warm, again, asked, free = productions.with_user(self.operator)
        for production in (warm, again):  # what is read once a server is no work order's cost
            self.count(lambda production=production: production.workorder_ids[:1].button_start())
        gate = type(warm)._check_produce
        calls = []

        def counted(records):
            if records._unreleased():
                calls.append(records)
            return gate(records)

        with patch.object(type(warm), "_check_produce", counted):
            cost = self.count(lambda: asked.workorder_ids[:1].button_start())
        self.assertEqual(len(calls), 1)
        works = type(warm.workorder_ids)
        with (
            patch.object(type(warm), "_check_produce", lambda records: None),
            patch.object(works, "_check_in_turn", lambda records, finishing: None),
        ):
            plain = self.count(lambda: free.workorder_ids[:1].button_start())
        # Where contracts are installed the gate asks for the contract in force as well.
        most = 1.2 if "paper.contract" in self.env else 1.1
        self.assertLessEqual(cost, plain * most, (cost, plain))

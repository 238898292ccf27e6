from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged

STAGES = ("produced", "inspected", "stocked")


@tagged("post_install", "-at_install")
class TestOrderProgress(PaperProductionCommon):
    """What was made, inspected and taken into stock of an order is judged by the weight of each line."""

    def make_part(self, production, kg, backorder, user=None):
        """Make ``kg`` of an order; keep the rest as another one, or give it up."""
        production = production.with_user(user or self.operator)
        production.qty_producing = kg
        production.set_qty_producing()
        self.make(production)
        self.passed(production)
        action = production.button_mark_done()
        if action is True:
            return
        wizards = self.env["mrp.production.backorder"].with_user(user or self.operator)
        wizard = wizards.with_context(**action["context"]).create({})
        if backorder:
            wizard.action_backorder()
        else:
            wizard.action_close_mo()

    def planned(self, *specs, **vals):
        order = self.create_order(*(specs or [self.create_spec(tolerance_minus=5, tolerance_plus=5)]), **vals)
        productions = self.productions(order)
        self.approved_plan(productions)
        return order, productions

    def states(self, order):
        return [self.milestone(order, code)["state"] for code in STAGES]

    def told(self, order):
        """Return what sales were told of what fell short, once the transaction ends."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        return order.sudo().activity_ids.filtered(lambda activity: activity.paper_kind == "short")

    def test_what_was_made_in_the_cockpit(self):
        """R5.3.3: the cockpit draws what came off the machines day by day, and opens the orders behind it."""

        def made():
            figures = self.env["paper.desk"].with_user(self.users["management"])._paper_figures()
            return next((figure for figure in figures if figure.code == "made"), None)

        before = made()
        _order, production = self.planned(kg=7734.6)
        self.make_part(production, 2600, backorder=True)
        self.env.flush_all()
        figure = made()
        self.assertAlmostEqual(figure.value, (before.value if before else 0) + 2.6, delta=0.1)
        self.assertIn(production, self.env[figure.model].search(figure.domain))
        *_earlier, (_day, tonnes, _late, domain) = figure.bars
        self.assertGreaterEqual(tonnes, 2.6)
        self.assertIn(production, self.env[figure.model].search(domain))

    def test_a_third_made_the_rest_given_up(self):
        """R5.3.3, R6.1.1, R6.1.2: a third made and the rest given up is done nowhere, sales have it, the customer reads it."""
        order, production = self.planned(kg=7734.6)
        self.make_part(production, 2578, backorder=False)
        self.assertEqual(production.state, "done")
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertEqual(order.sudo()._get_steps_ahead()[order.sudo()]["name"], "Produced: 2,578 of 7,735 kg")
        self.assertEqual(order.sudo()._get_steps_ahead()[order.sudo()]["owner"], self.seller.name)
        read = {item["code"]: item for item in order.sudo()._get_portal_milestones()}
        for code in STAGES:
            self.assertIn("2,578 of 7,735 kg", read[code]["name"])
            self.assertEqual(read[code]["state_name"], "Less than ordered")
        told = self.told(order)
        self.assertEqual(told.user_id, self.seller)
        self.assertIn("2,578 of 7,735 kg", told.summary)

    def test_sales_are_told_once_and_until_it_is_settled(self):
        """R5.3.3: what fell short is put before sales once; it ends when the customer takes less."""
        order, production = self.planned()
        self.make_part(production, 400, backorder=False)
        first = self.told(order)
        self.assertEqual(len(first), 1)
        order.sudo()._paper_weight_changed()
        self.assertEqual(self.told(order), first)
        order.sudo().order_line.write({"paper_quantity": 400})
        self.assertFalse(self.told(order))
        self.assertEqual(self.states(order), ["done"] * 3)

    def test_a_part_made_the_rest_to_come(self):
        """R5.3.3: while the rest is being made the order goes on, and is done with the last of it."""
        order, production = self.planned()
        self.make_part(production, 400, backorder=True)
        self.assertEqual(self.states(order), ["current"] * 3)
        self.assertEqual(order.sudo()._get_steps_ahead()[order.sudo()]["name"], "Produced: 400 of 1,000 kg")
        self.assertFalse(self.told(order))
        self.make_part(self.productions(order) - production, 600, backorder=False)
        self.assertEqual(self.states(order), ["done"] * 3)

    def test_the_rest_cancelled_later(self):
        """R5.3.3: a rest that planning cancels afterwards does not count."""
        order, production = self.planned()
        self.make_part(production, 400, backorder=True)
        self.amend(production.paper_plan_id)
        (self.productions(order) - production).with_user(self.supervisor).action_cancel()
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertEqual(len(self.told(order)), 1)

    def test_within_the_tolerance(self):
        """R5.3.3: what the customer accepts as missing is not missing."""
        order, production = self.planned()
        self.make_part(production, 950, backorder=False)
        self.assertEqual(self.states(order), ["done"] * 3)
        self.assertFalse(self.told(order))
        order, production = self.planned()
        self.make_part(production, 949, backorder=False)
        self.assertEqual(self.states(order), ["short"] * 3)

    def test_more_than_ordered(self):
        """R5.3.3: what is made beyond the order is done, and its weight is told."""
        order, production = self.planned()
        self.amend(production.paper_plan_id, "The reel cannot be wound smaller")
        self.make_part(production, 1100, backorder=False, user=self.supervisor)
        self.assertEqual(self.states(order), ["done"] * 3)
        self.assertIn("1,100 of 1,000 kg", self.milestone(order, "produced")["name"])

    def test_everything_cancelled(self):
        """R5.3.3: an order whose production was cancelled is not "not needed": planning has it again, and sales are told."""
        order, production = self.planned()
        self.amend(production.paper_plan_id)
        production.with_user(self.supervisor).action_cancel()
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertEqual(order.sudo()._get_steps_ahead()[order.sudo()]["name"], "Production planned")
        self.assertEqual(len(self.told(order)), 1)

    def test_one_line_of_two(self):
        """R5.3.3: each line counts for itself; more of one makes up for no other."""
        order, productions = self.planned(self.create_spec(), self.create_spec(width=880))
        first, second = productions
        self.amend(first.paper_plan_id, "The reel cannot be wound smaller")
        self.make_part(first, 1700, backorder=False, user=self.supervisor)
        self.assertEqual(self.states(order), ["current"] * 3)
        self.make_part(second, 300, backorder=False)
        self.assertEqual(self.states(order), ["short"] * 3)
        self.assertIn("1,300 of 2,000 kg", self.milestone(order, "stocked")["name"])

    def test_the_order_is_cancelled(self):
        """R5.3.3: nobody is told of what an order that is cancelled itself gives up."""
        order, production = self.planned()
        self.make_part(production, 400, backorder=False)
        self.assertEqual(len(self.told(order)), 1)
        order.sudo()._action_cancel()
        self.assertFalse(self.told(order))

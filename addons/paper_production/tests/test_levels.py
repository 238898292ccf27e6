from odoo import Command
from odoo.addons.paper_roll.exceptions import MassBalanceError, RollNumberError, RollTooHeavyError, RollWidthError
from odoo.tests import tagged

from ..exceptions import RecipeError, RollEntryError, RunBalanceError, SpecMissingError
from .levels_common import PaperLevelsCommon


@tagged("post_install", "-at_install")
class TestLevels(PaperLevelsCommon):
    def test_a_run_for_all_and_a_cut_for_each_line(self):
        """R5.1.1: reels and sheets of two basis weights: a cut of each line over the machines of its format, and one run of
        each basis weight for all of them.
        """
        reel, wide = self.create_spec(), self.create_spec(width=880)
        sheet = self.create_spec(basis_weight=100, **self.sheets)
        first = self.create_order(reel, wide, product=self.two, kg=2000)
        second = self.create_order(reel, sheet, product=self.two, kg=1000)
        plan = self.collected(first, second)
        cuts, runs = self.cuts(plan), self.runs(plan)
        self.assertEqual(cuts.sale_line_id, first.order_line | second.order_line)
        self.assertEqual(sorted(runs.mapped("paper_spec_id.basis_weight")), [80, 100])
        for run in runs:
            own = cuts.move_raw_ids.filtered(lambda move, run=run: move.product_id == run.product_id)
            needed = sum(own.mapped("product_qty"))
            self.assertAlmostEqual(run.product_qty, needed, 2)
            self.assertEqual(run.workorder_ids.workcenter_id, self.machine)
            self.assertEqual(run.move_raw_ids.product_id, self.pulp)
        self.assertAlmostEqual(sum(runs.mapped("product_qty")), 6000 / 0.97, 1)
        for cut in cuts:
            sheets = cut.paper_spec_id.format == "sheet"
            self.assertEqual(cut.workorder_ids.workcenter_id, self.winder | self.sheeter if sheets else self.winder)
            run = runs.filtered(lambda rec, cut=cut: rec.product_id == cut.paper_base_id)
            self.assertLessEqual(run.date_finished, cut.date_start)
        # Nothing is wanted twice: what is ordered next gets a run of its own, no more.
        third = self.create_order(reel, product=self.two, kg=970)
        self.assertAlmostEqual(self.runs(self.collected(third)).product_qty, 1000, 2)

    def test_from_pulp_to_stock_by_default(self):
        """R5.3.1: whoever enters no rolls gets the tree and the balance all the same: made from the recipe, it balances."""
        order = self.create_order(product=self.two, kg=1940)
        plan = self.collected(order)
        run, cut = self.runs(plan), self.cuts(plan)
        self.finish(run)
        jumbo = run.move_finished_ids.move_line_ids.lot_id
        self.assertEqual((jumbo.paper_kind, jumbo.paper_disposition), ("jumbo", "sale"))
        self.assertAlmostEqual(jumbo.paper_net_kg, 2000, 1)
        figures = (run.paper_taken_kg, run.paper_made_kg, run.paper_broke_kg)
        self.assertEqual([round(kg, 1) for kg in figures], [2100, 2000, 80])
        self.assertAlmostEqual(run.paper_lost_kg, 20, 1)
        self.assertAlmostEqual(run.paper_difference_kg, 0, 2)
        self.finish(cut)
        roll = cut.move_finished_ids.move_line_ids.filtered(lambda line: line.product_id == self.two).lot_id
        self.assertEqual(roll._paper_ancestors()[roll], jumbo)
        self.assertEqual(jumbo._paper_descendants()[jumbo], roll)
        figures = (jumbo._paper_left_kg(), roll.paper_net_kg, cut.paper_broke_kg)
        self.assertEqual([round(kg) for kg in figures], [0, 1940, 60])
        self.assertAlmostEqual(cut.paper_difference_kg, 0, 2)
        self.assertAlmostEqual(self.on_hand(self.recipe.paper_broke_id), 140, 0)
        self.assertAlmostEqual(self.on_hand(run.product_id), 0, 1)
        self.assertEqual(order.sudo().picking_ids.move_ids.quantity, 1940)
        self.assertEqual(self.milestone(order, "stocked")["state"], "done")

    def test_values_reconcile(self):
        """R5.3.1: what pulp and work cost is what base paper, broke and paper are worth, over the run and two entries of a cut,
        the second a backorder.
        """
        order = self.create_order(product=self.two, kg=3880)
        plan = self.collected(order)
        run, cut = self.runs(plan), self.cuts(plan)
        before = self.value()
        self.finish(run, *self.jumbos(run))
        cost = sum(work._cal_cost() for work in run.workorder_ids)
        self.assertAlmostEqual(self.value(), before + cost, 1)
        broke = self.recipe.paper_broke_id.with_env(self.env)
        # A kg of broke is worth four fifths of a kg of the base paper that it fell off.
        jumbo = run.move_finished_ids.filtered(lambda move: move.product_id == run.product_id)
        self.assertAlmostEqual(broke.total_value / self.on_hand(broke), 0.8 * jumbo.value / run.product_qty, 2)
        jumbos = run.paper_roll_ids
        work = cut.with_user(self.operator)
        roll = {"paper_gross_kg": 970, "paper_width": 787, "paper_length": 970 / (80 * 787) * 1e6}
        work._paper_enter([{"name": "R1", **roll}, {"name": "R2", **roll}], 60, jumbos[0].with_user(self.operator))
        self.make(cut)
        self.passed(cut)
        action = work.button_mark_done()
        self.env["mrp.production.backorder"].with_user(self.operator).with_context(**action["context"]).create({}).action_backorder()
        rest = (plan.production_ids - cut - run).filtered(lambda rec: rec.sale_line_id == cut.sale_line_id)
        self.assertEqual((cut.state, cut.qty_produced, rest.product_qty), ("done", 1940, 1940))
        self.finish(rest, [{"name": "R3", **roll}, {"name": "R4", **roll}], 60, jumbos[1])
        cost += sum(one._cal_cost() for one in (cut | rest).workorder_ids)
        self.assertAlmostEqual(self.value(), before + cost, 1)
        self.assertAlmostEqual(self.on_hand(run.product_id), 0, 1)
        # Both entries of the same paper cost the same per kg, but for the seconds that work took.
        prices = [
            sum(rec.move_finished_ids.filtered(lambda move: move.product_id == self.two).mapped("value")) / 1940
            for rec in cut | rest
        ]
        self.assertGreater(min(prices), 4)
        self.assertAlmostEqual(prices[0], prices[1], 0)

    def test_standard_prices_reconcile(self):
        """R5.3.1: with standard prices that follow from the recipe, what is taken is worth what is made: nothing is left over."""
        self.average.property_cost_method = "standard"
        self.machine.costs_hour = self.winder.costs_hour = 0
        plan = self.collected(self.create_order(product=self.two, kg=1940))
        run, cut = self.runs(plan), self.cuts(plan)
        bom = run.bom_id
        base, broke = run.product_id, bom.paper_broke_id
        # 1,050 kg of pulp at 4 are 1,000 kg of base paper and 40 kg of broke at four fifths of its price.
        price = 4200 / 1032
        base.standard_price, broke.standard_price = price, 0.8 * price
        trim = 1000 / 0.97 - 1000
        self.two.standard_price = ((1000 + trim) * price - trim * 0.8 * price) / 1000
        self.assertAlmostEqual(bom.byproduct_ids.cost_share, 100 * 32 / 1032, 2)
        before = self.value()
        self.finish(run)
        self.assertAlmostEqual(self.value(), before, 1)
        self.finish(cut)
        self.assertAlmostEqual(self.value(), before, 1)

    def test_one_jumbo_to_pallets_both_ways(self):
        """R5.2.2, R7.1.1: one jumbo, three sets, 17 rolls for four orders, two rewound, three pallets: both lists agree."""
        spec = self.create_spec(width=400)
        orders = [self.create_order(spec, product=self.two, kg=kg) for kg in (500, 500, 500, 200)]
        plan = self.collected(*orders)
        run, cuts = self.runs(plan), self.cuts(plan).sorted("id")
        (jumbo,) = self.finish(run, *self.jumbos(run, number=1, width=2400))
        length = 100 / (80 * 400) * 1e6
        number, rolls = 0, []
        for cut, count in zip(cuts, (5, 5, 5, 2), strict=True):
            own = []
            for _roll in range(count):
                at = number // 6  # six across in a set
                place = {"from_m": at * length, "to_m": (at + 1) * length, "position": number % 6 + 1}
                own.append(
                    {
                        "name": f"T{number + 1:02d}",
                        "paper_gross_kg": 100,
                        "paper_width": 400,
                        "paper_length": length,
                        "paper_set_number": at + 1,
                        "paper_position": number % 6 + 1,
                        "parts": [{"parent": jumbo, "kg": 100, **place}],
                    }
                )
                number += 1
            rolls.append(self.finish(cut, own, count * 100 / 0.97 - count * 100, jumbo))
        made = self.env["stock.lot"].union(*rolls)
        self.assertEqual((len(made), set(made.mapped("paper_set_number"))), (17, {1, 2, 3}))
        rewound = self.env["stock.lot"]
        for roll in made[:2]:
            rewound |= roll.with_user(self.operator)._paper_convert(
                [{"name": f"{roll.name}R", "paper_gross_kg": 99, "paper_width": 400}], "rewind", broke_kg=1
            )
        packed = rewound.with_env(self.env) | made[2:]
        pallets = self.env["stock.lot"]
        for place in range(3):
            own = packed[place * 6 : place * 6 + 6]
            pallets |= own.with_user(self.operator)._paper_convert(
                [{"name": f"P{place}", "paper_kind": "pallet", "paper_gross_kg": sum(own.mapped("paper_net_kg"))}], "repack"
            )
        everything = jumbo | made | packed | pallets.with_env(self.env)
        below, above = everything._paper_descendants(), everything._paper_ancestors()
        self.assertEqual(below[jumbo], everything - jumbo)
        for parent in everything:
            for child in everything:
                self.assertEqual(child in below[parent], parent in above[child])
        self.assertEqual(above[made[16]], jumbo)
        self.assertAlmostEqual(jumbo._paper_left_kg(), 0, 0)

    def test_broke_goes_back(self):
        """R5.3.1: the broke that lies there is pulp of the next run, no more of it than the recipe allows."""
        self.collected(self.create_order(product=self.two, kg=1000))
        broke = self.recipe.paper_broke_id
        self.env["stock.quant"]._update_available_quantity(broke, self.warehouse.lot_stock_id, 150)
        run = self.runs(self.collected(self.create_order(product=self.two, kg=1940)))
        taken = {move.product_id: move.product_uom_qty for move in run.move_raw_ids}
        self.assertEqual(taken[broke], 150)
        self.assertAlmostEqual(taken[self.pulp], 1950, 2)
        self.env["stock.quant"]._update_available_quantity(broke, self.warehouse.lot_stock_id, 5000)
        run = self.runs(self.collected(self.create_order(product=self.two, kg=1940)))
        taken = {move.product_id: move.product_uom_qty for move in run.move_raw_ids}
        self.assertEqual((taken[broke], round(taken[self.pulp])), (420, 1680))

    def test_moisture_is_a_loss_that_is_known(self):
        """R5.3.1: pulp of 10 % moisture gives paper of 6 %: what evaporates is told apart from what is missing."""
        self.pulp.paper_moisture, self.two.paper_moisture = 10, 6
        self.recipe.paper_yield = 100
        run = self.runs(self.collected(self.create_order(product=self.two, kg=970)))
        work = run.with_user(self.operator)
        work._paper_enter([{"name": "J1", "paper_gross_kg": 965}], 40)
        self.make(run)
        self.passed(run)
        # Of 1,050 kg pulp with 10 % water come 945 kg dry, 1,005.3 kg with 6 %.
        taken = run.paper_taken_kg
        self.assertAlmostEqual(taken, 1050 * 0.965, 1)
        self.assertAlmostEqual(run.paper_moisture_kg, taken * 4 / 94, 1)
        self.assertAlmostEqual(run.paper_difference_kg, taken * 90 / 94 - 965 - 40, 0)
        with self.assertRaisesRegex(RunBalanceError, "-34.9 kg differ"), self.env.cr.savepoint():
            work.with_context(skip_backorder=True).button_mark_done()
        work.paper_balance_reason = "The weighing of pulp was estimated"
        work.with_context(skip_backorder=True).button_mark_done()
        self.assertEqual(run.state, "done")

    def test_what_was_in_production_stays(self):
        """R5.1.1: an order whose paper becomes one of two levels while it is in production is finished as it was begun."""
        paper = self.create_made_to_order("Old way", tracking="lot")
        order = self.create_order(product=paper)
        production = self.productions(order)
        plan = self.approved_plan(production)
        paper.product_tmpl_id.paper_two_levels = True
        whole = production.sudo()
        rest = whole._split_productions({whole: [400, 600]}) - whole
        self.assertEqual((rest.product_qty, rest.bom_id, rest.paper_kind), (600, paper.bom_ids[:1], False))
        self.finish(rest)
        self.assertFalse(production.paper_kind)
        self.make(production)
        self.passed(production)
        production.with_user(self.operator).button_mark_done()
        self.assertEqual((production.state, plan.state), ("done", "done"))
        self.assertFalse(production.move_finished_ids.move_line_ids.lot_id.paper_kind)
        self.assertEqual(self.productions(self.create_order(product=paper)).paper_kind, "cut")

    def test_recipe_changes(self):
        """R5.1.1: when the recipe changes the next order follows it, on the same base paper; what is in work keeps its own."""
        spec = self.create_spec()
        old = self.productions(self.create_order(spec, product=self.two))
        again = self.productions(self.create_order(spec, product=self.two))
        self.assertEqual(old.bom_id, again.bom_id)
        self.recipe.paper_cut_trim = 5
        new = self.productions(self.create_order(spec, product=self.two))
        self.assertEqual(new.paper_base_id, old.paper_base_id)
        self.assertNotEqual(new.bom_id, old.bom_id)
        self.assertEqual((new.bom_id.active, old.bom_id.active), (True, False))
        self.assertAlmostEqual(new.move_raw_ids.product_qty, 1000 / 0.95, 2)
        # Odoo itself finds the recipe, for promise and cost.
        self.assertEqual(self.env["mrp.bom"]._bom_find(self.two)[self.two], self.recipe)

    def test_stock_paper_needs_a_specification(self):
        """R5.1.1: what is made for stock is cut as its specification says; without one it is in no plan that is submitted."""
        vals = {"product_id": self.two.id, "product_qty": 500, "product_uom_id": self.kg.id}
        made = self.env["mrp.production"].with_user(self.planner).create({**vals, "paper_spec_id": self.create_spec().id})
        self.assertEqual(made.paper_kind, "cut")
        made.action_confirm()
        self.assertEqual(made.move_raw_ids.product_id, made.paper_base_id)
        loose = self.env["mrp.production"].with_user(self.planner).create(vals)
        loose.action_confirm()
        plan = self.create_plan(made | loose)
        with self.assertRaisesRegex(SpecMissingError, loose.name), self.env.cr.savepoint():
            plan.action_submit()
        loose.paper_plan_id = False
        plan.action_submit()
        self.assertEqual(plan.state, "submitted")

    def test_what_a_recipe_lacks(self):
        """R5.1.1: a recipe for no weight, of loose material, without a sheeter, and a specification without a basis weight are
        refused by name.
        """
        spec, sheet = self.create_spec(), self.create_spec(**self.sheets)
        unit = self.env.ref("uom.product_uom_unit")
        with self.assertRaisesRegex(RecipeError, "Basis Weight"), self.env.cr.savepoint():
            self.recipe._paper_cut(self.create_spec(basis_weight=0))
        with self.assertRaisesRegex(RecipeError, "Sheets Only"), self.env.cr.savepoint():
            self.recipe.operation_ids.filtered("paper_format").unlink()
            self.recipe._paper_cut(sheet)
        with self.assertRaisesRegex(RecipeError, "paper machine"), self.env.cr.savepoint():
            self.recipe.operation_ids.paper_level = "cut"
            self.recipe._paper_cut(spec)
        felt = self.env["product.product"].create({"name": "Dye in cans", "uom_id": unit.id})
        with self.assertRaisesRegex(RecipeError, "Dye in cans"), self.env.cr.savepoint():
            making = self.recipe.operation_ids.filtered(lambda work: work.paper_level == "run")
            self.recipe.bom_line_ids = [
                Command.create({"product_id": felt.id, "product_uom_id": unit.id, "operation_id": making.id})
            ]
            self.recipe._paper_cut(spec)

    def test_rolls_that_cannot_be(self):
        """R5.3.1: a roll without weight, heavier than its geometry, wider than its jumbo, of no jumbo, of a used number, or of
        an order not in work is refused by name.
        """
        plan = self.collected(self.create_order(product=self.two, kg=1940))
        run, cut = self.runs(plan), self.cuts(plan)
        work = run.with_user(self.operator)
        heavy = {"name": "J1", "paper_gross_kg": 2000, "paper_width": 2400, "paper_length": 5000}
        for error, rolls in (
            (RollEntryError, []),
            (RollEntryError, [{"name": "J1", "paper_gross_kg": 300, "paper_tare_kg": 300}]),
            (RollTooHeavyError, [heavy]),
            (RollNumberError, [{"name": "J1", "paper_gross_kg": 900}, {"name": "J1", "paper_gross_kg": 900}]),
        ):
            with self.subTest(rolls=rolls), self.assertRaises(error), self.env.cr.savepoint():
                work._paper_enter(rolls)
        (jumbo,) = self.finish(run, *self.jumbos(run, number=1, width=1500))
        with self.assertRaises(RollEntryError), self.env.cr.savepoint():
            work._paper_enter([{"name": "J2", "paper_gross_kg": 900}])
        work = cut.with_user(self.operator)
        roll = {"paper_gross_kg": 500, "paper_width": 787}
        mine = jumbo.with_user(self.operator)
        with self.assertRaises(RollEntryError), self.env.cr.savepoint():
            work._paper_enter([{"name": "R1", **roll}])
        with self.assertRaises(RollWidthError), self.env.cr.savepoint():
            work._paper_enter([{"name": "R1", "paper_position": 1, **roll}, {"name": "R2", "paper_position": 2, **roll}], 0, mine)
        with self.assertRaises(MassBalanceError), self.env.cr.savepoint():
            work._paper_enter([{"name": "R1", "paper_gross_kg": 2500}], 0, mine)

    def test_window(self):
        """R5.3.1: the workshop enters jumbo and rolls in a window that says the number, the width and what is left."""
        plan = self.collected(self.create_order(product=self.two, kg=970))
        run, cut = self.runs(plan), self.cuts(plan)
        entry = self.env["paper.roll.entry"].browse(run.with_user(self.operator).action_paper_enter_rolls()["res_id"])
        entry = entry.with_user(self.operator)
        self.assertEqual(entry.line_ids.name, f"{run.name}-01")
        entry.write({"broke_kg": 40, "line_ids": [Command.update(entry.line_ids.id, {"paper_gross_kg": run.product_qty})]})
        entry.action_enter()
        self.assertEqual((run.paper_roll_count, run.qty_producing), (1, run.product_qty))
        self.finish(run)
        entry = self.env["paper.roll.entry"].browse(cut.with_user(self.operator).action_paper_enter_rolls()["res_id"])
        entry = entry.with_user(self.operator)
        self.assertEqual((entry.jumbo_id, entry.line_ids.paper_width), (run.paper_roll_ids, 787))
        self.assertAlmostEqual(entry.jumbo_left_kg, 1000, 1)
        entry.write({"broke_kg": 30, "line_ids": [Command.update(entry.line_ids.id, {"paper_gross_kg": 970})]})
        entry.action_enter()
        self.finish(cut)
        self.assertAlmostEqual(cut.paper_difference_kg, 0, 2)
        self.assertEqual(cut.paper_roll_ids.paper_parent_link_ids.kg, 970)

from odoo.addons.paper_production.tests.levels_common import PaperLevelsCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTrimLevels(PaperLevelsCommon):
    """Two orders of reels, 1,200 and 1,320 mm, that fill a trim of 2,600 mm but for 80: the patterns become rolls of the run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.winder.write({"paper_is_winder": True, "paper_edge_trim": 20})
        cls.machine.paper_deckle = 2640
        reel = {"reel_length": 9000, "caliper": 100, "tolerance_minus": 5, "tolerance_plus": 5}
        specs = [cls.create_spec(width=width, **reel) for width in (1200, 1320)]
        cls.kg = {width: 9000 * width * 80 / 1e6 * 4 for width in (1200, 1320)}
        cls.orders = [
            cls.create_order(spec, product=cls.two, kg=cls.kg[spec.width]) for spec in specs
        ]
        plan = cls.env["paper.production.plan"].with_user(cls.planner).create({})
        plan.action_collect()
        plan.action_plan_trim()
        cls.plan = plan.sudo()
        cls.problem = plan.trim_problem_ids
        cls.problem.action_compute()
        cls.env["paper.trim.problem"]._cron_compute()
        cls.result = cls.problem.result_ids[0]

    def test_one_problem_of_the_cuts(self):
        """R5.1.1: the run of a plan is no width to be cut; its machine tells how wide the web is."""
        self.assertEqual(len(self.problem), 1)
        self.assertEqual(self.problem.item_ids.production_id, self.cuts(self.plan))
        self.assertEqual(self.problem.web_mm, 2640)

    def test_the_run_makes_what_the_trim_takes(self):
        """R5.1.1: cuts take the web that the chosen patterns take, edges and loss included, and the one run makes as much; who
        takes the choice back has what the recipe says."""
        (run,) = self.runs(self.plan)
        self.assertAlmostEqual(run.product_qty, sum(self.kg.values()) / 0.97, 1)
        # What planning narrowed is no change of the order.
        self.problem.action_draft()
        for item in self.problem.item_ids:
            item.least_kg = item.most_kg = item.kg
        self.problem.action_compute()
        self.env["paper.trim.problem"]._cron_compute()
        self.result = self.problem.result_ids[0]
        self.result.action_choose()
        web = sum(self.result.pattern_ids.mapped("metres")) * 2640 * 80 / 1e6
        self.assertEqual(self.runs(self.plan), run)
        self.assertAlmostEqual(run.product_qty, web, 0)
        cuts = self.cuts(self.plan)
        self.assertAlmostEqual(sum(cuts.move_byproduct_ids.mapped("product_uom_qty")), web - sum(self.kg.values()), 0)
        self.problem.action_take_back()
        self.assertAlmostEqual(run.product_qty, sum(self.kg.values()) / 0.97, 1)

    def test_sets_become_rolls(self):
        """R5.3.1: who enters rolls of a cut gets the next set of the trim, each width in its place, until all are wound."""
        self.result.action_choose()
        self.plan.with_user(self.planner).action_submit()
        self.plan.with_user(self.supervisor).action_approve()
        (run,) = self.runs(self.plan)
        (jumbo,) = self.finish(run, *self.jumbos(run, number=1, width=2640))
        for width, cut in zip((1200, 1320), self.cuts(self.plan).sorted("id"), strict=True):
            sets = []
            while turn := cut._paper_next_set():
                sets.append(turn.number)
                action = cut.with_user(self.operator).action_paper_enter_rolls()
                entry = self.env["paper.roll.entry"].with_user(self.operator).browse(action["res_id"])
                for line in entry.line_ids:
                    self.assertEqual((line.paper_width, line.paper_length, line.paper_set_number), (width, 9000, turn.number))
                    line.paper_gross_kg = 9000 * width * 80 / 1e6
                entry.jumbo_id = jumbo
                entry.broke_kg = len(entry.line_ids) * 9000 * 60 * 80 / 1e6
                entry.action_enter()
            rolls = cut.paper_roll_ids
            self.assertEqual((len(rolls), sorted(set(rolls.mapped("paper_set_number")))), (4, sets))
            self.assertEqual(rolls.mapped("paper_parent_link_ids.parent_id"), jumbo)
            places = rolls.mapped(lambda roll: (roll.paper_set_number, roll.paper_position))
            self.assertEqual(len(set(places)), 4)
        made = self.cuts(self.plan).paper_roll_ids
        places = made.mapped(lambda roll: (roll.paper_set_number, roll.paper_position))
        self.assertEqual(len(set(places)), 8, "no two rolls of a set stand in one place")

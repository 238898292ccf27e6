from odoo import Command
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import new_test_user


class TrimCommon(PaperProductionCommon):
    """The mill of the production, with a winder whose limits are known and orders of three widths."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.winder.write(
            {"paper_is_winder": True, "paper_trim_max": 2540, "paper_edge_trim": 20, "paper_knives": 9, "paper_knife_pitch": 100}
        )
        cls.reader = new_test_user(cls.env, "trim_reader", groups="paper_base.group_workshop")

    @classmethod
    def reel(cls, width, **vals):
        """Return a specification of reels of 9,000 m, so that kg and reels are easily told."""
        values = {
            "width": width,
            "caliper": 100,
            "core_diameter": 76,
            "reel_length": 9000,
            "tolerance_minus": 10,
            "tolerance_plus": 10,
        }
        return cls.create_spec(**{**values, **vals})

    @classmethod
    def reel_kg(cls, width, reels):
        return 9000 * width * 80 / 1e6 * reels

    @classmethod
    def planned(cls, *widths, reels=6, **vals):
        """Return a plan with a manufacturing order for each width."""
        productions = cls.env["mrp.production"]
        for width in widths:
            order = cls.create_order(cls.reel(width, **vals), kg=cls.reel_kg(width, reels))
            productions |= cls.productions(order)
        return cls.create_plan(productions)

    @classmethod
    def problem_of(cls, plan):
        plan.with_user(cls.planner).action_plan_trim()
        return plan.trim_problem_ids.with_user(cls.planner)

    @classmethod
    def typed_problem(cls, *items, **vals):
        """Return a problem of widths that the planner typed."""
        values = [
            Command.create(
                {"name": f"T{at}", "basis_weight": 80, "kg": 1000, "least_kg": 900, "most_kg": 1100, "reel_length": 9000, **item}
            )
            for at, item in enumerate(items, 1)
        ]
        problems = cls.env["paper.trim.problem"].with_user(cls.planner)
        return problems.create({"workcenter_id": cls.winder.id, "web_mm": 2580, "item_ids": values, "seconds": 5, **vals})

    @classmethod
    def computed(cls, problem):
        problem.action_compute()
        cls.env["paper.trim.problem"]._cron_compute()
        problem.invalidate_recordset()
        return problem

from odoo import Command

from .common import PaperProductionCommon


class PaperLevelsCommon(PaperProductionCommon):
    """A mill whose offset paper is cut from base paper: a paper machine, a winder, a sheeter, moving average cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Values reconcile on a moving average; the work has its price too.
        cls.average = cls.env["product.category"].create({"name": "Moving average", "property_cost_method": "average"})
        cls.pulp.write({"categ_id": cls.average.id, "standard_price": 4})
        cls.machine.costs_hour, cls.winder.costs_hour = 600, 120
        cls.sheeter = cls.env["mrp.workcenter"].create({"name": "Sheeter", "costs_hour": 60})
        cls.two = cls.create_made_to_order("Offset in two levels", tracking="lot", categ_id=cls.average.id, paper_two_levels=True)
        cls.recipe = cls.two.bom_ids
        cls.recipe.operation_ids = [
            Command.create(
                {"name": "Sheet", "workcenter_id": cls.sheeter.id, "time_cycle_manual": 20, "paper_format": "sheet"}
            )
        ]
        cls.sheets = {"format": "sheet", "width": 787, "length": 1092, "reel_diameter_min": 0, "reel_diameter_max": 0}

    @classmethod
    def collected(cls, *orders):
        """Return the approved plan of what is ordered: its runs and its cuts."""
        plan = cls.env["paper.production.plan"].with_user(cls.planner).create({})
        plan.action_collect()
        wanted = cls.env["mrp.production"].union(*(cls.productions(order) for order in orders))
        assert wanted <= plan.sudo().production_ids
        plan.action_submit()
        plan.with_user(cls.supervisor).action_approve()
        return plan.sudo()

    @classmethod
    def runs(cls, plan):
        return plan.production_ids.filtered(lambda rec: rec.paper_kind == "run")

    @classmethod
    def cuts(cls, plan):
        return plan.production_ids.filtered(lambda rec: rec.paper_kind == "cut")

    @classmethod
    def finish(cls, production, rolls=None, broke=None, jumbo=None):
        """Let the workshop make an order, entering ``rolls`` if there are, quality inspect it, and the workshop finish it."""
        work = production.with_user(cls.operator)
        if rolls:
            lots = work._paper_enter(rolls, broke or 0.0, jumbo and jumbo.with_user(cls.operator))
        cls.make(production)
        cls.passed(production)
        work.button_mark_done()
        assert production.state == "done", production.state
        return lots.with_env(cls.env) if rolls else production.move_finished_ids.move_line_ids.lot_id

    @classmethod
    def jumbos(cls, run, number=2, width=2400.0):
        """Return the values of jumbos that make up a run, and its broke."""
        kg = run.product_qty / number
        grammage = run.paper_spec_id.basis_weight
        return [
            {
                "name": f"J{run.id}-{place}",
                "paper_gross_kg": kg + 300,
                "paper_tare_kg": 300,
                "paper_width": width,
                "paper_length": kg / (grammage * width) * 1e6,
            }
            for place in range(1, number + 1)
        ], run.product_qty * 0.04

    @classmethod
    def value(cls):
        """Return what all stock of the category is worth."""
        products = cls.env["product.product"].search([("categ_id", "=", cls.average.id)])
        return sum(products.mapped("total_value"))

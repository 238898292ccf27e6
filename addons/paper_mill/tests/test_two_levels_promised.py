from odoo import Command
from odoo.addons.paper_order_evaluation.tests.common import EvaluationCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTwoLevelsPromised(EvaluationCommon):
    """An order of paper that is cut from base paper: promise and cost reckon with the run and the cut before anything is
    derived."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bom.operation_ids.paper_level = "run"
        same = {"resource_calendar_id": cls.calendar.id, "time_efficiency": 100}
        cls.winder, cls.sheeter = cls.env["mrp.workcenter"].create(
            [{"name": "Winder", "costs_hour": 20, **same}, {"name": "Sheeter", "costs_hour": 10, **same}]
        )
        cls.paper.product_tmpl_id.paper_two_levels = True
        cls.bom.write(
            {
                "paper_run_broke": 4,
                "paper_cut_trim": 20,
                "paper_broke_value": 50,
                "operation_ids": [
                    Command.create({"name": "Wind", "workcenter_id": cls.winder.id, "time_cycle_manual": 30}),
                    Command.create(
                        {"name": "Sheet", "workcenter_id": cls.sheeter.id, "time_cycle_manual": 12, "paper_format": "sheet"}
                    ),
                ],
            }
        )

    def facts(self, **spec):
        order = self._make_order(tonnes=8)
        if spec:
            order.order_line.paper_spec_id = self._make_spec(**spec)
        evaluation = self._submit(order)
        materials, cost = (self._opinion(evaluation, dimension).sudo() for dimension in ("materials", "cost"))
        capacity = self._opinion(evaluation, "capacity").sudo()
        return {"capacity": capacity.evidence, "materials": materials.evidence, "cost": cost.cost_evidence}

    def test_run_and_cut(self):
        """R3.3.2, R3.3.3, R3.3.5: 8 t of reels at a fifth of trim are 10 t of the run: an hour a tonne of it and half an hour a
        tonne of the cut, pulp for 10 t, and what goes back as broke is worth half."""
        facts = self.facts()
        self.assertEqual(facts["cost"]["hours"], {"PM1": 10, "Winder": 4})
        self.assertAlmostEqual(facts["materials"]["rows"][0]["needed"], 11000)
        # 20 kg of value beside 1,000 of the run, 125 beside 1,000 of the cut.
        borne = 1000 / 1020 * 1000 / 1125
        self.assertAlmostEqual(facts["cost"]["elements"]["material"], 33000 * borne, 2)
        self.assertAlmostEqual(facts["cost"]["elements"]["machine"], (10 * 100 + 4 * 20) * borne, 2)
        self.assertEqual(facts["cost"]["elements"]["allowance"], 0)

    def test_sheets_go_over_the_sheeter(self):
        """R3.3.2, R3.3.5: the machine for sheets is in promise and cost of sheets, and of sheets alone."""
        facts = self.facts(format="sheet", width=787, length=1092, reel_diameter_min=0, reel_diameter_max=0, core_diameter=0)
        self.assertAlmostEqual(facts["cost"]["hours"]["Sheeter"], 1.6)
        hours = {row["workcenter"]: row["needed"] for row in facts["capacity"]["rows"]}
        self.assertAlmostEqual(hours["Sheeter"], 1.6)
        self.assertEqual(facts["cost"]["hours"]["PM1"], 10)

    def test_the_whole_web(self):
        """R3.3.2: the run makes its web as wide as the machine is; only the winder leaves what the widths do not fill."""
        speed = Command.create({"basis_weight_from": 60, "basis_weight_to": 90, "speed": 800})
        self._make_capability(self.machine, trim_width=2500, broke_percent=0, speed_ids=[speed])
        spec = self._make_spec()
        run = self.bom.operation_ids.filtered(lambda work: work.workcenter_id == self.machine)
        unit = self.bom.product_uom_id
        choice = self.machine._paper_choice(run, self.paper, unit, spec, 1000.0)
        self.assertAlmostEqual(choice.batch * 3600, 80 * 2.5 * 800 * 60 / 1e6)
        self.paper.product_tmpl_id.paper_two_levels = False
        choice = self.machine._paper_choice(run, self.paper, unit, spec, 1000.0)
        # Other orders fill what three of its width leave over, but for five parts in a hundred.
        self.assertAlmostEqual(choice.batch * 3600, 80 * 2.5 * 0.95 * 800 * 60 / 1e6)

from odoo import Command
from odoo.tests import tagged

from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestOneCapacity(EvaluationCommon):
    """Promise, cost and work order ask the same machine the same way; PM1 works Monday to Friday 8 to 16 h UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.seller.delay = 0

    def _fast(self, machine, **values):
        speeds = [Command.create({"basis_weight_from": 60, "basis_weight_to": 90, "speed": 800})]
        return self._make_capability(machine, efficiency=90, broke_percent=5, speed_ids=speeds, **values)

    def _production(self, order):
        production = self.env["mrp.production"].create(
            {
                "product_id": self.paper.id,
                "product_qty": order.order_line.product_uom_qty,
                "product_uom_id": self.tonne.id,
                "bom_id": self.bom.id,
                "sale_line_id": order.order_line.id,
            }
        )
        production.action_confirm()
        return production

    def test_one_rate(self):
        """R3.3.2, R3.3.5: the hours that are promised, costed and worked are the same: g/m², sold width, speed, running time."""
        self._fast(self.machine)
        order = self._make_order(tonnes=30)
        opinions = self._submit(order).opinion_ids
        capacity = opinions.filtered(lambda rec: rec.dimension == "capacity").evidence
        cost = opinions.filtered(lambda rec: rec.dimension == "cost").cost_evidence
        # 787 three times in 2,400 mm, 5 % broke on top
        hours = 30000 / (80 * 2.361 * 800 * 60 / 1000 * 0.9 * 0.95)
        self.assertAlmostEqual(capacity["slots"][0]["hours"], hours, 3)
        self.assertAlmostEqual(cost["hours"]["PM1"], hours, 3)
        self.assertAlmostEqual(self._production(order).workorder_ids.duration_expected / 60, hours, 3)

    def test_promised_on_a_machine_that_can(self):
        """R3.3.2, R3.3.4: an alternative that cannot make the paper is promised to nobody, though it would be done first."""
        second = self.machine.copy({"name": "PM2"})
        self.machine.alternative_workcenter_ids = second
        self._make_capability(self.machine, basis_weight_max=200)
        self._make_capability(second)
        spans = []
        for _number in range(2):
            order = self._make_order(tonnes=4)
            order.order_line.paper_spec_id = self._make_spec(basis_weight=125)
            facts = self._submit(order).opinion_ids.filtered(lambda rec: rec.dimension == "capacity").evidence
            spans += [(slot["workcenter_name"], slot["from"]) for slot in facts["slots"]]
        self.assertEqual(spans, [("PM1", "2026-03-02 08:00:00"), ("PM1", "2026-03-02 12:00:00")])

    def test_nobody_can(self):
        """R3.3.2: where no machine can make it nothing is promised, and the reason says what it lacks; a speed that says nothing
        for lack of a width is named as well."""
        capability = self._make_capability(self.machine)
        order = self._make_order(tonnes=4)
        order.order_line.paper_spec_id = self._make_spec(basis_weight=125)
        opinion = self._submit(order).opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        self.assertEqual((opinion.evidence["promise"], opinion.evidence["slots"]), (None, []))
        self.assertEqual(opinion.proposal, "no")
        for word in ("PM1", "125 g/m²", "60 – 120"):
            self.assertIn(word, opinion._reason_text(opinion.evidence["reasons"][0]))
        capability.unlink()
        self._fast(self.machine, trim_width=0)
        opinion = self._submit(self._make_order(tonnes=4)).opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        self.assertIn("has a speed but no width", opinion._reason_text(opinion.evidence["reasons"][0]))

    def test_winder_overlaps_in_the_promise(self):
        """R3.3.2: the promise lets the winder begin with the first jumbo, as the plan will."""
        winder = self.machine.copy({"name": "Winder"})
        self.bom.operation_ids = [
            Command.create({"name": "Wind", "workcenter_id": winder.id, "time_cycle_manual": 30, "sequence": 200})
        ]
        self._make_capability(self.machine, jumbo_kg=2000)
        facts = self._submit(self._make_order(tonnes=8)).opinion_ids.filtered(lambda rec: rec.dimension == "capacity").evidence
        self.assertEqual(
            [(slot["workcenter_name"], slot["from"], slot["to"]) for slot in facts["slots"]],
            [
                ("PM1", "2026-03-02 08:00:00", "2026-03-02 16:00:00"),
                ("Winder", "2026-03-02 13:00:00", "2026-03-03 09:00:00"),
            ],
        )
        kinds = [reason["kind"] for reason in facts["reasons"]]
        self.assertEqual(kinds, ["closed", "work", "work"])

from odoo.addons.paper_order_stats.tests.common import StatisticsCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestShift(StatisticsCase):
    def test_by_shift(self):
        """R8.1.2, R5.3.1: what operators recorded counts by machine and shift, and equals the records."""
        machine = self.env["mrp.workcenter"].create({"name": "Statistics machine"})
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 5, "product_uom_id": self.tonne.id, "bom_id": False}
        )
        work = self.env["mrp.workorder"].create(
            {"name": "Run", "production_id": production.id, "workcenter_id": machine.id, "product_uom_id": self.tonne.id}
        )
        for shift, made, broke in (("early", 3000, 100), ("night", 1500, 50), ("night", 500, 25)):
            self.env["paper.production.record"]._by_step().create(
                {
                    "workorder_id": work.id,
                    "date": "2024-03-10 04:00:00",
                    "operator_id": self.env.user.id,
                    "shift": shift,
                    "produced_kg": made,
                    "broke_kg": broke,
                }
            )
        for model in ("paper.fact.production", "paper.fact.production.month"):
            domain = [("workcenter_id", "=", machine.id), ("recorded_kg", ">", 0)]
            rows = self._figures(domain, ["shift"], "recorded_kg", "recorded_broke_kg", model=model)
            self.assertEqual({row[0]: tuple(row[1:]) for row in rows}, {"early": (3000, 100), "night": (2000, 75)})

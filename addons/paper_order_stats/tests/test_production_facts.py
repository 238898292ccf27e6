from odoo.tests import tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestProductionFacts(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machines = cls.env["mrp.workcenter"].create([{"name": "Good"}, {"name": "Bad"}])
        cls.material = cls._product(cls.tonne, name="Pulp", is_paper=False)
        cls.broke = cls._product(cls.tonne, name="Broke", is_paper=False)
        Loss = cls.env["mrp.workcenter.productivity.loss"]
        cls.runs = Loss.search([("loss_type", "=", "productive")], limit=1)
        cls.stands = Loss.search([("loss_type", "=", "availability")], limit=1)

    def _made(self, machine, tonnes, broke, run, down, planned, moment="2024-03-10 03:00:00"):
        """Make paper on a machine: tonnes made and broken, minutes running, standing and planned."""
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": tonnes, "product_uom_id": self.tonne.id, "bom_id": False}
        )
        work = self.env["mrp.workorder"].create(
            {
                "name": "Run",
                "production_id": production.id,
                "workcenter_id": machine.id,
                "duration_expected": planned,
                "product_uom_id": self.tonne.id,
            }
        )
        self._set(work, state="done", qty_produced=tonnes, date_finished=moment, duration_expected=planned)
        places = production.production_location_id, production.location_dest_id
        for product, quantity, (origin, target), link in (
            (self.paper, tonnes, places, "production_id"),
            (self.broke, broke, places, "production_id"),
            (self.material, tonnes + broke, places[::-1], "raw_material_production_id"),
        ):
            move = self.env["stock.move"].create(
                {
                    link: production.id,
                    "product_id": product.id,
                    "product_uom_qty": quantity,
                    "product_uom": self.tonne.id,
                    "location_id": origin.id,
                    "location_dest_id": target.id,
                }
            )
            self._set(move, state="done", quantity=quantity, date=moment)
        for loss, minutes in ((self.runs, run), (self.stands, down)):
            log = self.env["mrp.workcenter.productivity"].create(
                {"workcenter_id": machine.id, "loss_id": loss.id, "date_start": moment, "date_end": moment}
            )
            self._set(log, duration=minutes, workorder_id=work.id)
        return production

    def test_rates_of_iso_22400(self):
        """R8.1.2: OEE is availability by performance by quality, of the sums and not of averages, and equals the documents."""
        good, bad = self.machines
        self._made(good, 9, 1, run=90, down=10, planned=81)
        self._made(good, 18, 2, run=180, down=20, planned=162)
        self._made(bad, 4, 4, run=60, down=60, planned=30)
        measures = [
            "made_kg",
            "broke_kg",
            "material_kg",
            "through_kg",
            "availability_percent:avg",
            "effectiveness_percent:avg",
            "quality_percent:avg",
            "oee_percent:avg",
        ]
        rows = {
            row[0]: [round(float(value), 2) for value in row[1:]]
            for row in self._figures(
                [("workcenter_id", "in", self.machines.ids)], ["workcenter_id"], *measures, model="paper.fact.production"
            )
        }
        self.assertEqual(rows[good], [27000, 3000, 30000, 27000, 90, 90, 90, 72.9])
        self.assertEqual(rows[bad], [4000, 4000, 8000, 4000, 50, 50, 50, 12.5])
        months = self._figures([("workcenter_id", "=", good.id)], [], "oee_percent:avg", model="paper.fact.production.month")
        self.assertEqual(float(months[0][0]), 72.9)

    def test_strong_and_weak_points(self):
        """R8.1.2: the machine above the mill's OEE is a strong point, the one below a weak one, with what it loses most by."""
        good, bad = self.machines
        self._made(good, 9, 1, run=90, down=10, planned=81)
        self._made(bad, 8, 2, run=60, down=60, planned=50)
        self.queue._fill()
        rows = self.env["paper.machine.month"].with_user(self.management).search([("workcenter_id", "in", self.machines.ids)])
        points = {row.workcenter_id: (row.point, row.lost_by) for row in rows}
        self.assertEqual(points[good][0], "strong")
        self.assertEqual(points[bad], ("weak", "availability"))
        row = rows.filtered(lambda row: row.workcenter_id == good)
        self.assertAlmostEqual(row.utilisation_percent, 100 * 1.5 / row.open_hours)
        self.assertEqual(self.env["paper.fact.production"].search(row.action_open_facts()["domain"]).workcenter_id, good)

    def test_standing_without_an_order(self):
        """R8.1.2: a machine that stands without an order loses availability as well."""
        log = self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.machines[0].id,
                "loss_id": self.stands.id,
                "date_start": "2024-03-10 03:00:00",
                "date_end": "2024-03-10 04:00:00",
            }
        )
        self._set(log, duration=60)
        domain = [("workcenter_id", "=", self.machines[0].id)]
        self.assertEqual(self._figures(domain, [], "down_minutes", model="paper.fact.production"), [(60,)])
        log.unlink()
        self.assertFalse(self._figures(domain, [], "down_minutes", model="paper.fact.production")[0][0])

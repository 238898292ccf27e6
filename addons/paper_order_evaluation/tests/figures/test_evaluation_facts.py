from odoo.tests import tagged

from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationFacts(EvaluationCommon):
    def _facts(self, order, dimension):
        opinion = self._submit(order).opinion_ids.filtered(lambda rec: rec.dimension == dimension)
        return opinion, opinion.cost_evidence if dimension == "cost" else opinion.evidence

    def test_capacity_by_routing(self):
        """R3.3.2: hours needed follow the routing, free hours the machine's calendar up to the delivery date."""
        opinion, facts = self._facts(self._make_order(tonnes=10), "capacity")
        row = facts["rows"][0]
        self.assertEqual(row["workcenter"], "PM1")
        self.assertAlmostEqual(row["needed"], 10)
        # Two weeks of five days with 8 h, and Monday the 16th: the goods leave at its end.
        self.assertAlmostEqual(row["free"], 88)
        self.assertEqual(opinion.proposal, "yes")
        self.assertIn("PM1", opinion.headline)

    def test_booked_work_orders_are_not_free(self):
        """R3.3.2: hours booked by other work orders are taken off, and days off too."""
        self.env["resource.calendar.leaves"].create(
            [
                {
                    "name": "Work order of another order",
                    "resource_id": self.machine.resource_id.id,
                    "calendar_id": self.calendar.id,
                    "date_from": f"2026-03-{day:02} 00:00:00",
                    "date_to": f"2026-03-{day:02} 23:59:59",
                    "time_type": kind,
                }
                for day, kind in ((3, "other"), (4, "other"), (5, "leave"))
            ]
        )
        _opinion, facts = self._facts(self._make_order(tonnes=10), "capacity")
        self.assertAlmostEqual(facts["rows"][0]["free"], 64)

    def test_capacity_short(self):
        """R3.3.2: too few hours propose a no, or a condition where alternative machines have the rest."""
        self.seller.delay = 0
        self.company.write({"paper_overtime_hours": 0, "paper_reservation_days": 0})
        opinion, _facts = self._facts(self._make_order(tonnes=100), "capacity")
        self.assertEqual(opinion.proposal, "no")
        second = self.machine.copy({"name": "PM2"})
        self.machine.alternative_workcenter_ids = second
        opinion, facts = self._facts(self._make_order(tonnes=100), "capacity")
        self.assertEqual(opinion.proposal, "conditional")
        self.assertAlmostEqual(facts["rows"][0]["alternatives"], 88)

    def test_no_bill_of_materials_says_so(self):
        """R3.3.2, R3.3.3: without a bill of materials there are no figures and no proposal, and it says so."""
        self.bom.active = False
        evaluation = self._submit(self._make_order())
        for dimension in ("capacity", "materials"):
            opinion = evaluation.opinion_ids.filtered(lambda rec, dim=dimension: rec.dimension == dim)
            self.assertFalse(opinion.proposal)
            self.assertIn("No bill of materials", opinion.headline)

    def test_no_delivery_date(self):
        """R3.3.2: without a delivery date nothing can be said of free capacity."""
        opinion, facts = self._facts(self._make_order(commitment_date=False), "capacity")
        self.assertIsNone(facts["rows"][0]["free"])
        self.assertFalse(opinion.proposal)
        self.assertTrue(opinion.headline)

    def test_materials_short(self):
        """R3.3.3: what is not free is short, and arrives after the supplier's lead time."""
        self.env["stock.quant"]._update_available_quantity(
            self.pulp, self._make_order().warehouse_id.lot_stock_id, 1000
        )
        opinion, facts = self._facts(self._make_order(tonnes=10), "materials")
        row = facts["rows"][0]
        self.assertAlmostEqual(row["needed"], 11000)
        self.assertAlmostEqual(row["free"], 1000)
        self.assertAlmostEqual(row["shortfall"], 10000)
        self.assertEqual((row["supplier"], row["delay"], row["arrival"]), ("Pulp mill", 7, "2026-03-09"))
        self.assertEqual(opinion.proposal, "yes")

    def test_materials_late_or_without_supplier(self):
        """R3.3.3: a material that arrives too late is a no, one without supplier a condition."""
        self.seller.delay = 30
        self.assertEqual(self._facts(self._make_order(), "materials")[0].proposal, "no")
        self.seller.unlink()
        self.assertEqual(self._facts(self._make_order(), "materials")[0].proposal, "conditional")

    def test_materials_of_two_levels(self):
        """R3.3.3: half-finished goods come from free stock first, the rest is exploded further."""
        base = self._make_product("Base paper", uom_id=self.tonne.id)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": base.product_tmpl_id.id,
                "product_qty": 1,
                "product_uom_id": self.tonne.id,
                "bom_line_ids": [(0, 0, {"product_id": self.pulp.id, "product_qty": 1.2, "product_uom_id": self.tonne.id})],
            }
        )
        self.bom.bom_line_ids = [(5,), (0, 0, {"product_id": base.id, "product_qty": 1, "product_uom_id": self.tonne.id})]
        order = self._make_order(tonnes=10)
        self.env["stock.quant"]._update_available_quantity(base, order.warehouse_id.lot_stock_id, 4)
        _opinion, facts = self._facts(order, "materials")
        self.assertEqual([row["material"] for row in facts["rows"]], [self.pulp.display_name])
        self.assertAlmostEqual(facts["rows"][0]["needed"], 7200)

    def test_technical(self):
        """R3.3.4: the specification is held against the machine, and missing figures are named."""
        self.company.paper_max_deckle = 2500
        self._make_capability(self.machine)
        opinion, facts = self._facts(self._make_order(), "technical")
        self.assertEqual((facts["rows"][0]["width"], facts["rows"][0]["deckle"]), (787, 2500))
        self.assertEqual(opinion.proposal, "yes")
        order = self._make_order()
        order.order_line.paper_spec_id.core_diameter = 0
        opinion, facts = self._facts(order, "technical")
        self.assertEqual(facts["rows"][0]["missing"], ["core_diameter"])
        self.assertEqual(opinion.proposal, "conditional")

    def test_cost(self):
        """R3.3.5: price against the cost of the bill of materials; reading it writes no cost."""
        prices = {product: product.standard_price for product in (self.paper, self.pulp)}
        opinion, facts = self._facts(self._make_order(tonnes=10, price=6000), "cost")
        # 1 t: 1,100 kg of pulp at 3, one hour at 100
        self.assertAlmostEqual(facts["cost"], 34000)
        self.assertAlmostEqual(facts["revenue"], 60000)
        self.assertAlmostEqual(facts["margin_percent"], 100 * 26 / 60)
        self.assertEqual(opinion.proposal, "yes")
        self.assertEqual({product: product.standard_price for product in prices}, prices)

    def test_cost_too_high(self):
        """R3.3.5: a margin below the company's lowest proposes a condition, a loss a no."""
        self.company.paper_evaluation_min_margin = 10
        self.assertEqual(self._facts(self._make_order(price=3500), "cost")[0].proposal, "conditional")
        self.assertEqual(self._facts(self._make_order(price=3300), "cost")[0].proposal, "no")

    def test_cost_in_another_currency(self):
        """R3.3.5: margins are told in the company's currency."""
        currency = self.env["res.currency"].create({"name": "XPM", "symbol": "X", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 0.5, "name": "2026-01-01", "company_id": self.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": currency.id})
        _opinion, facts = self._facts(self._make_order(price=3000, pricelist_id=pricelist.id), "cost")
        self.assertAlmostEqual(facts["revenue"], 60000)

    def test_evidence_stays_as_it_was(self):
        """R3.3.1: a given opinion keeps the figures of its day, whatever happens to stock, plan and costs."""
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        before = evaluation.opinion_ids.mapped("evidence")
        self.pulp.standard_price = 99
        self.machine.active = False
        self.env.invalidate_all()
        self.assertEqual(evaluation.opinion_ids.mapped("evidence"), before)

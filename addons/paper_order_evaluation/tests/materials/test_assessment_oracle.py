from datetime import timedelta
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo import Command, fields
from odoo.addons.paper_capacity.tests_lib.netting_oracle import clerk_cost, clerk_nets
from odoo.tests import tagged

from ..common import EvaluationCommon

MADE, BOUGHT = ("paper", "base", "furnish"), ("pulp", "clay", "starch")


@st.composite
def mills(draw):
    """A mill of three levels in real units: uses in kg or t, stock, receipts, issues and competing orders."""
    uses = {}
    for depth, name in enumerate(MADE):
        below = MADE[depth + 1 :] + BOUGHT
        part = st.tuples(st.sampled_from(below), st.integers(1, 40), st.booleans())
        uses[name] = draw(st.lists(part, min_size=1, max_size=4))
    return {
        "uses": uses,
        "makes": {name: draw(st.integers(1, 20)) for name in MADE},
        "days": {name: draw(st.integers(0, 2)) for name in MADE},
        "share": {name: draw(st.sampled_from([0, 10, 25])) for name in MADE},
        "stock": {name: draw(st.integers(0, 3000)) for name in MADE[1:] + BOUGHT},
        "receipts": draw(st.lists(st.tuples(st.sampled_from(BOUGHT), st.integers(-2, 30), st.integers(1, 2000)), max_size=5)),
        "issues": draw(st.lists(st.tuples(st.sampled_from(BOUGHT), st.integers(0, 30), st.integers(1, 500)), max_size=3)),
        "orders": draw(st.lists(st.tuples(st.integers(1, 300), st.integers(6, 25)), min_size=1, max_size=3)),
        "prices": {name: draw(st.integers(1, 90)) for name in BOUGHT},
    }


@tagged("post_install", "-at_install")
class TestAssessmentOracle(EvaluationCommon):
    """Materials and their cost, told from real records, against the clerk of ``tests_lib``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.paper.uom_id = cls.kg
        cls.products = {name: cls._make_product(name, uom_id=cls.kg.id) for name in (*MADE[1:], *BOUGHT)}
        cls.products["paper"] = cls.paper
        cls.rest = cls._make_product("rest", uom_id=cls.kg.id)
        cls.bom.active = False
        cls.today = cls.company._paper_today()

    def _build(self, mill):
        for name in MADE:
            share = mill["share"][name]
            self.env["mrp.bom"].create(
                {
                    "product_tmpl_id": self.products[name].product_tmpl_id.id,
                    "product_qty": mill["makes"][name],
                    "product_uom_id": self.kg.id,
                    "produce_delay": mill["days"][name],
                    "bom_line_ids": [
                        Command.create(
                            {
                                "product_id": self.products[material].id,
                                "product_qty": quantity / 1000 if tonnes else quantity,
                                "product_uom_id": (self.tonne if tonnes else self.kg).id,
                            }
                        )
                        for material, quantity, tonnes in mill["uses"][name]
                    ],
                    "byproduct_ids": [
                        Command.create(
                            {"product_id": self.rest.id, "product_qty": 1, "product_uom_id": self.kg.id, "cost_share": share}
                        )
                    ]
                    if share
                    else [],
                }
            )
        stock, customers = self.warehouse.lot_stock_id, self.env.ref("stock.stock_location_customers")
        for name, quantity in mill["stock"].items():
            if quantity:
                self.env["stock.quant"]._update_available_quantity(self.products[name], stock, quantity)
        for name, price in mill["prices"].items():
            self.products[name].standard_price = price
        moves = [
            (name, day, quantity, self.env.ref("stock.stock_location_suppliers"), stock)
            for name, day, quantity in mill["receipts"]
        ] + [(name, day, quantity, stock, customers) for name, day, quantity in mill["issues"]]
        for name, day, quantity, source, target in moves:
            move = self.env["stock.move"].create(
                {
                    "product_id": self.products[name].id,
                    "product_uom": self.kg.id,
                    "product_uom_qty": quantity,
                    "location_id": source.id,
                    "location_dest_id": target.id,
                    "date": fields.Datetime.to_datetime(self.today + timedelta(days=day)) + timedelta(hours=4),
                }
            )
            move._action_confirm(merge=False)

    def _clerks_mill(self, mill):
        boms = {
            name: {
                "makes": mill["makes"][name],
                "days": mill["days"][name],
                "kit": False,
                "uses": [(material, quantity) for material, quantity, _tonnes in mill["uses"][name]],
                "share": f"{100 - mill['share'][name]}/100",
            }
            for name in MADE
        }
        flows = mill["receipts"] + [(name, day, -quantity) for name, day, quantity in mill["issues"]]
        return boms, flows

    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mills())
    def test_the_records_say_what_the_clerk_says(self, mill):
        """R3.3.3, R3.3.5: bills of materials of three levels, stock, receipts, issues and competing orders, entered as real
        records in kg and t, give needs, shortfalls, dates and cost as the clerk adds them up."""
        savepoint = self.env.cr.savepoint(flush=True)
        try:
            with self._six_digits():
                self._compare(mill)
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def _six_digits(self):
        """Let quantities keep what a tonne of 1,000 kg needs, as the mill's own set-up does."""
        return patch.object(type(self.env["decimal.precision"]), "precision_get", lambda model, name: 6)

    def _compare(self, mill):
        self._build(mill)
        orders = self.env["sale.order"].union(
            *(
                self._make_order(tonnes=quantity / 1000, commitment_date=self.today + timedelta(days=day + 1))
                for quantity, day in mill["orders"]
            )
        )
        evaluations = self._submit(orders).sorted("id")
        boms, flows = self._clerks_mill(mill)
        wanted = [("paper", quantity, day) for quantity, day in mill["orders"]]
        expected, _made = clerk_nets(mill["stock"], flows, boms, wanted)
        for evaluation, lines, (_name, quantity, _day) in zip(evaluations, expected, wanted, strict=True):
            opinions = {opinion.dimension: opinion for opinion in evaluation.opinion_ids}
            rows = {row["material"]: row for row in opinions["materials"].evidence["rows"]}
            self.assertEqual(rows.keys(), lines.keys())
            for name, (needed, _taken, short, first, ready) in lines.items():
                row = rows[name]
                self.assertAlmostEqual(row["needed"], float(needed), 3)
                self.assertAlmostEqual(row["shortfall"], float(short), 3)
                self.assertEqual(row["need_date"], str(self.today + timedelta(days=first)))
                self.assertEqual(row["ready"], None if ready is None else str(self.today + timedelta(days=ready)))
            cost = clerk_cost(boms, mill["prices"], "paper", quantity)
            self.assertAlmostEqual(opinions["cost"].cost_evidence["elements"]["material"], float(cost), 2)

"""What a plan needs, for as many manufacturing orders as the size says: named at its approval, and its material plan computed.

Each order takes pulp and chalk that the mill has not; two suppliers sell each. A plan of more orders asks the database no more
often than a small one: the queries beyond the first size's are what is judged. Plain Odoo plans no materials, so there is nothing
beside it.
"""

from datetime import timedelta

SIZES = [10, 300]
LIMITS = {"more_queries_name": 15, "more_queries_plan": 15, "plan_300_seconds": 10}


def run(ctx):
    if not ctx.is_product:
        return
    mill = Mill(ctx.env)
    first = {}
    for size in ctx.sizes:
        plan = mill.plan(size)
        materials = ctx.env["paper.material.plan"].create({"plan_id": plan.id})
        ctx.env.flush_all()
        for name, work in (("name", plan._name_materials), ("plan", materials._recompute)):
            ctx.env.invalidate_all()
            with ctx.measure(f"{name}_{size}"):
                work()
                ctx.env.flush_all()
            queries = ctx.figures[f"{name}_{size}_queries"]["value"]
            first.setdefault(name, queries)
            ctx.figure(f"more_queries_{name}", queries - first[name], "queries")
        assert plan.material_summary and materials.line_ids, "nothing was planned"


class Mill:
    """A paper of pulp and chalk, bought from two suppliers each."""

    def __init__(self, env):
        self.env = env
        kilogram = env.ref("uom.product_uom_kgm")
        partners = env["res.partner"].create([{"name": f"Bench supplier {number}"} for number in range(2)])
        self.parts = env["product.product"].create(
            [{"name": f"Bench {name}", "is_storable": True, "uom_id": kilogram.id} for name in ("pulp", "chalk")]
        )
        env["product.supplierinfo"].create(
            [
                {"partner_id": partner.id, "product_tmpl_id": part.product_tmpl_id.id, "price": 4 + place, "delay": 5}
                for part in self.parts
                for place, partner in enumerate(partners)
            ]
        )
        self.grade = env["paper.grade"].create({"name": "Bench"})
        self.paper = env["product.product"].create(
            {
                "name": "Bench paper",
                "is_storable": True,
                "is_paper": True,
                "uom_id": kilogram.id,
                "paper_grade_id": self.grade.id,
            }
        )
        env["mrp.bom"].create(
            {
                "product_tmpl_id": self.paper.product_tmpl_id.id,
                "product_qty": 1000,
                "product_uom_id": kilogram.id,
                "bom_line_ids": [(0, 0, {"product_id": part.id, "product_qty": 500}) for part in self.parts],
            }
        )
        self.spec = env["paper.spec"].create({"grade_id": self.grade.id, "basis_weight": 80})

    def plan(self, size):
        """Return a plan of so many orders, one every hour."""
        env = self.env
        plan = env["paper.production.plan"].create({})
        begin = env.cr.now()
        productions = env["mrp.production"].create(
            [
                {
                    "product_id": self.paper.id,
                    "product_qty": 1000 + number,
                    "paper_spec_id": self.spec.id,
                    "date_start": begin + timedelta(hours=number),
                }
                for number in range(size)
            ]
        )
        productions.action_confirm()
        productions.write({"paper_plan_id": plan.id})
        return plan

"""What the figures of an evaluation cost: one order of ten lines, and 100 and 1,000 orders in one batch.

Each paper has a bill of materials of three levels with six operations on machines with alternatives, and 2,000 work orders
are booked on these. The product computes all five proposals with promise, load and ways out; `submit` is the whole submission
by a salesperson, what it writes included. Beside it, plain Odoo makes its BoM overview for the same lines.
"""

from datetime import datetime, timedelta

from odoo import Command, fields

SIZES = [1, 100, 1000]
PAPERS, LINES, BOOKED = 6, 10, 2000
OVERVIEWS = 100  # more of them only take longer
LIMITS = {"ratio_evaluate_1_seconds": 1.0, "ratio_evaluate_1_queries": 1.0, "submit_1000_seconds": 60}


def run(ctx):
    mill = Mill(ctx)
    mill.evaluate(mill.prepare(mill.create(1, LINES, "warm")))
    for size in ctx.sizes:
        lines = LINES if size == 1 else 1
        if not ctx.is_product and size > OVERVIEWS:
            continue
        orders = mill.create(size, lines, f"S{size}")
        prepared = mill.prepare(orders)
        with ctx.measure(f"evaluate_{size}"):
            found = mill.evaluate(prepared)
        ctx.figure(f"evaluate_{size}_queries_per_order", ctx.figures[f"evaluate_{size}_queries"]["value"] / size, "queries")
        if len(found) != size:
            raise AssertionError("an order was not evaluated")
        if ctx.is_product:
            prepared.with_user(mill.sales).action_cancel()
            with ctx.measure(f"submit_{size}"):
                mill.submit(orders)
            ctx.figure(f"submit_{size}_queries_per_order", ctx.figures[f"submit_{size}_queries"]["value"] / size, "queries")
            mill.check(orders)
    return {"booked_work_orders": {"value": BOOKED, "unit": "work orders"}}


class Mill:
    """The master data and the booked plan, the same in both variants."""

    def __init__(self, ctx):
        self.env, self.is_product = ctx.env, ctx.is_product
        self.env["res.company"].browse(1).write({"street": "1 Mill Road", "city": "Yueyang"})
        self.kilogram = self.env.ref("uom.product_uom_kgm")
        self.partner = self.env["res.partner"].create({"name": "Bench", "street": "2 Print Road", "city": "Suzhou"})
        self.term = self.env["account.payment.term"].search([], limit=1)
        self.machines = self._machines()
        self.papers = [self._paper(number) for number in range(PAPERS)]
        self._book()
        self.env.flush_all()
        self.env.cr.execute("ANALYZE")  # a fresh clone has no statistics, and plans by chance
        if self.is_product:
            self._staff()

    def _machines(self):
        shifts = self.env["resource.calendar"].create(
            {
                "name": "Bench, three shifts",
                "tz": "Asia/Shanghai",
                "attendance_ids": [
                    Command.create({"name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24}) for day in range(6)
                ],
            }
        )
        names = ("Pulper", "Refiner", "PM1", "PM2", "Winder 1", "Winder 2")
        machines = self.env["mrp.workcenter"].create(
            [{"name": name, "resource_calendar_id": shifts.id, "time_start": 20, "costs_hour": 900} for name in names]
        )
        machines[2].alternative_workcenter_ids = machines[3]
        machines[4].alternative_workcenter_ids = machines[5]
        return machines

    def _product(self, name, **values):
        values = {"type": "consu", "is_storable": True, "uom_id": self.kilogram.id, "standard_price": 4, **values}
        return self.env["product.product"].create({"name": name, **values})

    def _recipe(self, product, materials, machines):
        operations = [
            {"name": "Run", "workcenter_id": self.machines[index].id, "time_mode": "manual", "time_cycle_manual": 4}
            for index in machines
        ]
        return self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "product_qty": 1000,
                "product_uom_id": self.kilogram.id,
                "bom_line_ids": [Command.create(self._component(item)) for item in materials],
                "operation_ids": [Command.create(operation) for operation in operations],
            }
        )

    def _component(self, product):
        return {"product_id": product.id, "product_qty": 400, "product_uom_id": self.kilogram.id}

    def _paper(self, number):
        pulps = [self._product(f"Pulp {number}-{index}") for index in range(3)]
        for pulp in pulps:
            seller = {"partner_id": self.partner.id, "delay": 5 + number, "price": 4}
            self.env["product.supplierinfo"].create({**seller, "product_tmpl_id": pulp.product_tmpl_id.id})
        stock, base = self._product(f"Stock {number}"), self._product(f"Base {number}")
        paper = self._product(f"Paper {number}", list_price=9)
        self._recipe(stock, pulps, [0, 1])
        self.base_bom = self._recipe(base, [stock, pulps[0]], [2])
        self.paper_bom = self._recipe(paper, [base], [4, 2, 4])
        return paper

    def _book(self):
        """Book work orders of confirmed manufacturing orders: four hours of run, six of pause, on every machine."""
        productions = self.env["mrp.production"].create(
            [
                {"product_id": self.papers[-1].id, "product_qty": 1000, "bom_id": self.paper_bom.id}
                for _number in range(BOOKED // 3 + 1)
            ]
        )
        workorders = productions.workorder_ids[:BOOKED]
        begin, count = fields.Datetime.now().replace(minute=0, second=0, microsecond=0), len(self.machines)
        values = []
        for place in range(BOOKED):
            start, machine = begin + timedelta(hours=10 * (place // count)), self.machines[place % count]
            values.append(
                {
                    "name": f"Booked {place}",
                    "resource_id": machine.resource_id.id,
                    "calendar_id": machine.resource_calendar_id.id,
                    "date_from": start,
                    "date_to": start + timedelta(hours=4),
                    "time_type": "other",
                }
            )
        leaves = self.env["resource.calendar.leaves"].create(values)
        self.env.flush_all()
        pairs = list(zip(leaves.ids, workorders.ids, strict=True))
        self.env.cr.executemany("UPDATE mrp_workorder SET leave_id = %s, state = 'ready' WHERE id = %s", pairs)
        self.env.cr.execute("DELETE FROM mrp_workorder WHERE leave_id IS NULL AND production_id IN %s", [tuple(productions.ids)])
        self.env.cr.execute("UPDATE mrp_production SET state = 'confirmed' WHERE id IN %s", [tuple(productions.ids)])
        self.env.invalidate_all()

    def _staff(self):
        self.grade = self.env["paper.grade"].create({"name": "Bench", "standard": "Q/B 1", "standard_edition": "2026"})
        for paper in self.papers:
            paper.write({"is_paper": True, "paper_grade_id": self.grade.id})
        groups = [self.env.ref("base.group_user").id, self.env.ref("paper_base.group_sales").id]
        values = {"name": "Sales", "login": "bench.sales", "email": "sales@bench.example", "group_ids": [Command.set(groups)]}
        self.sales = self.env["res.users"].create(values)
        credit = self.env["res.users"].create(
            {
                "name": "Credit",
                "login": "bench.credit",
                "group_ids": [Command.set([groups[0], self.env.ref("paper_base.group_credit").id])],
            }
        )
        review = self.env["paper.credit.review"].with_user(self.sales).create({"partner_id": self.partner.id}).with_user(credit)
        review.write({"limit": 1e12, "decision_reason": "Bench"})
        review.action_approve()

    def create(self, count, lines, tag):
        """Create ``count`` orders of ``lines`` lines each; every third asks for a date that cannot be kept."""
        now = fields.Datetime.now()
        return self.env["sale.order"].create(
            [
                {
                    "partner_id": self.partner.id,
                    "client_order_ref": f"{tag}-{number}",
                    "user_id": False,
                    "commitment_date": now + timedelta(days=15 if number % 3 else 6),
                    "payment_term_id": self.term.id,
                    "order_line": [Command.create(self._line(number + place)) for place in range(lines)],
                }
                for number in range(count)
            ]
        )

    def _line(self, number):
        paper = self.papers[number % PAPERS]
        if not self.is_product:
            return {"product_id": paper.id, "product_uom_qty": 2000}
        spec = {"grade_id": self.grade.id, "format": "sheet", "basis_weight": 80, "width": 787, "length": 1092}
        spec = self.env["paper.spec"].create({**spec, "partner_id": self.partner.id})
        return {"product_id": paper.id, "paper_quantity": 2000, "paper_unit": "kg", "paper_spec_id": spec.id}

    def prepare(self, orders):
        """Return what is evaluated: the orders, in the product their evaluations."""
        if not self.is_product:
            return orders
        return (
            self.env["paper.evaluation"]
            ._by_step()
            .create([{"order_id": order.id, "agreed_facts": order._paper_agreed_facts()} for order in orders])
        )

    def evaluate(self, orders):
        if not self.is_product:
            overview = self.env["report.mrp.report_bom_structure"]
            boms = self.env["mrp.bom"]._bom_find(orders.order_line.product_id)
            return {
                order: [
                    overview._get_report_data(boms[line.product_id].id, searchQty=2000, searchVariant=line.product_id.id)
                    for line in order.order_line
                ]
                for order in orders
            }
        return orders._get_proposals()

    def submit(self, orders):
        orders.with_user(self.sales).action_submit_evaluation()

    def check(self, orders):
        evaluations = orders.paper_evaluation_ids.filtered(lambda rec: rec.state == "open")
        if len(evaluations) != len(orders) or not all(evaluations.mapped("promise_date")):
            bad = evaluations.filtered(lambda rec: not rec.promise_date)[:1]
            opinion = bad.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
            raise AssertionError(f"an order has no promise: {len(evaluations)} {opinion.state} {opinion.evidence}")
        spans = {}
        for slot in evaluations.reservation_ids:
            spans.setdefault(slot.workcenter_id, []).append((slot.date_from, slot.date_to))
        for taken in spans.values():
            taken.sort()
            if any(first[1] > second[0] for first, second in zip(taken, taken[1:], strict=False)):
                raise AssertionError("a slot was given twice")
        if min(slot.date_from for slot in evaluations.reservation_ids) < datetime(2000, 1, 1):
            raise AssertionError("a slot lies in the past")

"""What creating and confirming orders costs with everything installed, beside plain Odoo with the same standard modules.

Both variants make the same orders of the same made-to-order product with the same recipe. The product's orders carry a
specification each (made inside the measured block), pass the panel and the contract before the measured confirmation.

`lines_<n>` is one order of n items, reels and sheets of several grades. Each item is an article of its own in both variants:
plain Odoo would make n papers of one article in one manufacturing order.

`start` and `finish` are the buttons of a work order as a worker presses them, of an order of one line whose plan is approved.
"""

from datetime import timedelta

from odoo import Command, fields

SIZES = [1, 10, 100]
LIMITS = {
    "ratio_create_and_confirm_1_queries": 1.25,
    "ratio_create_and_confirm_10_queries": 1.25,
    "ratio_create_and_confirm_100_queries": 1.25,
    "ratio_create_and_confirm_lines_8_queries": 1.15,
    "ratio_create_and_confirm_lines_30_queries": 1.15,
    "ratio_start_queries": 1.1,
}
LINES = [8, 30]
GRADES = 3
FORMATS = (
    {"format": "sheet", "width": 787, "length": 1092},
    {"format": "reel", "width": 880, "reel_diameter_max": 1000, "core_diameter": 76},
    {"format": "sheet", "width": 889, "length": 1194},
    {"format": "reel", "width": 1180, "reel_diameter_max": 1200, "core_diameter": 76},
)
DEPARTMENTS = (
    "sales",
    "credit",
    "planning",
    "purchasing",
    "technical",
    "finance",
    "legal",
    "logistics",
    "management",
    "supervisor",
    "workshop",
)
DIMENSIONS = {
    "sales": "sales",
    "capacity": "planning",
    "materials": "purchasing",
    "technical": "technical",
    "cost": "finance",
}


def run(ctx):
    mill = Mill(ctx)
    first = mill.create(1, "warm")
    mill.agree(first)
    mill.confirm(first)
    for size in ctx.sizes:
        measure(ctx, mill, size, lambda size=size: mill.create(size, f"S{size}"))
    for count in LINES:
        measure(ctx, mill, f"lines_{count}", lambda count=count: mill.create_items(count, f"L{count}"))
    measure_work(ctx, mill)
    return {}


def measure_work(ctx, mill):
    """Measure the buttons of a work order, after another one went the same way."""
    warm, measured = mill.work_orders(2)
    mill.env.flush_all()
    mill.env.invalidate_all()  # what a server reads once for a person, such as his rules, is no work order's cost
    warm.button_start()
    warm.button_finish()
    with ctx.measure("start"):
        measured.button_start()
    with ctx.measure("finish"):
        measured.button_finish()
    if measured.state != "done":
        raise AssertionError("the work was not done")


def measure(ctx, mill, name, create):
    """Measure the making and the confirmation of orders; what lies between is the product's own."""
    with ctx.measure(f"create_{name}"):
        orders = create()
    mill.agree(orders)
    with ctx.measure(f"confirm_{name}"):
        mill.confirm(orders)
    together = sum(ctx.figures[f"{step}_{name}_queries"]["value"] for step in ("create", "confirm"))
    ctx.figure(f"create_and_confirm_{name}_queries", together, "queries")
    if any(order.state != "sale" for order in orders):
        raise AssertionError("an order was not confirmed")
    if len(orders.order_line.move_ids) < len(orders.order_line):
        raise AssertionError("a confirmed order has no delivery")
    made = orders.env["mrp.production"].search_count([("product_id", "in", orders.order_line.product_id.ids)])
    if made < len(orders.order_line.product_id):
        raise AssertionError("nothing is made for an item")


class Mill:
    """The master data of both variants, and how their orders come to be."""

    def __init__(self, ctx):
        self.env, self.is_product = ctx.env, ctx.is_product
        self.env["res.company"].browse(1).write(
            {"street": "1 Mill Road", "city": "Yueyang", "vat": "91430602MA4QJ0036H", "phone": "+86 730 1"}
        )
        self.env.ref("stock.route_warehouse0_mto").active = True
        self.partner = self.env["res.partner"].create({"name": "Bench", "street": "2 Print Road", "city": "Suzhou"})
        self.term = self.env["account.payment.term"].search([], limit=1)
        self.pulp = self._product("Pulp")
        self.centre = self.env["mrp.workcenter"].create({"name": "PM1"})
        self.paper = self._paper("Paper")
        self.items = [self._paper(f"Item {number}") for number in range(max(LINES))]
        self.env.cr.execute("ANALYZE")  # a fresh clone has no statistics, and plans by chance
        if self.is_product:
            self._staff()

    def _paper(self, name):
        paper = self._product(name)
        paper.route_ids = self.env.ref("stock.route_warehouse0_mto") | self._manufacture()
        self._recipe(paper)
        return paper

    def _product(self, name):
        kilogram = self.env.ref("uom.product_uom_kgm")
        values = {"name": name, "type": "consu", "is_storable": True, "uom_id": kilogram.id, "list_price": 6}
        return self.env["product.product"].create(values)

    def _manufacture(self):
        return self.env["stock.warehouse"].search([], limit=1).manufacture_pull_id.route_id

    def _recipe(self, paper):
        operation = {"name": "Run", "workcenter_id": self.centre.id, "time_mode": "manual", "time_cycle_manual": 6}
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": paper.product_tmpl_id.id,
                "product_qty": 1000,
                "bom_line_ids": [Command.create({"product_id": self.pulp.id, "product_qty": 1080})],
                "operation_ids": [Command.create(operation)],
            }
        )

    def _staff(self):
        standard = {"standard": "Q/B 1", "standard_edition": "2026"}
        self.grades = self.env["paper.grade"].create([{"name": f"Bench {number}", **standard} for number in range(GRADES)])
        papers = [self.paper, *self.items]
        self.grade_of = {paper: self.grades[number % GRADES] for number, paper in enumerate(papers)}
        for paper, grade in self.grade_of.items():
            paper.write({"is_paper": True, "paper_grade_id": grade.id})
        self.users = {
            code: self.env["res.users"].create(
                {
                    "name": code,
                    "login": f"bench.{code}",
                    "email": f"{code}@bench.example",
                    "group_ids": [Command.set([self.env.ref("base.group_user").id, self.env.ref(f"paper_base.group_{code}").id])],
                }
            )
            for code in DEPARTMENTS
        }
        review = self.env["paper.credit.review"].with_user(self.users["sales"]).create({"partner_id": self.partner.id})
        review = review.with_user(self.users["credit"])
        review.write({"limit": 1e12, "decision_reason": "Bench"})
        review.action_approve()

    def create(self, count, tag):
        """Create ``count`` orders of one line, as a salesperson's import does."""
        lines = self._lines([self.paper] * count, [FORMATS[0]] * count)
        return self.env["sale.order"].create([self._order(f"{tag}-{number}", [line]) for number, line in enumerate(lines)])

    def create_items(self, count, tag):
        """Create one order of ``count`` items, of several grades and formats in turn."""
        formats = [FORMATS[number % len(FORMATS)] for number in range(count)]
        return self.env["sale.order"].create(self._order(tag, self._lines(self.items[:count], formats)))

    def _order(self, number, lines):
        return {
            "partner_id": self.partner.id,
            "client_order_ref": number,
            "user_id": False,
            "commitment_date": fields.Datetime.now() + timedelta(days=60),
            "payment_term_id": self.term.id,
            "order_line": [Command.create(line) for line in lines],
        }

    def _lines(self, papers, formats):
        if not self.is_product:
            return [{"product_id": paper.id, "product_uom_qty": 2000} for paper in papers]
        figures = {"basis_weight": 80, "partner_id": self.partner.id}
        specs = self.env["paper.spec"].create(
            [{**figures, **form, "grade_id": self.grade_of[paper].id} for paper, form in zip(papers, formats, strict=True)]
        )
        return [
            {"product_id": paper.id, "paper_quantity": 2000, "paper_unit": "kg", "paper_spec_id": spec.id}
            for paper, spec in zip(papers, specs, strict=True)
        ]

    def agree(self, orders):
        """Take the orders through panel and contract, so that nothing stands in the way of confirmation."""
        if not self.is_product:
            return
        orders.with_user(self.users["sales"]).action_submit_evaluation()
        for dimension, code in DIMENSIONS.items():
            opinions = orders.paper_evaluation_ids.opinion_ids.filtered(lambda opinion, d=dimension: opinion.dimension == d)
            own = opinions.with_user(self.users[code])
            own.write({"verdict": "yes"})
            own.action_submit()
        orders.paper_evaluation_ids.with_user(self.users["management"]).action_close()
        orders.with_user(self.users["sales"]).action_draft_contract()
        # The signatures print PDFs, which is not what is measured here: the contracts are put in force
        # directly; nothing of this is committed.
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE paper_contract DROP CONSTRAINT IF EXISTS paper_contract_signed_in_force")
        self.env.cr.execute(
            "UPDATE paper_contract SET state = 'in_force' WHERE order_id IN %s AND state = 'draft'", [tuple(orders.ids)]
        )
        self.env.invalidate_all()

    def confirm(self, orders):
        orders.action_confirm()

    def work_orders(self, count):
        """Return scheduled work orders of as many orders, each as a worker has it before him."""
        orders = self.create(count, "work")
        self.agree(orders)
        self.confirm(orders)
        productions = self.env["mrp.production"].search([("sale_line_id", "in", orders.order_line.ids)])
        if self.is_product:
            # What is measured is the work: whether the plan comes late depends on the day of the year.
            plan = self.env["paper.production.plan"].with_user(self.users["planning"]).create({"late_reason": "Measured"})
            productions.with_user(self.users["planning"]).write({"paper_plan_id": plan.id})
            plan.action_submit()
            plan.with_user(self.users["supervisor"]).action_approve()
            worker = self.users["workshop"]
        else:
            productions.button_plan()
            groups = [self.env.ref("base.group_user").id, self.env.ref("mrp.group_mrp_user").id]
            values = {"name": "worker", "login": "bench.worker", "group_ids": [Command.set(groups)]}
            worker = self.env["res.users"].create(values)
        return [production.workorder_ids.with_user(worker) for production in productions]

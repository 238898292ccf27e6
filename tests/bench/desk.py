"""What a desk and our lists of orders cost beside plain Odoo's list of orders, with as many orders in both.

A few orders are made as people make them, and copied in the database; one in twenty is under way, the others are closed.
Each has the documents of a mill that works for years: evaluation with opinions, contract with its copies, plan, production,
inspection, notice, delivery, visit, feedback. Plain Odoo's list of orders is what everything is measured beside, in the
same run: its figure stands under each name.
Each is asked as the web client asks, by a salesperson who sees all orders, or by the department whose desk it is.
"""

import statistics
import time
from pathlib import Path

from lxml import etree
from odoo import Command

from tools.mill.programs import load

documents = load(Path(__file__).with_name("_desk_documents.py"))

SIZES = [100_000]
LIMITS = {
    "ratio_desk_seconds": 1.2,
    "ratio_list_seconds": 1.2,
    "ratio_board_seconds": 1.2,
    "ratio_tracking_seconds": 1.2,
    "ratio_search_seconds": 1.2,
    "ratio_search_part_seconds": 1.2,
    "ratio_sorted_seconds": 1.2,
    "ratio_grouped_seconds": 1.2,
    "desk_queries": 20,
    "list_queries": 20,
    "board_queries": 20,
    "tracking_queries": 20,
    "search_queries": 20,
    "search_part_queries": 20,
    "sorted_queries": 20,
    "grouped_queries": 20,
}
ASKED = ("desk", "list", "board", "tracking", "search", "search_part", "sorted", "grouped")
DEPARTMENTS = (
    "sales",
    "credit",
    "finance",
    "legal",
    "planning",
    "supervisor",
    "workshop",
    "purchasing",
    "technical",
    "quality",
    "equipment",
    "warehouse",
    "logistics",
    "management",
)
MADE = 20
UNDER_WAY = 20  # one order in so many
ROWS = 80
CARDS = 20
TIMES = 7
PAPER = [("is_paper_order", "=", True), ("state", "!=", "cancel")]
UNDER = [("is_paper_order", "=", True), ("paper_stage", "not in", (False, "closed"))]


def run(ctx):
    mill = Mill(ctx)
    for size in ctx.sizes:
        mill.copy_up_to(size)
        if ctx.is_product:
            measure(ctx, "list", mill.read_orders)
            measure(ctx, "board", mill.read_board)
            measure(ctx, "tracking", mill.read_tracking)
            measure(ctx, "search", mill.search_number)
            measure(ctx, "search_part", mill.search_part)
            measure(ctx, "sorted", mill.read_sorted)
            measure(ctx, "grouped", mill.read_grouped)
            for code in DEPARTMENTS:
                measure(ctx, f"desk_{code}", mill.desk_of(code))
            for unit in ("queries", "seconds"):
                most = max(ctx.figures[f"desk_{code}_{unit}"]["value"] for code in DEPARTMENTS)
                ctx.figure(f"desk_{unit}", most, ctx.figures[f"list_{unit}"]["unit"])
        else:
            for name in ASKED:
                measure(ctx, name, mill.read_orders)
    return {}


def measure(ctx, name, ask):
    """Record the shortest of several times, each with nothing in the cache of records: what else the machine does is no cost."""
    ask()
    seconds, queries = [], []
    for _time in range(TIMES):
        ctx.env.flush_all()
        ctx.env.invalidate_all()
        count, began = ctx.env.cr.sql_log_count, time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
        queries.append(ctx.env.cr.sql_log_count - count)
    ctx.figure(f"{name}_queries", int(statistics.median(queries)), "queries")
    ctx.figure(f"{name}_seconds", round(min(seconds), 4), "s")


class Mill:
    """Orders in both variants, and what is asked of them."""

    def __init__(self, ctx):
        self.env, self.is_product = ctx.env, ctx.is_product
        kilogram = self.env.ref("uom.product_uom_kgm")
        values = {"name": "Paper", "type": "consu", "uom_id": kilogram.id, "list_price": 6}
        if self.is_product:
            self.env["mrp.workcenter"].create({"name": "Paper machine"})
        self.paper = self.env["product.product"].create(values)
        if self.is_product:
            self.grade = self.env["paper.grade"].create({"name": "Bench", "standard": "Q/B 1", "standard_edition": "2026"})
            self.paper.write({"is_paper": True, "paper_grade_id": self.grade.id})
        partners = self.env["res.partner"].create([{"name": f"Customer {number}"} for number in range(MADE)])
        self.seller = self._user("sales", "sales_team.group_sale_salesman_all_leads")
        self.orders = self.env["sale.order"].create([self._order(partner, place) for place, partner in enumerate(partners)])
        if self.is_product:
            self.env.flush_all()
            self.env.cr.precommit.run()

    def _user(self, code, plain="base.group_user"):
        group = f"paper_base.group_{code}" if self.is_product else plain
        groups = [self.env.ref("base.group_user").id, self.env.ref(group).id]
        return self.env["res.users"].create({"name": code, "login": f"bench.{code}", "group_ids": [Command.set(groups)]})

    def _order(self, partner, place):
        line = {"product_id": self.paper.id, "product_uom_qty": 2000}
        if self.is_product:
            figures = {"basis_weight": 80, "format": "sheet", "width": 700 + place, "length": 1000}
            spec = self.env["paper.spec"].create({**figures, "grade_id": self.grade.id, "partner_id": partner.id})
            line = {"product_id": self.paper.id, "paper_quantity": 2000, "paper_unit": "kg", "paper_spec_id": spec.id}
        return {"partner_id": partner.id, "user_id": self.seller.id, "order_line": [Command.create(line)]}

    def copy_up_to(self, size):
        """Copy the orders and their lines in the database until there are ``size``, spread over the stages."""
        cr = self.env.cr
        there = self.env["sale.order"].search_count([])
        times = (size - there) // MADE
        cr.execute("SELECT last_value FROM sale_order_id_seq")
        begin = cr.fetchone()[0]
        low, high = min(self.orders.ids), max(self.orders.ids)
        span = high - low + 1
        shift = f"{begin} - {low} + 1 + turn * {span}"
        spread = self._spread(f"(id + {shift})") if self.is_product else {}
        stage = f", {spread['paper_stage'].replace('(id + ', '(order_id + ')}" if self.is_product else ""
        told = "".join(f", {value}" for value in spread.values())
        orders = self._columns("sale_order", "id", "name", *spread)
        lines = self._columns("sale_order_line", "id", "order_id", *(["paper_stage"] if stage else []))
        # Neither what hangs on a change of an order nor its keys is measured here.
        cr.execute("ALTER TABLE sale_order DISABLE TRIGGER USER; ALTER TABLE sale_order_line DISABLE TRIGGER USER")
        cr.execute(
            f"INSERT INTO sale_order (id, name, {', '.join([*spread, orders])})"
            f" SELECT id + {shift}, 'B' || (id + {shift}){told}, {orders}"
            f" FROM sale_order, generate_series(0, {times - 1}) turn WHERE id BETWEEN {low} AND {high}"
        )
        cr.execute(
            f"INSERT INTO sale_order_line (order_id{', paper_stage' if stage else ''}, {lines})"
            f" SELECT order_id + {shift}{stage}, {lines}"
            f" FROM sale_order_line, generate_series(0, {times - 1}) turn WHERE order_id BETWEEN {low} AND {high}"
        )
        cr.execute("SELECT setval('sale_order_id_seq', (SELECT max(id) FROM sale_order))")
        if self.is_product:
            documents.make(self.env, begin)
            self.number = f"PO-{self.env['sale.order'].search([], limit=1, order='id desc').id}"
        self.env.invalidate_all()
        cr.execute("ANALYZE")

    def _columns(self, table, *without):
        self.env.cr.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND NOT column_name = ANY(%s)",
            [table, list(without)],
        )
        return self.env.cr.fetchone()[0]

    def _spread(self, number):
        """Return ``{column: SQL}`` that lets orders stand at all stages, each in a department; most of them are closed."""
        stages = [code for code, _name in self.env["sale.order"]._paper_stages()]
        groups = [self.env.ref(f"paper_base.group_{code}").id for code in DEPARTMENTS]
        open_one = f"CASE WHEN {number} % {UNDER_WAY} = 0 THEN"
        return {
            "state": "'sale'",
            "client_order_ref": f"'PO-' || {number}",
            "paper_stage": f"{open_one} (ARRAY{stages})[1 + {number} / {UNDER_WAY} % {len(stages)}] ELSE 'closed' END",
            "paper_stage_department_id": f"{open_one} (ARRAY{groups})[1 + {number} / {UNDER_WAY} % {len(groups)}] END",
            "paper_stage_user_id": f"CASE WHEN {number} % {2 * UNDER_WAY} = 0 THEN {self.seller.id} END",
            "paper_stage_deadline": f"{open_one} current_date + {number} % 30 - 10 END",
        }

    # What is asked, as the web client asks it

    def _as(self, model, user=None):
        return self.env[model].with_user(user or self.seller).with_context(lang="en_US")

    def _specification(self, model, view, kind):
        tree = etree.fromstring(model.get_views([(view and self.env.ref(view).id, kind)])["views"][kind]["arch"])
        names = {node.get("name") for node in tree.iter("field")} & set(model._fields)
        shown = {"fields": {"display_name": {}}}
        return {name: shown if model._fields[name].type in ("many2one", "many2many") else {} for name in names}

    def read_orders(self):
        orders = self._as("sale.order")
        view = "paper_base.paper_order_view_list" if self.is_product else "sale.view_order_tree"
        domain = PAPER if self.is_product else [("state", "!=", "cancel")]
        return orders.web_search_read(domain, self._known(orders, view, "list"), limit=ROWS, count_limit=10_001)

    def read_board(self):
        orders = self._as("sale.order")
        fields = self._known(orders, "paper_base.paper_order_view_kanban", "kanban")
        return orders.web_read_group(
            UNDER,
            ["paper_stage"],
            [],
            auto_unfold=True,
            unfold_read_specification=fields,
            unfold_read_default_limit=CARDS,
        )

    def read_sorted(self):
        orders = self._as("sale.order")
        fields = self._known(orders, "paper_base.paper_order_view_list", "list")
        return orders.web_search_read(PAPER, fields, limit=ROWS, count_limit=10_001, order="paper_stage_deadline, id")

    def read_grouped(self):
        orders = self._as("sale.order")
        for name in ("paper_stage", "paper_stage_department_id", "paper_stage_deadline:week"):
            orders.web_read_group(UNDER, [name], ["__count"])
        return orders.web_read_group(UNDER, ["paper_stage_user_id"], ["__count"])

    def search_number(self):
        """Type into the search box the customer's whole number of the order that was copied last."""
        return self._as("paper.search").find(self.number)

    def search_part(self):
        """Type into it four digits that stand in numbers of everything."""
        return self._as("paper.search").find("4711")

    def read_tracking(self):
        lines = self._as("sale.order.line")
        action = self.env.ref("paper_base.action_paper_tracking")
        domain = [*eval(action.domain), ("paper_stage", "not in", (False, "closed"))]  # noqa: S307 - our own
        fields = self._known(lines, "paper_base.paper_tracking_view_list", "list")
        return lines.web_search_read(domain, fields, limit=ROWS, count_limit=10_001)

    def desk_of(self, code):
        user = self.seller if code == "sales" else self._user(code)
        return self._as("paper.desk", user).get_desk

    def _known(self, model, view, kind):
        self._specifications = getattr(self, "_specifications", {})
        if view not in self._specifications:
            self._specifications[view] = self._specification(model, view, kind)
        return self._specifications[view]

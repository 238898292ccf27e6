"""Figures reach only who may read them: an order, its customer's credit and its costs are searched for in all that a
department reads."""

import json
import os
import re
from collections import defaultdict
from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

# Who works without prices; without costs; without knowing of customers' credit.
MAKERS = ("planning", "supervisor", "workshop", "technical", "quality", "equipment", "warehouse", "logistics")
PRICES = ("online", "purchasing", *MAKERS)
COSTS = (*(name for name in PRICES if name != "purchasing"), "credit", "legal")
CREDIT = (*PRICES, "legal")
EVERYBODY = tuple(dict.fromkeys((*PRICES, *COSTS)))
HIDDEN_FROM = {"price": PRICES, "cost": COSTS, "credit": CREDIT}

# Figures that nothing else of the mill has: {kind: {what: figure}}, written into one delivered order and what it rests on.
FIGURES = {
    "price": {"price_unit": 7391.37, "list_price": 5771.23, "invoiced": 86420.35},
    "cost": {
        "purchase_price": 3141.59,
        "margin": 27182.81,
        "standard_price": 4321.98,
        "vendor": 4987.65,
        "purchase": 4567.89,
        "purchase_total": 456789.12,
        "costs_hour": 2718.28,
        "value": 161803.39,
        "billed": 75319.46,
    },
    "credit": {"limit": 1234.56},
}
STATEMENTS = (
    "ALTER TABLE sale_order DISABLE TRIGGER USER",
    "ALTER TABLE sale_order_line DISABLE TRIGGER USER",
    """UPDATE sale_order_line SET price_unit = %(price_unit)s, technical_price_unit = %(price_unit)s, margin = %(margin)s,
              purchase_price = %(purchase_price)s WHERE order_id = %(order)s""",
    "UPDATE sale_order SET margin = %(margin)s WHERE id = %(order)s",
    "UPDATE product_template SET list_price = %(list_price)s",
    """UPDATE product_product SET standard_price = (SELECT jsonb_object_agg(key, %(standard_price)s::numeric)
              FROM jsonb_object_keys(standard_price) AS key) WHERE standard_price IS NOT NULL""",
    "UPDATE product_supplierinfo SET price = %(vendor)s",
    "UPDATE purchase_order_line SET price_unit = %(purchase)s, price_subtotal = %(purchase_total)s",
    "UPDATE purchase_order SET amount_untaxed = %(purchase_total)s, amount_total = %(purchase_total)s",
    "UPDATE mrp_workcenter SET costs_hour = %(costs_hour)s",
    "UPDATE stock_move SET value = %(value)s, price_unit = %(value)s",
    """UPDATE paper_credit_review SET "limit" = %(limit)s WHERE state = 'approved'""",
    *(
        statement
        for figure, kinds in (("invoiced", "'out_invoice', 'out_refund'"), ("billed", "'in_invoice', 'in_refund'"))
        for statement in (
            f"""UPDATE account_move SET amount_untaxed = %({figure})s, amount_total = %({figure})s,
                       amount_residual = %({figure})s, amount_untaxed_signed = %({figure})s,
                       amount_total_signed = %({figure})s WHERE move_type IN ({kinds})""",
            f"""UPDATE account_move_line SET price_unit = %({figure})s, price_subtotal = %({figure})s, price_total = %({figure})s,
                       balance = %({figure})s, debit = %({figure})s, credit = 0, amount_currency = %({figure})s
                 WHERE move_id IN (SELECT id FROM account_move WHERE move_type IN ({kinds}))""",
        )
    ),
)
# What describes the system and holds no record of the mill; these are large.
SYSTEM = ("ir.", "base.", "res.groups", "res.lang", "res.country", "res.currency", "bus.", "website.", "web_tour.")
# Where figures stand; what only points to another record is read there.
READ = ("char", "text", "html", "float", "monetary", "json", "properties", "selection")
MOST = 60
SOME = 8  # records of an export
QUIET = ("odoo.models", "odoo.sql_db", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.domains")


@tagged("post_install", "-at_install")
class TestLeaks(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = cls.env["sale.order"].search([("is_paper_order", "=", True), ("state", "=", "sale")])
        cls.order = orders.filtered(lambda order: any(line.qty_delivered for line in order.order_line))[:1]
        cls._invoice()
        figures = {name: figure for kind in FIGURES.values() for name, figure in kind.items()}
        cls.env.flush_all()
        for statement in STATEMENTS:
            cls.env.cr.execute(statement, {**figures, "order": cls.order.id})
        cls.env.invalidate_all()
        cls.kinds = {figure: kind for kind, found in FIGURES.items() for figure in found.values()}
        # What orders come to, where it is no round figure that something else has as well.
        for order in orders:
            for amount in (order.amount_untaxed, order.amount_total):
                if round(amount * 100) % 1000:
                    cls.kinds[round(amount, 2)] = "price"
        cls.texts = {
            text: kind
            for figure, kind in cls.kinds.items()
            for text in (f"{figure:.2f}", f"{figure:,.2f}", f"{figure:g}", repr(figure))
            if len(text) > 5
        }
        cls.pattern = re.compile("|".join(sorted(map(re.escape, cls.texts), key=len, reverse=True)))
        credit = cls.env["res.users"].search([("login", "=", "credit")])
        draft = cls.env["sale.order"].search([("is_paper_order", "=", True), ("state", "=", "draft")])
        held = draft.filtered(lambda order: "credit" in cls._codes(order))[:1]
        held.with_user(credit)._override_blocker("evaluate", "credit", "Paid in advance")
        cls.held = held
        cls.users = {
            department: cls.env["res.users"].search([("login", "=", department)], limit=1) for department in EVERYBODY
        }
        # A mill that lets its departments export gives them no more to read by it.
        for user in cls.users.values():
            user.group_ids = [Command.link(cls.env.ref("base.group_allow_export").id)]

    @classmethod
    def _invoice(cls):
        """Make an invoice of what was delivered, and a vendor bill."""
        invoice = cls.order._create_invoices()
        vendor = cls.env["purchase.order"].search([], limit=1).partner_id
        line = Command.create({"name": "Pulp", "quantity": 1, "price_unit": 5})
        cls.env["account.move"].create({"move_type": "in_invoice", "partner_id": vendor.id, "invoice_line_ids": [line]})
        assert invoice, "the delivered order has nothing to invoice"

    @classmethod
    def _codes(cls, order):
        return {item["code"] for item in order._get_blockers("evaluate")[order]}

    def _kind(self, value):
        """Return which kind of figure a value is or holds, None if none."""
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, float)):
            return self.kinds.get(round(abs(value), 2))
        text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
        found = self.pattern.search(text)
        return self.texts[found[0]] if found else None

    def _leaks(self, value, department):
        kind = self._kind(value)
        return kind if kind and department in HIDDEN_FROM[kind] else None

    def _models(self):
        return [
            name
            for name in sorted(self.env.registry)
            if not self.env[name]._abstract
            and not self.env[name]._transient
            and (not name.startswith(SYSTEM) or name == "ir.attachment")
        ]

    def _readers(self, turn):
        """Return who tries what is read at this turn: everybody in the whole trial, else the workshop and one in turn."""
        if os.environ.get("MILL_EVERYBODY"):
            return EVERYBODY
        return tuple({"workshop", EVERYBODY[turn % len(EVERYBODY)]})

    @contextmanager
    def _try(self):
        """What is refused leaks nothing."""
        try:
            with self.env.cr.savepoint(flush=False):
                yield
        except Exception:  # noqa: BLE001 - also what Odoo itself cannot read; it gives no figure
            self.env.invalidate_all()

    @mute_logger(*QUIET)
    def test_nothing_that_is_read(self):
        """R3.2.2, R3.3.5, R4.1.3, R8.1.1: no readable field of any model holds a figure that is not for its reader."""
        found, looked = defaultdict(set), 0
        for turn, name in enumerate(self._models()):
            for department in self._readers(turn):
                model = self.env[name].with_user(self.users[department]).with_context(lang="en_US")
                if not model.has_access("read"):
                    continue
                names = [key for key, field in model.fields_get(attributes=["type"]).items() if field["type"] in READ]
                for field, value in self._values(model, names):
                    looked += 1
                    kind = self._leaks(value, department)
                    if kind:
                        found[f"{name}.{field}", kind].add(department)
            self.env.invalidate_all()
        print(f"counted: leaks: {looked} values read as {len(EVERYBODY)} departments in turn, {len(found)} fields leak")
        self.assertFalse(dict(found))
        self.assertGreater(looked, 10000)

    def _values(self, model, names):
        rows = []
        with self._try():
            records = model.search([], limit=MOST, order="id desc")
            if self.order._name == model._name:
                records |= (self.order | self.held).with_env(model.env)
            try:
                with self.env.cr.savepoint(flush=False):
                    rows = records.read(names)
            except Exception:  # noqa: BLE001 - one field of it cannot be read: each of them alone
                for name in names:
                    with self._try():
                        rows += records.read([name])
        return [(name, value) for row in rows for name, value in row.items() if name in names]

    @mute_logger(*QUIET)
    def test_no_other_path(self):
        """R3.3.5, R4.1.3: sums, groups, filters, sorting and export give no more than reading does."""
        given, tried = [], 0
        turn = 0
        for name in self._models():
            if not hasattr(self.env[name], "_hidden_fields"):
                continue
            turn += 1
            for department in self._readers(turn):
                model = self.env[name].with_user(self.users[department])
                if not model.has_access("read"):
                    continue
                for field in sorted(model._hidden_fields()):
                    tried += 1
                    given += [f"{path}: {name}.{field} as {department}" for path in self._ways(model, field, department)]
        print(f"counted: leaks: {tried} hidden fields tried by sum, group, filter, order and export")
        self.assertEqual(given, [])
        self.assertGreater(tried, 60)

    def _ways(self, model, name, department):
        """Yield the paths that give a figure of a field."""
        field, first = model._fields[name], model.search([], limit=1)
        if field.store and field.type in ("float", "monetary"):
            for path, ask in {
                "filter": lambda: model.search([(name, ">", 1)]),
                "count": lambda: model.search_count([(name, ">", 1)]),
                "order": lambda: model.search([], order=f"{name} desc", limit=1) and model._order.find(name) < 0,
            }.items():
                try:
                    with self.env.cr.savepoint(flush=False):
                        if ask():
                            yield path
                except (AccessError, UserError, ValueError):
                    pass
            with self._try():
                rows = model.formatted_read_group([], [], [f"{name}:sum"])
                if rows and rows[0][f"{name}:sum"]:
                    yield "sum"
        with self._try():
            if first and any(self._leaks(value, department) for value in first.export_data([name])["datas"][0]):
                yield "export"

    @mute_logger(*QUIET)
    def test_no_export(self):
        """R4.1.3, R3.3.5: no export holds such a figure, of a record itself or of one that it leads to."""
        found, looked = defaultdict(set), 0
        for turn, name in enumerate(self._models()):
            for department in self._readers(turn):
                model = self.env[name].with_user(self.users[department]).with_context(lang="en_US")
                if not model.has_access("read"):
                    continue
                paths = list(self._paths(model))
                records = model.search([], limit=SOME, order="id desc")
                if self.order._name == name:
                    records |= self.order.with_env(model.env)
                for path, values in self._exported(records, paths):
                    looked += len(values)
                    kind = next((kind for value in values if (kind := self._leaks(value, department))), None)
                    if kind:
                        found[f"{name}: {path}", kind].add(department)
            self.env.invalidate_all()
        print(f"counted: leaks: {looked} values exported as {len(EVERYBODY)} departments in turn, {len(found)} paths leak")
        self.assertFalse(dict(found))
        self.assertGreater(looked, 10000)

    def _paths(self, model):
        """Yield what a person chooses for an export: fields of the model, and figures of what they lead to."""
        fields = model.fields_get(attributes=["type", "relation", "exportable"])
        for name, field in fields.items():
            if field.get("exportable") is False:
                continue
            if field["type"] in READ:
                yield name
            elif field["type"] in ("many2one", "one2many") and field["relation"] in self.env:
                other = self.env[field["relation"]].with_env(model.env)
                if other.has_access("read"):
                    figures = other.fields_get(attributes=["type", "exportable"]).items()
                    yield from (
                        f"{name}/{key}" for key, of in figures if of["type"] == "monetary" and of.get("exportable") is not False
                    )

    def _exported(self, records, paths):
        """Return ``[(path, values)]`` of an export; what cannot be exported together is exported path by path."""
        if not records or not paths:
            return []
        rows = None
        try:
            with self.env.cr.savepoint(flush=False):
                rows = records.export_data(paths)["datas"]
        except Exception:  # noqa: BLE001 - one path of it cannot be read
            self.env.invalidate_all()
        if rows is not None:
            return [(path, [row[index] for row in rows]) for index, path in enumerate(paths)]
        result = []
        for path in paths:
            with self._try():
                result.append((path, [row[0] for row in records.export_data([path])["datas"]]))
        return result

    @mute_logger(*QUIET, "odoo.addons.base.models.ir_qweb", "odoo.http", "odoo.tools.translate")
    def test_no_report(self):
        """R4.1.3, R3.3.5: no print that a department may make of a document, nor an overview of it, holds such a figure."""
        found, printed = defaultdict(set), 0
        reports = self.env["ir.actions.report"].search([("report_type", "in", ("qweb-pdf", "qweb-html"))])
        for turn, report in enumerate(reports):
            if report.model not in self.env:
                continue
            for department in self._readers(turn):
                user = self.users[department]
                if report.group_ids and not report.group_ids & user.all_group_ids:
                    continue
                model = self.env[report.model].with_user(user).with_context(lang="en_US")
                with self._try():
                    records = model.search([], limit=2, order="id desc")
                    if model._name == "sale.order":
                        records |= self.order.with_env(model.env)
                    if not records:
                        continue
                    html = report.with_user(user)._render_qweb_html(report.report_name, records.ids)[0]
                    printed += 1
                    kind = self._leaks(html.decode(), department)
                    if kind:
                        found[report.report_name, kind].add(department)
        for department in self._readers(1):
            for overview, ask in self._overviews(self.users[department]).items():
                with self._try():
                    printed += 1
                    kind = self._leaks(ask(), department)
                    if kind:
                        found[overview, kind].add(department)
        print(f"counted: leaks: {printed} prints and overviews looked through")
        self.assertFalse(dict(found))
        self.assertGreater(printed, 10)

    def _overviews(self, user):
        env = self.env(user=user.id, su=False)
        orders = self.env["mrp.production"].search([], limit=1)
        return {
            "manufacturing order": lambda: env["report.mrp.report_mo_overview"].get_report_values(orders.id),
            "bill of materials": lambda: env["report.mrp.report_bom_structure"].get_html(orders.bom_id.id),
        }

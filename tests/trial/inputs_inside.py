"""The part of ./mill trial inputs that runs inside Odoo: calls of methods, and of what reads texts, with hostile values."""

import importlib
import inspect
import random
from collections import Counter

# How Odoo itself reads and writes our records, and the names of what it takes.
OF_ODOO = {
    "create": ("vals_list",),
    "write": ("vals",),
    "read": ("fields",),
    "search_read": ("domain", "fields", "offset", "limit", "order"),
    "web_read": ("specification",),
    "web_save": ("vals", "specification"),
    "onchange": ("values", "field_names", "fields_spec"),
    "name_search": ("name", "domain", "operator", "limit"),
    "copy": ("default",),
    "load": ("fields", "data"),
    "formatted_read_group": ("domain", "groupby", "aggregates", "having", "offset", "limit", "order"),
    "export_data": ("fields_to_export",),
    "unlink": (),
}
# What reads what arrives: module, function; an error of its own says what is wrong.
READERS = (
    ("paper_base.lib.quantity", "convert", 4),
    ("paper_base.lib.geometry", "geometry_errors", 1),
    ("paper_base.lib.cn_holidays", "parse_calendar_csv", 1),
    ("paper_order_intake.lib.answers", "read_text", 1),
    ("paper_order_intake.lib.answers", "read_figure", 1),
    ("paper_order_intake.lib.order_feed", "split_feed", 1),
    ("paper_order_intake.lib.order_feed", "read_feed_order", 1),
    ("paper_order_intake_mail.lib.order_mail", "read_mail", 1),
    ("paper_order_intake.lib.orderbook", "read_order_book", 1),
    ("paper_order_credit.lib.credit_code", "credit_code_fault", 1),
    ("paper_order_intake.lib.drop_folder", "folder_name_fault", 1),
    ("paper_capacity.lib.capability", "parse_sizes", 1),
    ("paper_contract.lib.blanks", "count", 1),
)
TEXTS = (
    "",
    " ",
    ".",
    "\u200b",
    "a\u2060\ufeff",
    "\0",
    "a\0b",
    "签" * 50,
    "x" * 5000,
    "1900-01-01",
    "9999-12-31",
    "2026-02-30",
    "0000-00-00",
    "2026-12-01 25:61:00",
    "1e400",
    "NaN",
    "-inf",
    "1,234.5",
    "１２３",
    "²",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%s %(x)s {0} {{7*7}}",
    "\ud800",
    "\u202eabc",
    "=1+1",
    "../../etc/passwd",
    "true",
    "None",
    "[]",
    "{}",
    "0x10",
    "a;b;c\n1;2;3\n",
    '{"orders": [{"id": 1}]}',
    "From: a@b\n\nx",
    "Master Reel Width\n2540\n",
    "iVBORw0KGgo=",
    "a" * 36,
)
NUMBERS = (
    0,
    -1,
    1,
    2,
    3,
    7,
    2**31,
    2**63,
    10**20,
    1e15,
    -1e15,
    1e308,
    1e-308,
    0.1,
    -0.0,
    True,
    False,
    float("nan"),
    float("inf"),
)
BIG = 64 * 1024


def hostile(chance, depth=0):
    """Return a value that nobody should send, or a harmless one of another kind."""
    kind = chance.random()
    if kind < 0.45:
        return chance.choice(TEXTS)
    if kind < 0.75:
        return chance.choice(NUMBERS)
    if kind < 0.82 or depth > 2:
        return None
    if kind < 0.92:
        return [hostile(chance, depth + 1) for _number in range(chance.randint(0, 3))]
    return {str(hostile(chance, 3))[:20]: hostile(chance, depth + 1) for _number in range(chance.randint(0, 3))}


def _is_of_model(env, model, method):
    return getattr(getattr(type(env[model]), method), "_api_model", False)


class Inside:
    """Calls one after the other, each rolled back."""

    def __init__(self, env, seed, people):
        self.env, self.chance = env, random.Random(f"{seed} in process")
        users = env["res.users"].search([("login", "in", people)])
        self.users = users.sorted("login")
        self.counts, self.faults = Counter(), {}
        self.methods = sorted(self._methods())
        self.readers = [self._reader(*entry) for entry in READERS]

    # What there is

    def _methods(self):
        """Yield model, method and the names of its parameters: our public ones, and how Odoo reads and writes our models."""
        for model, cls in self.env.registry.items():
            if model == "ir.http":
                continue  # it answers requests, and is asked over HTTP
            ours = {}
            for part in cls.__mro__:
                if part.__module__.startswith("odoo.addons.paper_"):
                    ours |= {name: value for name, value in vars(part).items() if inspect.isfunction(value)}
            named = model.startswith("paper.") and not cls._abstract
            for name in ours:
                if name.startswith("_") or name in OF_ODOO or getattr(getattr(cls, name), "_api_private", False):
                    continue
                try:
                    names = list(inspect.signature(getattr(cls, name)).parameters)[1:]
                except (TypeError, ValueError):
                    continue
                yield model, name, tuple(part for part in names if part not in ("args", "kwargs"))
            if named or model in (
                "sale.order",
                "sale.order.line",
                "mrp.production",
                "stock.picking",
                "qc.inspection",
                "helpdesk.ticket",
            ):
                for name, names in OF_ODOO.items():
                    yield model, name, names

    def routes(self):
        """Return the pages that are ours or that customers of the mill open in another's addon."""
        from odoo.http import _generate_routing_rules

        modules = self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        found = []
        for path, endpoint in _generate_routing_rules(sorted(modules), False):
            module = endpoint.func.__module__ if hasattr(endpoint, "func") else endpoint.__module__
            origin = [cls.__module__ for cls in type(endpoint.func.__self__).__mro__ if endpoint.func.__name__ in vars(cls)]
            if not any(".paper_" in name or ".helpdesk_mgmt." in name for name in (module, *origin)):
                continue
            names = [name for name in inspect.signature(endpoint.func).parameters if name not in ("kw", "kwargs", "post")]
            extra = (
                "page",
                "sortby",
                "filterby",
                "groupby",
                "search",
                "search_in",
                "category",
                "team",
                "subject",
                "description",
                "access_token",
                "token",
                "stage_id",
                "ticket_id",
                "order_id",
                "message",
            )
            found.append(
                {
                    "path": path,
                    "methods": sorted(endpoint.routing.get("methods") or ("GET", "POST")),
                    "type": endpoint.routing["type"],
                    "names": sorted({*names, *extra}) if endpoint.routing["type"] == "http" else names,
                }
            )
        return sorted(found, key=lambda route: route["path"])

    def _reader(self, module, name, count):
        return getattr(importlib.import_module(f"odoo.addons.{module}"), name), count

    # What is sent

    def run(self, count):
        cr = self.env.cr
        commit = type(cr).commit
        type(cr).commit = lambda cursor: None
        try:
            for number in range(count):
                if number % 3 == 0:
                    self._read()
                else:
                    self._call()
                self.counts["inputs"] += 1
        finally:
            type(cr).commit = commit
            cr.rollback()
        return {"counts": self.counts, "faults": self.faults, "routes": self.routes(), "methods": self._told()}

    def _told(self):
        """Return the methods, each with whether it is called without records."""
        return [[*entry, bool(_is_of_model(self.env, *entry[:2]))] for entry in self.methods]

    def _read(self):
        reader, count = self.chance.choice(self.readers)
        given = [self._of_reader(reader) for _number in range(count)]
        try:
            reader(*given)
            self.counts["read"] += 1
        except Exception as error:  # noqa: BLE001 - whatever comes is judged
            own = type(error).__module__.startswith("odoo.addons.paper_")
            self.counts["refused by a reader"] += own
            if not own:
                self._note(f"{reader.__module__}.{reader.__name__}", error, given)

    def _of_reader(self, reader):
        """Return what the reader takes: bytes or a text for those that read files and mails, else anything."""
        value = hostile(self.chance)
        if reader.__name__ in ("split_feed", "read_mail", "read_order_book"):
            text = "\n".join(str(hostile(self.chance)) for _number in range(self.chance.randint(1, 9)))
            return text.encode(self.chance.choice(("utf-8", "utf-16", "gb18030")), "ignore")[:BIG]
        if reader.__name__ == "geometry_errors":
            names = ("format", "basis_weight", "caliper", "width", "length", "core_diameter", "reel_length", "sheets_per_ream")
            return {name: hostile(self.chance) for name in names if self.chance.random() < 0.7}
        takes_text = reader.__name__ not in ("convert", "read_figure")
        return str(value) if takes_text and not isinstance(value, str) else value

    def _call(self):
        import psycopg2
        from odoo.addons.paper_base.unreadable import check_readable, in_words
        from odoo.exceptions import UserError
        from odoo.service.model import call_kw

        model, method, names = self.chance.choice(self.methods)
        env = self.env(user=self.chance.choice(self.users), context={})
        keywords = {name: self._value(model, name) for name in names if self.chance.random() < 0.85}
        ids = self.chance.choice(([1], [2], [3], [], [0], [999_999], "x", [1, 1], [None]))
        args = [] if _is_of_model(env, model, method) else [ids]
        try:
            check_readable(env, [args, keywords])
            with env.cr.savepoint():
                call_kw(env[model], method, args, keywords)
            self.counts["carried out"] += 1
        except Exception as error:  # noqa: BLE001 - whatever comes is judged
            told = in_words(env, error, sent=True)
            if isinstance(error, psycopg2.IntegrityError):
                # The server says it in words, once the call has ended.
                self.counts["refused in words"] += 1
            elif isinstance(told, UserError):
                self.counts["refused in words" if told is error else "not readable, told in words"] += 1
            else:
                self._note(f"{model}.{method}", error, {"ids": ids, **keywords})
        finally:
            self.env.transaction.reset()

    def _value(self, model, name):
        """Return a value for a parameter: mostly of its shape, with something hostile inside."""
        fields = list(self.env[model]._fields)
        if self.chance.random() < 0.25:
            return hostile(self.chance)
        if name in ("vals", "values", "vals_list", "default"):
            vals = {self.chance.choice(fields): hostile(self.chance) for _number in range(self.chance.randint(1, 4))}
            return [vals] if name == "vals_list" else vals
        if name == "domain":
            operator = self.chance.choice(("=", "in", "ilike", ">", "child_of", "any", "nonsense"))
            return [[self.chance.choice(fields), operator, hostile(self.chance)]]
        if name in ("fields", "field_names", "groupby", "fields_to_export"):
            return [self.chance.choice(fields), str(hostile(self.chance))[:30]]
        if name in ("specification", "fields_spec"):
            return {self.chance.choice(fields): {}}
        return hostile(self.chance)

    def _note(self, where, error, given):
        self.counts["faults"] += 1
        words = f"{where}: {type(error).__name__}: {str(error)[:120]}"
        times, example = self.faults.get(words, (0, repr(given)[:300]))
        self.faults[words] = (times + 1, example)

"""The mails of tests/mails, read by a real mill: each is sent to its address, and what it makes of them is held against what
each should become. Which order a later mail belongs to is not measured here: those orders are not in this mill."""

import json
import subprocess
import sys
import tempfile
import xmlrpc.client
from collections import Counter, defaultdict
from pathlib import Path

from tools.mill import addons, paths, templates
from tools.mill.console import plain, table

TITLE = "what customers send, read: wrong without a word, typed by nobody"
SHORT = None
MAILS = paths.TESTS / "mails"
READER = "paper_order_intake_mail"
ALIAS = "orders@mill.example"
# A fact that has a field of its own is taken from there, not from what the reader noted.
FIELDS = {
    "basis_weight": "basis_weight",
    "thickness_um": "caliper",
    "width_mm": "width",
    "length_mm": "length",
    "diameter_mm": "diameter_max",
    "core_mm": "core_diameter",
}
ELSEWHERE = ("finds", "change")


def options(parser):
    parser.add_argument("--each", type=int, default=10, help="how many generated mails of each kind beside the corpus (10)")
    parser.add_argument("--seed", type=int, default=0, help="other generated mails for another number (0)")
    parser.add_argument("--tell", action="store_true", help="tell each fact that is not read as expected")


def source(_args):
    """Return the mill that the mails come to: what reads them, and nothing that changes with other addons."""
    ours = addons.closure(READER) & set(addons.ours())
    return "test", templates.std(addons.standard(READER) | ours)


def run(trial):
    sys.path.insert(0, str(MAILS))
    import expectation

    with tempfile.TemporaryDirectory() as folder:
        sources = sorted((MAILS / "corpus").glob("*.eml"))
        if trial.args.each:
            wanted = ["--each", str(trial.args.each), "--seed", str(trial.args.seed)]
            command = [str(paths.PYTHON), str(MAILS / "generate.py"), folder, *wanted]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            sources += sorted(Path(folder).glob("*.eml"))
        mails = [(path, path.read_bytes(), json.loads(path.with_suffix(".json").read_text())) for path in sources]
    trial.start()
    mill = Mill(trial)
    for _path, _source, expected in mails:
        mill.know(expected["customer"])
    found = {path: mill.send(content, number) for number, (path, content, _expected) in enumerate(mails)}
    mill.read_stored()
    by_kind, silent = defaultdict(Counter), []
    for path, _source, expected in mails:
        kind = "corpus" if path.parent.name == "corpus" else path.stem.rsplit("-", 1)[0]
        verdicts = [one for one in expectation.verdicts(expected, mill.reading(found[path])) if _measured(one)]
        silent += [
            f"{path.stem}: {place} {what}: {verdict}" for place, what, verdict in verdicts if verdict in expectation.SILENT
        ]
        by_kind[kind] += _counted(expected, verdicts, expectation)
        if trial.args.tell:
            for place, what, verdict in verdicts:
                if verdict not in ("right", "proposed", "asked"):
                    plain(f"  {path.stem}: {place} {what}: {verdict}")
    _show(trial, by_kind, silent)


def _measured(verdict):
    place, what, _verdict = verdict
    return what not in ELSEWHERE and not place.startswith("change")


def _counted(expected, verdicts, expectation):
    """Count the facts of one mail that are certain or proposed, and those among them that nobody types."""
    counts = Counter(mails=1, silent=sum(verdict in expectation.SILENT for _place, _what, verdict in verdicts))
    classes = {("mail", "order_number"): (expected.get("order_number") or {}).get("class")}
    for number, facts in enumerate(expectation.lines(expected), 1):
        classes |= {(f"line {number}", name): fact["class"] for name, fact in facts.items()}
    if not expected["lines"] and expected["kind"]["value"] == "order":
        classes |= {("head", name): fact["class"] for name, fact in expected.get("head", {}).items()}
    for place, what, verdict in verdicts:
        wanted = classes.get((place, what))
        if wanted in ("certain", "proposed") and expected["kind"]["value"] == "order":
            counts["facts"] += 1
            counts["read"] += verdict in ("right", "proposed")
            counts["proposable"] += wanted == "proposed"
            counts["proposed"] += wanted == "proposed" and verdict in ("right", "proposed")
    return counts


def _show(trial, by_kind, silent):
    total = sum(by_kind.values(), Counter())
    rows = []
    for kind, counts in [*sorted(by_kind.items()), ("all", total)]:
        shares = [_share(counts["read"], counts["facts"]), _share(counts["proposed"], counts["proposable"])]
        rows.append((kind, counts["mails"], counts["silent"], *shares))
    table(rows, ("mails", "number", "wrong silently", "read without typing", "proposals"))
    for sentence in silent[:40]:
        plain(f"  {sentence}")
    trial.figure("mails", total["mails"], "mails")
    trial.figure("wrong without a word", total["silent"], "facts")
    trial.figure("read without typing", round(100 * total["read"] / max(total["facts"], 1), 1), "%")
    trial.figure("proposals", round(100 * total["proposed"] / max(total["proposable"], 1), 1), "%")
    trial.expect(not silent, f"{len(silent)} facts are wrong without a word")
    trial.expect(total["read"] >= 0.8 * total["facts"], "less than 80 % is read without typing")
    trial.expect(total["proposed"] >= 0.95 * total["proposable"], "less than 95 % of what is to be proposed is")


def _share(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


class Mill:
    """A mill with an address for orders, and what it makes of a mail."""

    def __init__(self, trial):
        self.trial, self.admin, self.customers = trial, trial.person(), {}
        self.gateway = xmlrpc.client.ServerProxy(f"{trial.url}/xmlrpc/2/object", allow_none=True)
        admin = self.admin
        admin.write("res.users", admin.uid, {"group_ids": [(4, admin.xmlid("paper_base.group_sales"))]})
        name, domain = ALIAS.split("@")
        domain = admin.create("mail.alias.domain", {"name": domain})
        product = admin.create(
            "product.product", {"name": "Paper", "is_paper": True, "uom_id": admin.xmlid("uom.product_uom_kgm")}
        )
        values = {"name": "Mail", "kind": "email", "handler_id": admin.uid, "product_id": product}
        channel = admin.create("paper.intake.channel", values)
        admin.write("paper.intake.channel", channel, {"alias_name": name, "alias_domain_id": domain})

    def know(self, customer):
        """Have the mill know a customer by the address that he writes from."""
        if customer and customer["address"] not in self.customers:
            values = {"name": customer.get("name") or customer["address"], "email": customer["address"], "is_company": True}
            self.customers[customer["address"]] = self.admin.create("res.partner", values)

    def send(self, source, number):
        """Send a mail to the mill's address, as another one than any before; return its arrival's reference."""
        reference = f"<{number}.trial@customer.example>"
        head, _blank, body = source.replace(b"\r\n", b"\n").partition(b"\n\n")
        lines = [line for line in head.split(b"\n") if not line.lower().startswith((b"message-id:", b"to:"))]
        lines = [f"Message-Id: {reference}".encode(), f"To: {ALIAS}".encode(), *lines]
        data = b"\n".join(lines) + b"\n\n" + body
        parameters = [False, xmlrpc.client.Binary(data)]
        uid, key = self.admin.uid, "admin"
        self.gateway.execute_kw(self.trial.database, uid, key, "mail.thread", "message_process", parameters)
        return reference

    def read_stored(self):
        left, before = self._pending(), None
        while left and left != before:
            self.admin.call("ir.cron", "method_direct_trigger", [self.admin.xmlid("paper_order_intake.cron_intake_read")])
            left, before = self._pending(), left
        self.trial.expect(left == 0, f"{left} arrivals are stored that nobody read")

    def _pending(self):
        return int(self.trial.query("select count(*) from paper_intake_message where pending")[0][0])

    def reading(self, reference):
        """Return what the mill made of a mail, as expectation.py compares it."""
        names = ["state", "facts", "told_text", "partner_id", "number", "child_ids", "problems"]
        domain = [("external_ref", "=", reference), ("active", "in", [True, False])]
        mails = self.admin.search("paper.intake.message", domain, names)
        if not mails:
            return {"kind": "none", "told": ""}
        mail = mails[0]
        figures = [*names, *FIELDS.values(), "weight", "commitment_date", "raw", "unread_columns"]
        rows = self.admin.search("paper.intake.message", [("parent_id", "=", mail["id"])], figures, order="line_no, id")
        known = mail["facts"] or {}
        kind = "order" if rows else "none" if mail["state"] == "ignored" else known.get("kind", "question")
        head = {name: fact for name, fact in (known.get("head") or {}).items() if _value(fact)}
        lines = [self._line(row) for row in rows]
        numbers = {json.dumps(line.pop("order_number", None), sort_keys=True) for line in lines}
        number = json.loads(numbers.pop()) if len(numbers) == 1 else head.get("order_number")
        customer = next(
            (address for address, one in self.customers.items() if mail["partner_id"] and one == mail["partner_id"][0]), None
        )
        told = [
            mail["told_text"] or "",
            *(str(row["problems"] or "") for row in rows),
            *(row["unread_columns"] or "" for row in rows),
        ]
        return {
            "kind": kind,
            "customer": customer,
            "order_number": number,
            "head": {name: fact for name, fact in head.items() if name != "order_number"},
            "lines": lines,
            "told": "\n".join([*told, str(mail["problems"] or "")]),
        }

    def _line(self, row):
        """The facts of one arrival: those with a field from the field, whatever was noted."""
        noted = row["facts"] or {}
        line = {name: fact for name, fact in noted.items() if _value(fact)}
        for name, field in FIELDS.items():
            state = noted.get(name, {}).get("state", "taken")
            line.pop(name, None)
            if row[field]:
                line[name] = {"state": state, "value": row[field]}
        if not noted and row["weight"]:
            line["quantity"] = {"state": "taken", "value": row["weight"], "unit": "kg"}
            line["form"] = {"state": "taken", "value": "sheet" if row["length"] else "reel"}
        if row["number"]:
            line["order_number"] = {"state": noted.get("order_number", {}).get("state", "taken"), "value": row["number"]}
        if row["commitment_date"]:
            state = noted.get("delivery_date", {}).get("state", "taken")
            line["delivery_date"] = {"state": state, "value": row["commitment_date"][:10]}
        return line


def _value(fact):
    return isinstance(fact, dict) and fact.get("value") is not None and fact.get("state") in ("taken", "proposed")

"""Thousands of hostile arrivals by upload, mail and webhook: each is kept and gets a reason or an order; the server stays up.
Nothing of them is executed, neither here nor in the spreadsheet of who exports them."""

import base64
import csv
import io
import json
import pickle
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import xmlrpc.client
import zipfile
from collections import Counter, namedtuple
from email import message_from_bytes
from pathlib import Path

import signing

from tools.mill import paths, programs
from tools.mill.console import say
from tools.mill.walk.client import Refused

TITLE = "hostile arrivals by upload, mail and webhook"
SHORT = ["--count", "240", "--huge", "2"]
MEMORY_LIMIT = 1024  # MiB
ALIAS = "orders@fuzz.example"
Arrival = namedtuple("Arrival", "way kind name data")
# What a spreadsheet program takes for the beginning of a formula.
EXECUTED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
EXPORTED = {
    "paper.intake.message": ("number", "raw", "subject", "sender", "reason", "quality_requirement"),
    "sale.order": ("client_order_ref", "origin"),
    "paper.intake.upload": ("file_name",),
}


def options(parser):
    parser.add_argument("--count", type=int, default=10_000, help="how many arrivals (10000)")
    parser.add_argument("--seed", type=int, default=1, help="other arrivals for another number (1)")
    parser.add_argument("--huge", type=int, default=12, help="how many of them carry 50 MB or are zip bombs (12)")


def run(trial):
    canary = _canary()
    canary.unlink(missing_ok=True)
    trial.start()
    mill = Mill(trial)
    sent = Counter()
    for number, arrival in enumerate(_arrivals(trial.args), start=1):
        sent[arrival.way] += 1
        getattr(mill, f"send_{arrival.way}")(arrival, number)
        if not trial.is_up():
            break
        if number % 500 == 0:
            say(f"{number} of {trial.args.count} arrivals; memory at most {trial.peak_memory()} MiB so far")
    trial.expect(trial.is_up(), "the server went down")
    trial.expect(not canary.exists(), "something that arrived was executed")
    mill.check(sent)


def _canary():
    """Return the file that is there only if what arrived was executed."""
    return Path(programs.load(Path(__file__).with_name("corpus.py")).CANARY)


def _arrivals(args):
    """Yield the arrivals of corpus.py, which a program of its own makes."""
    command = [paths.PYTHON, Path(__file__).with_name("corpus.py"), args.count, args.seed, args.huge]
    with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE) as maker:
        for _number in range(args.count):
            yield Arrival(*pickle.load(maker.stdout))


class Mill:
    """The mill that things arrive at, and what it must have kept of them."""

    def __init__(self, trial):
        self.trial, self.admin = trial, trial.person()
        self.kept_uploads, self.mails = [], set()
        self.answers, self.refused = Counter(), Counter()
        self.gateway = xmlrpc.client.ServerProxy(f"{trial.url}/xmlrpc/2/object", allow_none=True)
        self.plain = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        self._set_up()

    def _set_up(self):
        admin = self.admin
        admin.write("res.users", admin.uid, {"group_ids": [(4, admin.xmlid("paper_base.group_sales"))]})
        uom = admin.xmlid("uom.product_uom_kgm")
        product = admin.create("product.product", {"name": "Offset", "is_paper": True, "uom_id": uom})
        partner = admin.create("res.partner", {"name": "Fuzz", "email": "buyer@customer.example", "is_company": True})
        given = {"partner_id": partner, "product_id": product, "handler_id": admin.uid}
        self.book = admin.create("paper.intake.channel", {"name": "Books", "kind": "order_book", **given})
        self.shop = admin.create("paper.intake.channel", {"name": "Market", "kind": "marketplace", **given})
        self.post = admin.create("paper.intake.channel", {"name": "Mail", "kind": "email", **given})
        name, domain = ALIAS.split("@")
        domain = admin.create("mail.alias.domain", {"name": domain})
        admin.write("paper.intake.channel", self.post, {"alias_name": name, "alias_domain_id": domain})
        shown = admin.call("paper.intake.channel", "action_new_secret", [self.shop])["context"]
        self.secret, address = shown["default_secret"], shown["default_address"]
        self.address = self.trial.url + address[address.index("/paper/") :]

    # One arrival each

    def send_upload(self, arrival, _number):
        values = {"channel_id": self.book, "file": base64.b64encode(arrival.data).decode(), "file_name": arrival.name}
        try:
            upload = self.admin.create("paper.intake.upload", values)
        except Refused as refusal:
            # Nothing to keep (an empty file) or too much of it: the person at the screen is told at once.
            self.refused[f"{refusal.name.rpartition('.')[2]}: {refusal}"[:100]] += 1
            self._expect_sentence(arrival, refusal)
            return
        self.kept_uploads.append(upload)
        try:
            self.admin.call("paper.intake.upload", "action_upload", [upload])
        except Refused as refusal:
            self._expect_sentence(arrival, refusal)

    def _expect_sentence(self, arrival, refusal):
        known = refusal.name.startswith(("odoo.exceptions.", "odoo.addons.paper_"))
        self.trial.expect(known and str(refusal), f"{arrival.kind} {arrival.name[:40]!r}: {refusal.name}: {str(refusal)[:200]}")

    def send_mail(self, arrival, number):
        data = arrival.data.replace(b"To: ALIAS", f"To: {ALIAS}".encode(), 1)
        head = message_from_bytes(data)
        message_id = f"<{self.trial.args.seed}.{number}@customer.example>"
        data = data.replace(str(head["Message-Id"]).encode(), message_id.encode(), 1)
        try:
            self.gateway.execute_kw(
                self.trial.database,
                self.admin.uid,
                "admin",
                "mail.thread",
                "message_process",
                [False, xmlrpc.client.Binary(data)],
            )
        except xmlrpc.client.Fault as fault:
            self.trial.expect(False, f"{arrival.kind} {number}: {fault.faultString.strip().splitlines()[-1][:200]}")
        if arrival.kind not in ("auto-reply", "bounce"):
            self.mails.add(message_id)

    def send_webhook(self, arrival, _number):
        headers = {"Content-Type": "application/json", **signing.headers(self.secret, arrival.data)}
        request = urllib.request.Request(self.address, arrival.data, headers)
        try:
            with self.plain.open(request, timeout=300) as reply:
                status = reply.status
        except urllib.error.HTTPError as error:
            status = error.code
        self.answers[status] += 1
        self.trial.expect(status in (200, 409, 422), f"{arrival.kind}: the webhook answered {status} to {arrival.data[:200]!r}")

    # What was kept

    def check(self, sent):
        trial = self.trial
        self._read_stored()
        for way, count in sorted(sent.items()):
            trial.figure(f"sent by {way}", count, "arrivals")
        states = trial.query("select state, count(*) from paper_intake_message group by 1 order by 1")
        for state, count in states:
            trial.figure(f"arrivals: {state}", int(count), "arrivals")
        self._check_uploads()
        self._check_mails()
        self._check_reasons()
        self._check_exports()
        for status, count in sorted(self.answers.items()):
            trial.figure(f"webhook answered {status}", count, "calls")
        for reason, count in self.refused.most_common(5):
            trial.figure(f"upload refused at the screen, {reason}", count, "files")
        if trial.is_up():
            memory = trial.peak_memory()
            trial.figure("memory of the server at most", memory, "MiB")
            trial.expect(memory < MEMORY_LIMIT, f"the server needed {memory} MiB, more than {MEMORY_LIMIT}")

    def _read_stored(self):
        """Run the job that reads what is stored, as often as its time limit needs; a trial's server runs none by itself."""
        left, before = self._count_pending(), None
        while left and left != before:
            self.admin.call("ir.cron", "method_direct_trigger", [self.admin.xmlid("paper_order_intake.cron_intake_read")])
            left, before = self._count_pending(), left
        self.trial.expect(left == 0, f"{left} arrivals are stored that nobody read")

    def _count_pending(self):
        return int(self.trial.query("select count(*) from paper_intake_message where pending")[0][0])

    def _check_uploads(self):
        rows = self.trial.query("select state, count(*) from paper_intake_upload group by 1 order by 1")
        kept = {state: int(count) for state, count in rows}
        self.trial.figure("uploads kept", sum(kept.values()), "files")
        lost = len(self.kept_uploads) - sum(kept.values())
        self.trial.expect(lost == 0, f"{lost} uploaded files are not there")
        self.trial.expect(not kept.get("draft"), f"{kept.get('draft')} uploaded files were neither read nor refused")
        silent = self.trial.query("select count(*) from paper_intake_upload where state = 'failed' and error is null")[0][0]
        self.trial.expect(int(silent) == 0, f"{silent} files failed without a reason")

    def _check_mails(self):
        refs = {
            row[0]
            for row in self.trial.query(
                f"select external_ref from paper_intake_message where channel_id = {self.post} and parent_id is null "
                "and state != 'ignored'"
            )
        }
        kept = {ref for ref in self.mails if any(ref.strip("<>") in found for found in refs)} if refs else set()
        self.trial.figure("mails kept", len(kept), "mails")
        self.trial.expect(kept == self.mails, f"{len(self.mails - kept)} mails are not there: {sorted(self.mails - kept)[:5]}")
        more = len(refs) - len(kept)
        self.trial.expect(more <= 0, f"{more} auto-replies or bounces became arrivals")

    def _check_reasons(self):
        silent = self.trial.query(
            "select count(*) from paper_intake_message where state in ('question', 'rejected') and "
            "(problems is null or problems::text in ('[]', 'false', 'null'))"
        )[0][0]
        self.trial.expect(int(silent) == 0, f"{silent} arrivals wait without a reason")
        doubled = self.trial.query(
            "select count(*) from (select order_id from paper_intake_message where order_id is not null "
            "group by order_id having count(*) > 1) d"
        )[0][0]
        self.trial.expect(int(doubled) == 0, f"{doubled} orders have several arrivals")
        orders = int(self.trial.query("select count(*) from sale_order")[0][0])
        made = int(self.trial.query("select count(*) from paper_intake_message where order_id is not null")[0][0])
        self.trial.figure("orders made", orders, "orders")
        self.trial.expect(orders == made, f"{orders} orders, but {made} arrivals that became one")

    def _check_exports(self):
        """Export what arrived as a person does, and look for what his spreadsheet would execute."""
        page = self.admin.get("/odoo").decode()
        token = re.search(r'csrf_token:\s*"([^"]+)"', page)[1]
        for model, names in EXPORTED.items():
            fields = [{"name": name, "label": name, "type": "char"} for name in names]
            data = {"model": model, "fields": fields, "ids": False, "domain": [], "groupby": [], "import_compat": False}
            for kind, live in (("csv", self._live_csv), ("xlsx", self._live_xlsx)):
                form = {"data": json.dumps({**data, "context": {}}), "csrf_token": token}
                body = urllib.parse.urlencode(form).encode()
                with self.admin.opener.open(f"{self.trial.url}/web/export/{kind}", body, timeout=600) as answer:
                    count, found = live(answer.read())
                self.trial.figure(f"exported {model} as {kind}", count, "cells")
                self.trial.expect(not found, f"{model} as {kind} holds what a spreadsheet executes: {found[:3]}")

    def _live_csv(self, content):
        csv.field_size_limit(2**30)
        cells = [cell for row in csv.reader(io.StringIO(content.decode(), newline="")) for cell in row if cell]
        return len(cells), [cell[:80] for cell in cells if cell.startswith(EXECUTED)]

    def _live_xlsx(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        live = [found for sheet in sheets for found in re.findall(r"<f[ >].{0,80}|<hyperlink.{0,80}", sheet)]
        return sum(sheet.count("<c ") for sheet in sheets), live

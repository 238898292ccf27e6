"""Arrivals by webhook, mail, drop folder and upload, while the server is killed again and again: each is there once.

Every round starts the server, delivers some arrivals at the same time and kills the server (SIGKILL): at any moment,
while arrivals are being stored, as soon as some are stored and not read, or while their orders are being written. What
was not acknowledged is delivered again, and some of what was, as senders do that deliver at least once. In the end
everything is delivered once more, and counted: each arrival once, each order once, nothing else."""

import base64
import http.client
import json
import os
import random
import shutil
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import signing

from tools.mill.console import say
from tools.mill.walk.client import Refused

TITLE = "arrivals by four ways while the server is killed"
SHORT = ["--rounds", "3", "--arrivals", "24"]
ALIAS = "orders@kill.example"
AIMS = ("any", "storing", "stored", "reading")
# With so many rounds each moment that matters must have been hit.
MANY = 20
GONE = (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError)
# What the server is doing: arrivals stored and not read, transactions that write orders, those that write arrivals.
NOW = """select (select count(*) from paper_intake_message where pending),
                count(distinct pid) filter (where relation = 'sale_order'::regclass),
                count(distinct pid) filter (where relation = 'paper_intake_message'::regclass)
           from pg_locks
          where mode = 'RowExclusiveLock' and granted
            and database = (select oid from pg_database where datname = current_database())"""
MOMENTS = {
    "any": "nothing open",
    "storing": "storing, not committed",
    "stored": "stored, not read",
    "reading": "reading, not committed",
}


def options(parser):
    parser.add_argument("--rounds", type=int, default=50, help="how often the server is killed (50)")
    parser.add_argument("--arrivals", type=int, default=200, help="how many orders arrive (200)")
    parser.add_argument("--seed", type=int, default=1, help="other moments for another number (1)")


def run(trial):
    chance = random.Random(trial.args.seed)
    trial.start()
    senders = Senders(trial)
    deliveries = _deliveries(trial.args.arrivals, chance)
    share = [deliveries[number :: trial.args.rounds] for number in range(trial.args.rounds)]
    moments = Counter()
    for number, fresh in enumerate(share, start=1):
        if not trial.is_up():
            trial.start()
            senders.log_in()
        late = [delivery for delivery in deliveries if delivery.sent and not delivery.acknowledged]
        again = [delivery for delivery in deliveries if delivery.acknowledged]
        moments.update(_kill(trial, senders, [*fresh, *late, *chance.sample(again, min(1, len(again)))], chance))
        if number % 10 == 0 or number == trial.args.rounds:
            say(f"killed {number} times: {dict(moments)}")
    trial.start()
    senders.log_in()
    _deliver_all(trial, senders, deliveries)
    for moment in MOMENTS.values():
        trial.figure(f"killed: {moment}", moments[moment], "times")
    if trial.args.rounds >= MANY:
        never = [MOMENTS[name] for name in ("stored", "reading") if not moments[MOMENTS[name]]]
        trial.expect(not never, f"the server was never killed while it was {' or '.join(never)}")
    trial.figure("deliveries", sum(delivery.sent for delivery in deliveries), "calls")
    _count(trial, senders, deliveries)


class Delivery:
    """What one call brings: some orders by one way. Sent until it is acknowledged."""

    def __init__(self, way, numbers):
        self.way, self.numbers = way, numbers
        self.sent = 0
        self.acknowledged = False


def _deliveries(count, chance):
    """Return deliveries of one to three orders each, the ways in turn."""
    numbers = [f"K{number:05}" for number in range(1, count + 1)]
    found, ways = [], ["webhook", "mail", "drop", "upload"]
    while numbers:
        size = chance.randint(1, 3)
        found.append(Delivery(ways[len(found) % len(ways)], numbers[:size]))
        numbers = numbers[size:]
    return found


def _kill(trial, senders, deliveries, chance):
    """Deliver and kill; return the moment in which the server died."""
    aim, left = chance.choice(AIMS), _look(trial)[0]
    threads = [threading.Thread(target=senders.send, args=(delivery,), daemon=True) for delivery in deliveries]
    for thread in threads:
        thread.start()
    if aim == "any":
        time.sleep(chance.uniform(0, 1.2))
    seen = _wait_for(trial, aim, left, threads)
    if aim == "reading" and chance.random() < 0.7:
        time.sleep(chance.uniform(0, 0.1))
    trial.kill()
    for thread in threads:
        thread.join(60)
    return [MOMENTS[seen]]


def _look(trial):
    return [int(value) for value in trial.query(NOW)[0]]


def _wait_for(trial, aim, left, threads):
    """Wait for the moment that is aimed at, at most until everything is delivered; return the one that it is.

    :param left: how many arrivals earlier rounds left stored and not read
    """
    end = time.monotonic() + 10
    while True:
        pending, reading, storing = _look(trial)
        if reading:
            seen = "reading"
        elif pending > left:
            seen = "stored"
        else:
            seen = "storing" if storing else "any"
        if aim in ("any", seen) or time.monotonic() > end or not any(thread.is_alive() for thread in threads):
            return seen


def _deliver_all(trial, senders, deliveries):
    """Deliver everything until it is acknowledged, then once more, and let the jobs finish."""
    for _time in range(2):
        for delivery in deliveries:
            delivery.acknowledged = False
            for _try in range(5):
                senders.send(delivery)
                if delivery.acknowledged:
                    break
            trial.expect(delivery.acknowledged, f"{delivery.way} {delivery.numbers} is not taken: {senders.refused[-1:]}")
    senders.run_jobs()
    trial.expect(
        trial.wait_until("select count(*) from paper_intake_message where pending"), "arrivals are stored and never read"
    )


def _count(trial, senders, deliveries):
    """Count what is there against what was sent."""
    sent = {number for delivery in deliveries for number in delivery.numbers}
    statements = {
        "arrivals": f"""select number, count(*) from paper_intake_message
                         where state = 'order' and channel_id in {senders.channels} group by number""",
        "orders": f"select client_order_ref, count(*) from sale_order where partner_id = {senders.partner} group by 1",
        "specifications": f"select reference, count(*) from paper_spec where partner_id = {senders.partner} group by 1",
    }
    for name, statement in statements.items():
        found = {number: int(count) for number, count in trial.query(statement)}
        trial.figure(name, sum(found.values()), name)
        trial.expect(not sent - found.keys(), f"lost {name}: {sorted(sent - found.keys())[:5]}")
        twice = sorted(str(number) for number, count in found.items() if count > 1 or number not in sent)
        trial.expect(not twice, f"doubled {name}: {twice[:5]}")
    others = trial.query(
        f"""select state, count(*) from paper_intake_message where channel_id in {senders.channels}
             and state not in ('order', 'split') group by 1"""
    )
    trial.expect(not others, f"arrivals that are no orders: {others}")
    left = [path.name for path in senders.folder.iterdir() if path.is_file()]
    trial.expect(not left, f"files that nobody took: {left}")


def _width(number):
    """Each order has a width of its own: equal ones by two ways would be held as suspected duplicates."""
    return 300 + int(number[1:])


class Senders:
    """The customers, the mail gateway and the marketplace: they deliver until somebody says that it arrived."""

    def __init__(self, trial):
        self.trial = trial
        self.refused = []
        self.log_in()
        self._set_up()

    def log_in(self):
        self.admin = self.trial.person()

    def _set_up(self):
        admin = self.admin
        # Command.link: the administrator uploads order books, too
        admin.write("res.users", admin.uid, {"group_ids": [(4, admin.xmlid("paper_base.group_sales"))]})
        grade = admin.create("paper.grade", {"name": "Offset", "standard": "Q/K 1", "standard_edition": "2026"})
        uom = admin.xmlid("uom.product_uom_kgm")
        values = {"name": "Offset", "is_paper": True, "uom_id": uom, "paper_grade_id": grade}
        product = admin.create("product.product", values)
        self.partner = admin.create("res.partner", {"name": "Kill", "email": "buyer@kill.example", "is_company": True})
        given = {"partner_id": self.partner, "product_id": product, "handler_id": admin.uid}
        kinds = {"webhook": "marketplace", "mail": "email", "drop": "order_book", "upload": "order_book"}
        self.ids = {
            way: admin.create("paper.intake.channel", {"name": way, "kind": kind, **given}) for way, kind in kinds.items()
        }
        self.channels = f"({', '.join(map(str, self.ids.values()))})"
        shown = admin.call("paper.intake.channel", "action_new_secret", [self.ids["webhook"]])["context"]
        self.secret, self.address = shown["default_secret"], shown["default_address"]
        name, domain = ALIAS.split("@")
        domain = admin.create("mail.alias.domain", {"name": domain})
        admin.write("paper.intake.channel", self.ids["mail"], {"alias_name": name, "alias_domain_id": domain})
        admin.write("paper.intake.channel", self.ids["drop"], {"drop_folder": "kill/in"})
        self.folder = Path(admin.read("paper.intake.channel", self.ids["drop"], "drop_path")["drop_path"])
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        jobs = {name: admin.xmlid(f"paper_order_intake.cron_intake_{name}") for name in ("drop", "read")}
        self.jobs = {
            name: admin.read("ir.cron", job, "ir_actions_server_id")["ir_actions_server_id"][0] for name, job in jobs.items()
        }

    def send(self, delivery):
        """Deliver, and note whether it was acknowledged."""
        delivery.sent += 1
        try:
            getattr(self, f"_send_{delivery.way}")(delivery.numbers)
            delivery.acknowledged = True
        except GONE:
            pass
        except Refused as error:
            self.refused.append(f"{delivery.way}: {error.name} {error}"[:300])

    def run_jobs(self):
        """Have the drop folder looked into, and read what is stored and not read."""
        for job in self.jobs:
            self._run_job(job)

    def _run_job(self, name):
        # What the job does, not the job itself: one that was killed three times is skipped once by Odoo's scheduler.
        self.admin.call("ir.actions.server", "run", [self.jobs[name]])

    def _send_webhook(self, numbers):
        sheet = {"length_mm": 1092, "weight_kg": 2000, "basis_weight_gsm": 80}
        orders = [{"id": f"kill-{number}", "number": number, "width_mm": _width(number), **sheet} for number in numbers]
        body = json.dumps({"orders": orders}).encode()
        headers = {"Content-Type": "application/json", **signing.headers(self.secret, body)}
        request = urllib.request.Request(self.trial.url + self.address[self.address.index("/paper/") :], body, headers)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=120) as answer:
            json.load(answer)

    def _table(self, numbers):
        rows = ["number;width;length;weight;basis weight", *(f"{number};{_width(number)};1092;2000;80" for number in numbers)]
        return "\n".join(rows).encode()

    def _send_mail(self, numbers):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "Buyer <buyer@kill.example>", ALIAS, "orders"
        mail["Message-Id"] = f"<{numbers[0]}@kill.example>"
        mail.set_content("Please find our orders attached.")
        mail.add_attachment(self._table(numbers), maintype="text", subtype="csv", filename="orders.csv")
        mail.set_boundary(f"--{numbers[0]}--")
        self.admin.call("mail.thread", "message_process", False, mail.as_string())

    def _send_drop(self, numbers):
        name = f"{numbers[0]}.csv"
        if not any((self.folder / place / name).exists() for place in ("", "done", "failed")):
            part = self.folder / f"{name}.part"
            part.write_bytes(self._table(numbers))
            os.utime(part, (1, 1))
            part.rename(self.folder / name)
        self._run_job("drop")
        if (self.folder / name).exists():
            raise TimeoutError(f"{name} still lies there")

    def _send_upload(self, numbers):
        values = {"channel_id": self.ids["upload"], "partner_id": self.partner, "file_name": "orders.csv"}
        values["file"] = base64.b64encode(self._table(numbers)).decode()
        upload = self.admin.create("paper.intake.upload", values)
        self.admin.call("paper.intake.upload", "action_upload", [upload])

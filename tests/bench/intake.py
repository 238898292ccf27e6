"""What it costs to store and read orders, beside plain Odoo's own ways of taking the same lines in.

By file: an order book uploaded, stored, committed, read and made orders of, by the request and then by the job; beside
`load()` of plain sale orders, the method behind Odoo's import. Over HTTP, a server with two workers and two clients: the
signed webhook; beside JSON-2 `create` of plain sale orders. The same number of orders with the same customer, product and
quantity everywhere.
"""

import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import NamedTuple

from odoo import fields

SIZES = [100, 10_000]
# Of the largest size: seconds for an order, stored and read, beside plain Odoo's.
LIMITS = {"ratio_file_seconds_per_order": 1.5, "ratio_http_seconds_per_order": 1.5, "ratio_file_queries_per_order": 1.25}
MOST_GROWTH = 1.05
BATCH = 100
CLIENTS = 2


def run(ctx):
    mill = Mill(ctx)
    mill.by_file(20, "W")
    per_order = {}
    for size in ctx.sizes:
        with ctx.measure(f"file_{size}"):
            mill.by_file(size, f"F{size}-")
        per_order[size] = ctx.figures[f"file_{size}_queries"]["value"] / size
        _rate(ctx, f"file_{size}", "file", size)
    ctx.figure("file_queries_per_order", round(per_order[size], 2), "queries")
    growth = per_order[max(ctx.sizes)] / per_order[min(ctx.sizes)]
    ctx.figure("file_queries_per_order_growth", round(growth, 3), "times")
    if ctx.is_product and growth > MOST_GROWTH:
        raise AssertionError(f"an order costs {growth:.2f} times the queries in a file of {max(ctx.sizes)}")
    with Server(ctx.env) as server:
        mill.over_http(server, 2 * BATCH, "V")
        for size in ctx.sizes:
            began = time.perf_counter()
            mill.over_http(server, size, f"H{size}-")
            ctx.figure(f"http_{size}_seconds", round(time.perf_counter() - began, 4), "s")
            _rate(ctx, f"http_{size}", "http", size)
    return {}


def _rate(ctx, name, way, size):
    seconds = ctx.figures[f"{name}_seconds"]["value"]
    ctx.figure(f"{name}_rate", round(size / seconds, 1), "orders/s")
    ctx.figure(f"{way}_seconds_per_order", round(seconds / size, 5), "s")  # the last size's stays


class Mill:
    """The customer and the product of both variants, and how their orders come in."""

    def __init__(self, ctx):
        self.env, self.is_product = ctx.env, ctx.is_product
        self.partner = self.env["res.partner"].create({"name": "Bench", "ref": "BENCH", "email": "bench@customer.example"})
        uom = self.env.ref("uom.product_uom_kgm")
        values = {"name": "Bench paper", "type": "consu", "uom_id": uom.id, "list_price": 6, "default_code": "BENCH"}
        self.product = self.env["product.product"].create(values)
        self.user = self.env.ref("base.user_admin")
        if self.is_product:
            secret = self._channels()
            self.send = Feed(self.market.webhook_key, secret)
        else:
            expiration = fields.Datetime.now() + timedelta(days=1)
            key = self.env["res.users.apikeys"].with_user(self.user)._generate("rpc", "bench", expiration)
            self.send = Create(key, self.partner.id, self.product.id)
        self.env.cr.commit()
        self.env.cr.execute("ANALYZE")  # a fresh clone has no statistics, and plans by chance

    def _channels(self):
        grade = self.env["paper.grade"].create({"name": "Bench", "standard": "Q/B 1", "standard_edition": "2026"})
        self.product.write({"is_paper": True, "paper_grade_id": grade.id})
        given = {"partner_id": self.partner.id, "product_id": self.product.id, "handler_id": self.user.id}
        channels = self.env["paper.intake.channel"]
        self.book = channels.create({"name": "Bench books", "kind": "order_book", **given})
        self.market = channels.create({"name": "Bench market", "kind": "marketplace", **given})
        return self.market.action_new_secret()["context"]["default_secret"]

    def by_file(self, size, tag):
        """Take in ``size`` orders from one file."""
        before = self.env["sale.order"].search_count([])
        if self.is_product:
            self._upload(size, tag)
        else:
            self._load(size, tag)
        if self.env["sale.order"].search_count([]) != before + size:
            raise AssertionError("not every row became an order")

    def _upload(self, size, tag):
        rows = ["number;width;length;weight;basis weight"]
        rows += [f"{tag}{number};{_width(number)};{_length(number)};2000;80" for number in range(size)]
        values = {"channel_id": self.book.id, "file_name": "orders.csv", "file": base64.b64encode("\n".join(rows).encode())}
        self.env["paper.intake.upload"].create(values).action_upload()
        self.env["paper.intake.message"]._cron_read()  # what the uploader was not kept waiting for

    def _load(self, size, tag):
        names = ["client_order_ref", "partner_id/.id", "order_line/product_id/.id", "order_line/product_uom_qty"]
        rows = [[f"{tag}{number}", str(self.partner.id), str(self.product.id), "2000"] for number in range(size)]
        found = self.env["sale.order"].load(names, rows)
        if not found["ids"]:
            raise AssertionError(found["messages"])
        self.env.cr.commit()

    def over_http(self, server, size, tag):
        """Take in ``size`` orders by calls of a hundred, from two clients at the same time."""
        calls = [range(first, min(first + BATCH, size)) for first in range(0, size, BATCH)]
        with ThreadPoolExecutor(CLIENTS) as clients:
            made = sum(clients.map(lambda numbers: self.send(server, numbers, tag), calls))
        if made != size:
            raise AssertionError(f"{made} orders of {size} were made")


# Who calls from a thread: plain values alone. A record reads through the one cursor of the bench, which two threads cannot share.


class Feed(NamedTuple):
    """A marketplace that sends orders by the signed webhook."""

    key: str
    secret: str

    def __call__(self, server, numbers, tag):
        sheet = {"weight_kg": 2000, "basis_weight_gsm": 80}
        orders = [{"id": f"{tag}{n}", "width_mm": _width(n), "length_mm": _length(n) + 2000, **sheet} for n in numbers]
        body = json.dumps({"orders": orders}).encode()
        stamp = str(int(time.time()))
        mark = hmac.new(self.secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Paper-Timestamp": stamp, "X-Paper-Signature": f"sha256={mark}"}
        answer = server.post(f"/paper/intake/v1/{self.key}", body, headers)
        return sum(order["state"] == "order" for order in answer["orders"])


class Create(NamedTuple):
    """A client of JSON-2 that creates plain sale orders."""

    key: str
    partner: int
    product: int

    def __call__(self, server, numbers, tag):
        line = {"product_id": self.product, "product_uom_qty": 2000}
        orders = [{"partner_id": self.partner, "client_order_ref": f"{tag}{n}", "order_line": [[0, 0, line]]} for n in numbers]
        body = json.dumps({"vals_list": orders}).encode()
        return len(server.post("/json/2/sale.order/create", body, {"Authorization": f"bearer {self.key}"}))


def _width(number):
    """Sizes that differ: equal orders by two ways would be held as suspected duplicates."""
    return 400 + number % 1000


def _length(number):
    return 500 + number // 1000


class Server:
    """A server with two workers on the bench's database, for the time of a with block."""

    def __init__(self, env):
        self.database = env.cr.dbname
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        options = [f"--database={self.database}", f"--db-filter=^{self.database}$", f"--http-port={self.port}"]
        options += [f"--workers={CLIENTS}", "--max-cron-threads=0", "--limit-time-real=1200", "--limit-time-cpu=1200"]
        self.process = subprocess.Popen(
            [sys.executable, sys.argv[0], *options, "--gevent-port=0", "--log-level=warn"],
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        for _try in range(300):
            try:
                self._opener().open(f"http://127.0.0.1:{self.port}/web/health", timeout=10)
                return self
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.__exit__()
        raise AssertionError("the server does not answer")

    def __exit__(self, *_error):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(30)
        self.log.close()

    def _opener(self):
        return urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def post(self, path, body, headers):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        request.add_header("Content-Type", "application/json")
        with self._opener().open(request, timeout=1200) as answer:
            return json.load(answer)

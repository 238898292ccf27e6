"""A hundred thousand inputs that nobody should send, to every method and page: each is answered in words.

Most of them are calls in process, as the people of the demo mill, to every public method of ours and to the ways in which Odoo
reads and writes our records; each is rolled back. The others go over HTTP: to our pages and those of the help desk, and to the
same methods, as the web client calls them and over XML-RPC. The same seed makes the same inputs."""

import http.client
import json
import random
import re
import urllib.error
import urllib.parse
import urllib.request
import xmlrpc.client
from collections import Counter

import doors_try
from inputs_inside import hostile

from tools.mill import odoo, paths, templates
from tools.mill.console import say
from tools.mill.walk.client import Refused

TITLE = "hostile inputs to every method and page"
SHORT = ["--count", "3000", "--http", "300"]
PEOPLE = ("sales", "planning", "workshop", "warehouse", "quality", "legal", "management", "admin")
INSIDE = """
import json, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
import inputs_inside
found = inputs_inside.Inside(env, {seed!r}, {people!r}).run({count!r})
Path({target!r}).write_text(json.dumps(found, ensure_ascii=False))
"""


def options(parser):
    parser.add_argument("--count", type=int, default=95_000, help="how many in process (95000)")
    parser.add_argument("--http", type=int, default=5_000, help="how many over HTTP (5000)")
    parser.add_argument("--seed", type=int, default=1, help="other inputs for another number (1)")
    parser.add_argument("--database", metavar="NAME", help="a demo mill that is there (one is made for it)")


def source(args):
    return "test", args.database or templates.demo()


def run(trial):
    target = paths.LOGS / "inputs.json"
    target.unlink(missing_ok=True)
    code = INSIDE.format(
        folder=str(paths.TESTS / "trial"), seed=trial.args.seed, people=PEOPLE, count=trial.args.count, target=str(target)
    )
    odoo.shell(trial.where, trial.database, code, paths.LOGS / "inputs-inside.log")
    found = json.loads(target.read_text())
    for name, count in sorted(found["counts"].items()):
        trial.figure(f"in process: {name}", count, "inputs")
    for words, (count, example) in sorted(found["faults"].items()):
        trial.expect(False, f"in process: {words} ({count} times, such as {example})")
    say(f"{trial.args.count} in process: {found['counts']}")
    trial.start()
    Outside(trial, found["routes"], found["methods"]).run(trial.args.http)


# What XML-RPC says of a result that it cannot carry: of a method that returns nothing, or a number of more than 32 bits.
UNSENT = ("cannot marshal None unless allow_none is enabled", "int exceeds XML-RPC limits")


class Free(xmlrpc.client.Marshaller):
    """Writes any number into a call, as other programs' libraries do."""

    dispatch = {**xmlrpc.client.Marshaller.dispatch}

    def dump_any(self, value, write):
        write(f"<value><int>{value}</int></value>\n")

    dispatch[int] = dump_any


class Outside:
    """Requests to pages and methods, by people, a customer and somebody without a login."""

    def __init__(self, trial, routes, methods):
        self.trial, self.routes, self.methods = trial, routes, methods
        self.chance = random.Random(f"{trial.args.seed} over HTTP")
        self.staff = [trial.person(login) for login in PEOPLE]
        self.visitors = [trial.person("customer"), doors_try.Visitor(trial.url)]
        self.tokens = {person.login: self._token(person) for person in (*self.staff[:1], *self.visitors)}
        self.counts, self.faults = Counter(), {}

    def _token(self, person):
        page = person.get("/my" if person.uid else "/web/login").decode()
        found = re.search(r'csrf_token:\s*"([^"]+)"', page)
        return found[1] if found else ""

    def run(self, count):
        for number in range(count):
            if number % 2:
                self._ask_page()
            else:
                self._call_method(by_program=number % 4 == 0)
            if not self.trial.expect(self.trial.is_up(), "the server went down"):
                break
        for name, counted in sorted(self.counts.items()):
            self.trial.figure(f"over HTTP: {name}", counted, "inputs")
        for words, (times, example) in sorted(self.faults.items()):
            self.trial.expect(False, f"over HTTP: {words} ({times} times, such as {example})")

    def _call_method(self, by_program=False):
        model, method, names, is_of_model = self.chance.choice(self.methods)
        person = self.chance.choice(self.staff if by_program else [*self.staff, *self.visitors])
        ids = self.chance.choice(([1], [2], [], [0], [-1], [10**20], "x", [1, 1], [None], {"a": 1}))
        keywords = {name: hostile(self.chance) for name in names if self.chance.random() < 0.7}
        context = self.chance.choice(
            ({}, {}, {"lang": "zh_CN", "default_state": hostile(self.chance)}, {"tz": 5}, {"active_ids": "x"})
        )
        params = {
            "model": model,
            "method": method,
            "args": [] if is_of_model else [ids],
            "kwargs": {**keywords, "context": context},
        }
        if by_program:
            self._judge(f"XML-RPC {model}.{method}", lambda: self._call_over_xml(person, params), f"{ids} {keywords}")
            return
        self._judge(
            f"{model}.{method}", lambda: person.post(f"/web/dataset/call_kw/{model}/{method}", params), f"{ids} {keywords}"
        )

    def _call_over_xml(self, person, params):
        """Call as a program does over XML-RPC, with any text and any number in it.

        :raises Refused: with what is said, named as an error of the programming language where that is what is shown
        """
        target = (params["model"], params["method"], params["args"], params["kwargs"])
        call = (self.trial.database, person.uid, person.login, *target)
        body = Free("utf-8", allow_none=True).dumps(call)
        body = f"<?xml version='1.0'?><methodCall><methodName>execute_kw</methodName>{body}</methodCall>"
        headers = {"Content-Type": "text/xml"}
        request = urllib.request.Request(
            f"{self.trial.url}/xmlrpc/2/object", body.encode("utf-8", "surrogatepass"), headers
        )
        with person.opener.open(request, timeout=300) as reply:
            content = reply.read()
        try:
            xmlrpc.client.loads(content)
        except xmlrpc.client.Fault as fault:
            shown = "Traceback" in fault.faultString
            if shown and fault.faultString.strip().endswith(UNSENT):
                return  # it was carried out; XML-RPC has no word for what it returned
            name = "builtins.Exception" if shown else "odoo.exceptions.UserError"
            raise Refused(name, fault.faultString[-300:] if shown else fault.faultString) from None

    def _ask_page(self):
        route = self.chance.choice(self.routes)
        person = self.chance.choice((*self.staff[:1], *self.visitors))
        address = re.sub(r"<[^>]+>", lambda _match: self._part(), route["path"])
        given = {name: hostile(self.chance) for name in route["names"] if self.chance.random() < 0.7}
        if route["type"] == "jsonrpc":
            self._judge(route["path"], lambda: person.post(address, given), str(given))
            return
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in given.items()}
        query = urllib.parse.urlencode(texts, errors="surrogatepass")
        if "POST" in route["methods"] and self.chance.random() < 0.8:
            form = f"{query}&csrf_token={self.tokens[person.login]}".encode()
            request = urllib.request.Request(self.trial.url + address, form)
        else:
            request = urllib.request.Request(f"{self.trial.url}{address}?{query}")
        self._judge(route["path"], lambda: person.opener.open(request, timeout=300).read(), f"{address} {texts}")

    def _part(self):
        return urllib.parse.quote(
            str(self.chance.choice((1, 2, 5, 999_999, -1, 10**20, "x", "%", "签", "a b", "x" * 300, "\u200b")))
        )

    def _judge(self, name, call, given):
        fault = ""
        try:
            call()
            self.counts["answered"] += 1
        except Refused as error:
            fault = doors_try.faults(error.name, str(error), chinese=False)
            self.counts["refused in words"] += not fault
        except urllib.error.HTTPError as error:
            self.counts[f"answered {error.code}"] += 1
            fault = f"HTTP {error.code}" if error.code >= 500 else ""
        except (urllib.error.URLError, http.client.HTTPException, ConnectionError, json.JSONDecodeError) as error:
            fault = f"{type(error).__name__} {error}"
        if fault:
            self.counts["faults"] += 1
            times, example = self.faults.get(f"{name}: {fault[:200]}", (0, given[:300]))
            self.faults[f"{name}: {fault[:200]}"] = (times + 1, example)

"""What the paths of ./mill trial doors are made of: one try, who tries, and how its outcome is told apart."""

import http.client
import http.cookiejar
import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from tools.mill.walk.client import Person, Refused

# What a person must never read: the words of the database or of the programming language.
RAW = re.compile(
    r"psycopg2|Traceback|violates|null value in column|duplicate key|relation \"|invalid input syntax|Expected singleton"
    r"|has no attribute|NoneType|unexpected keyword|positional argument|unhashable|builtins\.|KeyError|IndexError"
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Who is not logged in any more reads the page to log in, not a sentence.
LOGGED_OUT = "odoo.http.SessionExpiredException"
# No screen calls a method that is not for calls; who does reads Odoo's English.
NOT_FOR_CALLS = "Private methods"


class Passed(Exception):
    """The call itself found what it must not find."""


@dataclass(frozen=True)
class Path:
    """One way through a gate that nobody may pass as things stand.

    :ivar name: what is tried, unique within its stage
    :ivar stage: confirm, plan, produce, enter, dispatch, sign or close
    :ivar subject: ``subject(mill, company)`` returns the ids that the call needs as a dictionary, None where the company
        has no such document
    :ivar call: ``call(person, subject)`` makes the try; it raises :class:`Passed` where the answer alone is too much
    :ivar watched: SQL of what must not change, with the names of the subject in braces
    :ivar allowed: departments that may do so, and are therefore not tried
    :ivar common: one of the ways that every forged value is tried by: some people in turn try it, not all
    """

    name: str
    stage: str
    subject: Callable
    call: Callable
    watched: str = ""
    allowed: tuple = ()
    common: bool = False


class Chooser(Person):
    """Somebody who works with several companies at once."""

    companies = ()

    def call(self, model, method, *args, **kwargs):
        context = {"allowed_company_ids": list(self.companies), **kwargs.pop("context", {})}
        return super().call(model, method, *args, context=context, **kwargs)


class Visitor(Person):
    """Somebody without a login."""

    def __init__(self, url):
        self.url, self.login, self.lang, self.uid = url, "nobody", "zh_CN", None
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


@dataclass(frozen=True)
class Outcome:
    """What came of one try: refused, ignored or passed; ``by`` names the error, ``wordless`` says what was said badly."""

    kind: str
    by: str = ""
    text: str = ""
    wordless: str = ""


def attempt(path, person, subject):
    """Make one try and say what came of it; whether an answer of yes changed anything, who calls this looks."""
    try:
        path.call(person, subject)
    except Passed as passed:
        return Outcome("passed", text=str(passed))
    except Refused as error:
        return Outcome("refused", error.name.rpartition(".")[2], str(error), faults(error.name, str(error)))
    except urllib.error.HTTPError as error:
        return Outcome("refused", f"HTTP {error.code}", "", f"HTTP {error.code}" if error.code >= 500 else "")
    except (LookupError, TypeError) as error:
        # An earlier call of the path found nothing that the next one could go on with.
        return Outcome("refused", "nothing to go on with", str(error))
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, json.JSONDecodeError) as error:
        return Outcome("refused", type(error).__name__, str(error), type(error).__name__)
    return Outcome("ignored")


def faults(name, text, chinese=True):
    """Return what is wrong with a refusal, "" where it says in the person's language what is the matter."""
    if name == LOGGED_OUT or text.startswith(NOT_FOR_CALLS):
        return ""
    if not name.startswith(("odoo.", "werkzeug.", "import")):
        return f"raw {name}: {text[:120]}"
    if RAW.search(text):
        return f"raw text: {text[:160]}"
    if not text.strip():
        return f"no words: {name}"
    if chinese and not CHINESE.search(text) and not name.startswith("werkzeug."):
        return f"untranslated {name}: {text[:160]}"
    return ""


# Ways to write that are the same for every model


def load(person, model, names, row, context=None):
    """Import one row as the import of a list does, and raise what it says."""
    answer = person.call(model, "load", names, [row], context=context or {})
    _raise_messages(answer.get("messages"))


def import_file(person, model, names, row):
    """Import one row of a file by the import screen."""
    line = ",".join('"' + str(value).replace('"', '""') + '"' for value in row)
    content = f"{','.join(names)}\n{line}\n"
    values = {"res_model": model, "file": content, "file_name": "rows.csv", "file_type": "text/csv"}
    wizard = person.create("base_import.import", values)
    options = {"quoting": '"', "separator": ",", "has_headers": True, "date_format": "%Y-%m-%d", "encoding": "utf-8"}
    answer = person.call("base_import.import", "execute_import", [wizard], list(names), list(names), options)
    _raise_messages(answer.get("messages"))


def _raise_messages(messages):
    errors = [message for message in messages or () if message.get("type") == "error"]
    if errors:
        raise Refused("import", errors[0].get("message") or "")


def run_code(person, model, ids, code):
    """Have a server action of the person's own run code on records."""
    found = person.search("ir.model", [("model", "=", model)], ["id"])
    action = person.create(
        "ir.actions.server", {"name": "Door", "model_id": found[0]["id"] if found else 1, "state": "code", "code": code}
    )
    person.call("ir.actions.server", "run", [action], context={"active_model": model, "active_id": ids[0], "active_ids": ids})


# What clients send beside a call in the hope that something looks at it.
KEYS = {
    "install_mode": True,
    "import_file": True,
    "skip_backorder": True,
    "skip_immediate": True,
    "skip_sanity_check": True,
    "skip_consumption": True,
    "tracking_disable": True,
    "bypass_access": True,
    "paper_step": "sale.order",
    "force_company": 1,
    "no_check": True,
}


def forge(stage, name, model, subject, values, given=None, allowed=(), create=True):
    """Yield the paths by which values could get onto a record, or onto a new one, that only steps write.

    :param subject: as at :class:`Path`, with the record as ``id``
    :param values: ``{field: value}``, or a function of the subject that returns it; stored fields
    :param given: what a new record needs, or a function of the subject that returns it; None: none is made
    """
    table = model.replace(".", "_")

    def forged(s):
        return values(s) if callable(values) else values

    def needed(s):
        return {**((given(s) if callable(given) else given) or {})}

    def defaults(s):
        return {f"default_{field}": value for field, value in forged(s).items()}

    def row(s, with_id):
        names = list(forged(s))
        return ([".id"] if with_id else []) + names, ([s["id"]] if with_id else []) + [str(v) for v in forged(s).values()]

    own = {
        "write": lambda p, s: p.write(model, s["id"], forged(s)),
        "write with all keys": lambda p, s: p.call(model, "write", [s["id"]], forged(s), context=KEYS),
        "web_save": lambda p, s: p.call(model, "web_save", [s["id"]], forged(s), specification={}),
        "import over": lambda p, s: load(p, model, *row(s, True)),
        "import over in install mode": lambda p, s: load(p, model, *row(s, True), context={"install_mode": True}),
        "import screen": lambda p, s: import_file(p, model, *row(s, True)),
        "server action": lambda p, s: run_code(p, model, [s["id"]], f"records.sudo().write({forged(s)!r})"),
        "onchange": lambda p, s: p.call(
            model, "onchange", [s["id"]], forged(s), list(forged(s)), {field: {} for field in forged(s)}
        ),
    }
    made = {
        "copy": lambda p, s: p.call(model, "copy", [s["id"]], forged(s)),
        "copy with defaults": lambda p, s: p.call(model, "copy", [s["id"]], context=defaults(s)),
        "create": lambda p, s: p.create(model, {**needed(s), **forged(s)}),
        "defaults": lambda p, s: p.call(model, "create", [needed(s)], context=defaults(s)),
        "web_save with defaults": lambda p, s: p.call(
            model, "web_save", [], needed(s), specification={}, context={**KEYS, **defaults(s)}
        ),
        "saved default": lambda p, s: _saved_default(p, model, forged(s), needed(s)),
    }

    def watch(s):
        columns = ", ".join(f'"{field}"::text' for field in forged(s))
        counts = ", ".join(f"count(*) filter (where {_is(field, value)})" for field, value in forged(s).items())
        return (f"select {columns} from {table} where id = {s['id']}", f"select {counts} from {table}")

    for way, call in own.items():
        yield Path(f"{name}: {way}", stage, subject, call, lambda s: watch(s)[0], allowed, way != "write")
    if create and given is not None:
        for way, call in made.items():
            yield Path(f"{name}: {way}", stage, subject, call, lambda s: watch(s)[1], allowed, way != "defaults")


def _saved_default(person, model, forged, needed):
    """Keep the values as the person's own defaults of the form, then make a record; the defaults are removed again."""
    for field, value in forged.items():
        person.call("ir.default", "set", model, field, value, True)
    try:
        person.create(model, needed)
    finally:
        for field in forged:
            person.call("ir.default", "set", model, field, False, True)


def _is(field, value):
    return f'"{field}"::text = {_literal(value)}'


def _literal(value):
    if value is True or value is False:
        return f"'{str(value).lower()}'"
    return "'" + str(value).replace("'", "''") + "'"


def calls(stage, model, subject, methods, watched, allowed=()):
    """Yield a path for each method of the record ``id``, plainly and with everything in the context.

    :param methods: ``{method: keywords, or a function of the subject that returns them}``
    """
    for method, keywords in methods.items():

        def given(s, keywords=keywords):
            return keywords(s) if callable(keywords) else keywords or {}

        yield Path(
            f"{model}.{method}",
            stage,
            subject,
            lambda p, s, method=method, given=given: p.call(model, method, [s["id"]], **given(s)),
            watched,
            allowed,
        )
        yield Path(
            f"{model}.{method} with all keys",
            stage,
            subject,
            lambda p, s, method=method, given=given: p.call(model, method, [s["id"]], **given(s), context=KEYS),
            watched,
            allowed,
        )

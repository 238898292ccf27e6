"""What a mail should become: the words of an expectation, whether one fits, and what a reading is worth against it.

README.md beside this file says the same for people.
"""

import datetime
import unicodedata

KINDS = ("order", "change", "reply", "question", "complaint", "none")
CLASSES = ("certain", "proposed", "asked")
MASS = {"t": 1000.0, "kg": 1.0, "lb": 0.45359237}
UNITS = (*MASS, "ream", "sheet", "reel", "m", "m2", "pallet", "bale")
# Words that may stand in one or the other of these: they are compared together.
FREE = ("remark", "quality", "packing", "certificate", "tolerance")
SILENT = ("wrong", "bold", "untold", "lost")  # verdicts of a reading that is wrong without a word
# Of each fact: what its value is.
FACTS = {
    "grade": "text",
    "form": ("sheet", "reel"),
    "basis_weight": "number",  # g/m²
    "thickness_um": "number",
    "width_mm": "number",  # of a sheet: the first figure as written; of a reel: its width
    "length_mm": "number",  # of a sheet: the second figure as written
    "grain": ("long", "short"),  # only where the mail says it
    "diameter_mm": "number",  # outside
    "core_mm": "number",  # inside
    "quantity": "quantity",
    "packages": "quantity",  # a second count beside the quantity: so many reels, pallets, bales
    "ream_sheets": "number",
    "price": "price",
    "currency": ("CNY", "EUR", "USD"),
    "tax": ("included", "excluded"),
    "trade_term": "text",
    "payment": "text",
    "delivery_date": "date",
    "delivery_place": "text",
    "item_number": "text",  # the customer's own
    "order_number": "text",  # the customer's own
    "quality": "text",
    "packing": "text",
    "certificate": "text",
    "tolerance": "text",
    "remark": "text",
}
NO_LINE = ("title", "heading", "unit row", "total", "note", "hidden", "struck", "signature", "quoted", "other mail", "example")
TOLD = (
    "total differs",
    "hidden row",
    "hidden column",
    "hidden sheet",
    "struck row",
    "formula",
    "file not read",
    "sheet not read",
    "text not read",
    "contradiction",
    "ambiguous",
    "implausible",
    "no unit",
    "unknown characters",
)
KEYS = {
    "mail",
    "about",
    "tries",
    "before",
    "kind",
    "customer",
    "order_number",
    "head",
    "lines",
    "not_lines",
    "change",
    "finds",
    "told",
    "sums",
    "never",
}


# --- whether an expectation fits -------------------------------------------------------------------------------------------


def faults(expected):
    """Return what does not fit the format, in words; an empty list is a good expectation."""
    found = [f"unknown key {key}" for key in set(expected) - KEYS]
    needed = ("mail", "about", "tries", "kind", "customer", "lines", "told")
    found += [f"{key} is missing" for key in needed if key not in expected]
    if found:
        return found
    kind = expected["kind"]
    if kind.get("value") not in KINDS or kind.get("class") not in ("certain", "proposed"):
        found.append(f"kind {kind}")
    if expected["customer"] is not None and not {"address", "class"} <= set(expected["customer"]):
        found.append("customer needs an address and a class")
    if expected.get("order_number") is not None:
        found += _fact_faults("order_number", expected["order_number"], "order_number")
    places = [("head", expected.get("head", {}))]
    places += [(f"line {number}", line["facts"]) for number, line in enumerate(expected["lines"], 1)]
    for place, facts in places:
        for name, fact in facts.items():
            found += _fact_faults(name, fact, f"{place} {name}")
    for line in expected["lines"]:
        if set(line) - {"where", "class", "facts"} or line.get("class", "certain") not in ("certain", "proposed"):
            found.append(f"line {line.get('where')}")
    for other in expected.get("not_lines", []):
        if other.get("why") not in NO_LINE or not other.get("written"):
            found.append(f"no line {other}")
    for told in expected["told"]:
        if told.get("what") not in TOLD or not told.get("mentions"):
            found.append(f"told {told}")
    for change in expected.get("change", []):
        found += _change_faults(change)
    found += _kind_faults(expected)
    return found


def _kind_faults(expected):
    kind, lines, found = expected["kind"]["value"], expected["lines"], []
    if kind not in ("order", "change") and lines:
        found.append(f"{kind} has lines")
    if kind == "change" and not expected.get("change") and not lines:
        found.append("a change without what changes")
    if kind in ("change", "reply") and not expected.get("finds"):
        found.append("a later mail without the order that it finds")
    if kind == "none" and (expected["customer"] or expected.get("head")):
        found.append("a mail that is no order has no customer and no facts")
    return found


def _change_faults(change):
    if change.get("what") not in ("fact", "cancel", "add"):
        return [f"change {change}"]
    if change["what"] != "fact":
        return []
    return _fact_faults(change.get("fact"), change.get("new", {}), f"change {change.get('fact')}")


def _fact_faults(name, fact, place):
    if name not in FACTS:
        return [f"{place}: unknown fact"]
    if fact.get("class") not in CLASSES:
        return [f"{place}: class {fact.get('class')}"]
    if set(fact) - {"class", "value", "unit", "per", "also", "written", "may_propose", "why", "may_be_taken"}:
        return [f"{place}: unknown key in {sorted(fact)}"]
    if fact["class"] == "asked":
        wrong = "value" in fact or not fact.get("why")
        values = fact.get("may_propose", [])
        return [f"{place}: asked has a reason and no value"] if wrong else _value_faults(name, values, place)
    if "value" not in fact:
        return [f"{place}: no value"]
    return _value_faults(name, [fact, *({**fact, "value": other} for other in fact.get("also", []))], place)


def _value_faults(name, values, place):
    found = []
    for fact in values:
        value, shape = fact.get("value"), FACTS[name]
        if shape == "text":
            good = isinstance(value, str) and value.strip() == value and value
        elif shape == "date":
            good = isinstance(value, str) and all(_is_day(part) for part in value.split("/")) and value.count("/") < 2
        elif isinstance(shape, tuple):
            good = value in shape
        else:
            good = isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0
            good = good and (shape != "quantity" or fact.get("unit") in UNITS) and (shape != "price" or fact.get("per") in UNITS)
        if not good:
            found.append(f"{place}: {fact} is no {shape}")
    return found


def _is_day(text):
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


# --- what a reading is worth -----------------------------------------------------------------------------------------------


def same(name, expected, read):
    """Return whether a value that was read is the expected one (or one of those that are equally right)."""
    return any(_same(name, {**expected, "value": value}, read) for value in [expected["value"], *expected.get("also", [])])


def _same(name, expected, read):
    shape, want, got = FACTS[name], expected["value"], read.get("value")
    if shape == "text":
        return bool(got) and _plain(want) in _plain(got)
    if shape == "date" or isinstance(shape, tuple):
        return got == want
    if got is None:
        return False
    if shape == "price":
        want, got = want / MASS.get(expected["per"], 1), got / MASS.get(read.get("per"), 1)
        units = expected["per"], read.get("per")
    else:
        units = expected.get("unit"), read.get("unit")
        if shape == "quantity" and set(units) <= set(MASS):
            want, got = want * MASS[units[0]], got * MASS[units[1]]
    if shape in ("price", "quantity") and units[0] != units[1] and not set(units) <= set(MASS):
        return False
    return abs(want - got) <= (0.5 if name.endswith("_mm") else max(abs(want) * 1e-6, 1e-9))


def _plain(text):
    return "".join(unicodedata.normalize("NFKC", str(text)).casefold().split())


def fact_verdict(name, expected, read):
    """Return one of: right, proposed, bold, wrong, wrong proposal, missing, asked; README.md says what each means.

    `read` is None or {"state": "taken" or "proposed", "value": …}; `expected` is None for a fact that the mail does not say.
    """
    taken = read is not None and read["state"] == "taken"
    if expected is None:
        return "wrong" if taken else "wrong proposal" if read else "right"
    if expected["class"] == "asked":
        if read is None:
            return "asked"
        allowed = any(_same(name, other, read) for other in expected.get("may_propose", []))
        return "wrong" if taken else "asked" if allowed else "wrong proposal"
    if read is None:
        return "missing"
    if not same(name, expected, read):
        return "wrong" if taken else "wrong proposal"
    if not taken:
        return "proposed"
    return "right" if expected["class"] == "certain" or expected.get("may_be_taken") else "bold"


def lines(expected):
    """Return the facts of each line, those of the whole order included."""
    return [{**expected.get("head", {}), **line["facts"]} for line in expected["lines"]]


def verdicts(expected, reading):
    """Return [(place, what, verdict)] of a reading.

    A reading is {kind, order_number: read, customer: address, head: {fact: read}, lines: [{fact: read}], finds: order number,
    change: [{what, line, fact, new: read}], told: text}; the facts of its lines include those of the whole order.
    """
    kind = expected["kind"]["value"]
    found = [("mail", "kind", _kind_verdict(kind, reading["kind"]))]
    if kind != "none":
        addresses = [(expected["customer"] or {}).get("address"), reading.get("customer")]
        found += _word_verdict("customer", *(address and address.rsplit("@", 1)[-1] for address in addresses))
    found += _word_verdict("finds", expected.get("finds", {}).get("order_number"), reading.get("finds"))
    if expected.get("order_number") is not None or kind == "order" and reading.get("order_number"):
        verdict = fact_verdict("order_number", expected.get("order_number"), reading.get("order_number"))
        found.append(("mail", "order_number", verdict))
    words = _plain(reading.get("told", ""))
    beside = [told["mentions"] for told in expected["told"]] + [[one["written"]] for one in expected.get("not_lines", [])]
    beside = [_plain(text) for texts in beside for text in texts]
    if kind != "change" or reading.get("lines"):  # a change may be read as what changes alone
        found += _line_verdicts(lines(expected), reading.get("lines", []), words, beside)
    if not expected["lines"]:
        found += _fact_verdicts("head", expected.get("head", {}), reading.get("head", {}), words, beside)
    found += _change_verdicts(expected.get("change", []), reading.get("change", []))
    for told in expected["told"]:
        heard = any(_plain(word) in words for word in told["mentions"])
        found.append(("told", told["what"], "right" if heard else "untold"))
    return found


def _word_verdict(what, want, got):
    if want is None and got is None:
        return []
    verdict = "missing" if got is None else "right" if want is not None and _plain(want) == _plain(got) else "wrong"
    return [("mail", what, verdict)]


def _kind_verdict(want, got):
    """Order or no order, and something or nothing, are told apart for certain; what a later mail wants, a person sees."""
    if want == got:
        return "right"
    return "wrong" if {"order", "none"} & {want, got} else "wrong proposal"


def _fact_verdicts(place, want, have, told, beside):
    found = []
    for name in sorted(set(want) | set(have)):
        verdict = fact_verdict(name, want.get(name), have.get(name))
        if name in FREE:
            verdict = _free_verdict(name, want, have, beside, verdict)
        if verdict == "missing" and FACTS[name] == "text" and _plain(want[name]["value"]) not in told:
            verdict = "lost"
        found.append((place, name, verdict))
    return found


def _free_verdict(name, want, have, beside, verdict):
    """Words are right in any of the free facts; what is to be told may be kept as a remark."""
    if name in want and verdict == "missing":
        other = next((have[one] for one in FREE if one in have and same(name, want[name], have[one])), None)
        return fact_verdict(name, want[name], other)
    if name not in want:
        read = _plain(have[name]["value"])
        known = [_plain(want[one]["value"]) for one in FREE if "value" in want.get(one, {})]
        if any(words in read or read in words for words in known) or any(words in read for words in beside if len(words) > 3):
            return "right"
    return verdict


def _line_verdicts(wanted, got, told, beside):
    found = [(f"line {number}", "line", "wrong") for number in range(len(wanted) + 1, len(got) + 1)]
    for number, want in enumerate(wanted, 1):
        if number <= len(got):
            found += _fact_verdicts(f"line {number}", want, got[number - 1], told, beside)
            continue
        texts = [fact["value"] for name, fact in want.items() if FACTS[name] == "text" and "value" in fact]
        heard = any(_plain(text) in told for text in texts)
        found.append((f"line {number}", "line", "missing" if heard else "lost"))
    return found


def _change_verdicts(wanted, got):
    """A change is the same when it does the same to the same line; the order of changes means nothing."""
    found, rest = [], list(got)
    for number, want in enumerate(wanted, 1):
        key = [want.get(name) for name in ("what", "line", "fact")]
        have = next((one for one in rest if [one.get(name) for name in ("what", "line", "fact")] == key), None)
        if have is None:
            found.append((f"change {number}", "change", "missing"))
            continue
        rest.remove(have)
        verdict = fact_verdict(want["fact"], want["new"], have.get("new")) if want["what"] == "fact" else "right"
        found.append((f"change {number}", want.get("fact") or want["what"], verdict))
    return found + [(f"change {number}", "change", "wrong") for number in range(1, len(rest) + 1)]

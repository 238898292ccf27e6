"""Mails of paper buyers at random, each with what it should become: `generate.py DIRECTORY [--each 10] [--seed 0]`.

The same kind and seed give the same mail, byte for byte.
"""

import argparse
import datetime
import email
import email.policy
import json
import random
from dataclasses import dataclass
from pathlib import Path

import mail_files as files
from generate_lists import Can, ListWriter, asked, certain, number_text, proposed
from trade_words import (
    CHANGES,
    CLOSINGS,
    COMPANIES,
    DAYS,
    FORWARDED,
    GRADES,
    GREETINGS,
    HEADINGS,
    LANGUAGES,
    LETTERS,
    OTHER,
    PAYMENTS,
    PLACES,
    REEL,
    REPLIES,
    SENTENCES,
    SIGNATURES,
    SIZES,
    UNITS,
)

CAN = {
    "xlsx": Can(typed=True, merges=True, hidden=True, struck=True),
    "xls": Can(typed=True, merges=True, hidden=True, struck=True),
    "xlsb": Can(typed=True, hidden=True),
    "ods": Can(typed=True, merges=True, hidden=True, struck=True),
    "csv": Can(),
    "html": Can(merges=True, hidden=True, struck=True, above=False),
    "pdf": Can(apart=False),
    "two-rows": Can(typed=True, merges=True, two_rows=True),
    "unit-row": Can(typed=True, merges=True, unit_row=True),
    "contradiction": Can(typed=True, merges=True, unit_row=True, contradiction=True),
}
CODE_PAGES = {"zh": ["utf-8", "utf-8-sig", "gbk", "gb18030"], "en": ["utf-8", "ascii", "utf-16"], "de": ["utf-8-sig", "cp1252"]}
COLON = {"zh": "：", "en": ": ", "de": ": "}


@dataclass
class Made:
    kind: str
    seed: int
    content: bytes
    expected: dict
    written: object = None  # the list, where there is one

    @property
    def name(self):
        return f"{self.kind}-{self.seed:02}"


class Buyer:
    """Who writes, in which language, about which order, and how the mail says what the list does not."""

    def __init__(self, kind, seed, language=None):
        self.rng = random.Random(f"{kind} {seed}")
        self.kind, self.seed = kind, seed
        self.language = language or self.rng.choice(LANGUAGES)
        self.company, short = self.rng.choice(COMPANIES[self.language])
        self.address = f"{self.rng.choice(['order', 'paper', 'po'])}@{short}.example"
        self.number = f"{short[:2].upper()}{self.rng.choice(['-', '', '/'])}{self.rng.randrange(1000, 99999)}"
        first = datetime.datetime(2026, 12, 1, 1, 0, tzinfo=datetime.UTC)
        self.sent = first + datetime.timedelta(minutes=self.rng.randrange(9000))
        self.head = {}

    def mail(self, subject, text=None, **more):
        sender = more.pop("sender", f"{self.company} <{self.address}>")
        more.setdefault("transfer", self.rng.choice(["base64", "quoted-printable"]))
        number = f"<{self.kind}.{self.seed}@generated.example>"
        return files.mail(sender, subject, text, sent=more.pop("sent", self.sent), number=number, **more)

    def label(self, name):
        return self.rng.choice(HEADINGS[self.language][name]) + COLON[self.language]

    def expectation(self, about, **more):
        found = {"mail": f"{self.kind}-{self.seed:02}.eml", "about": about, "tries": ["generated", self.kind, self.language]}
        found["kind"] = {"value": more.pop("what", "order"), "class": more.pop("kind_class", "certain")}
        found["customer"] = {"name": self.company, "address": self.address, "class": "certain"}
        return {**found, "lines": [], "told": [], **more}

    def said_in_mail(self, written):
        """Return the subject, the lines of the mail and the order number, for a list that leaves something to the mail."""
        title, words = self.rng.choice(HEADINGS[self.language]["title"]), ""
        number, subject = written.number, title
        if number is None and self.rng.random() < 0.12:
            number = asked("none is written")
        elif number is None:
            number = certain(self.number)
            if self.rng.random() < 0.5:
                subject = f"{title} {self.number}"
            else:
                words += f"{self.label('order_number')}{self.number}\n"
        elif self.rng.random() < 0.5:
            subject = f"{title} {self.number}"
        names = {name for line in written.lines for name in line["facts"]} | set(written.head)
        for name, choices in [("payment", PAYMENTS), ("delivery_place", PLACES)]:
            if name not in names and self.rng.random() < 0.4:
                value = self.rng.choice(choices[self.language])
                words += f"{self.label(name)}{value}\n"
                written.head[name] = certain(value)
        text = self.rng.choice(GREETINGS[self.language]) + words + CLOSINGS[self.language].format(self.company)
        return subject, text, number

    def expect_list(self, written, number):
        more = {"sums": written.sums} if written.sums else {}
        return self.expectation(
            "A list made at random.",
            order_number=number,
            head=written.head,
            lines=written.lines,
            not_lines=written.not_lines,
            told=written.told,
            **more,
        )


def as_file(buyer, kind, grid):
    """Return the file name and the bytes of a list."""
    rng, stem = buyer.rng, buyer.number.replace("/", "-")
    if kind == "csv":
        code = rng.choice(CODE_PAGES[buyer.language])
        if code in ("ascii", "cp1252") and not _fits(grid, code):
            code = "utf-8-sig"
        separators = ";\t|" if code != "ascii" else ",;\t|"
        return f"{stem}.csv", files.csv_file(grid, rng.choice(separators), code)
    if kind == "pdf":
        ascii_only = _fits(grid, "latin-1")
        return f"{stem}.pdf", files.pdf(grid, chinese=not ascii_only, size=rng.choice([8, 9]))
    if kind in ("two-rows", "unit-row", "contradiction"):
        kind = rng.choice(["xlsx", "xls", "ods"])
    if kind == "xlsb":
        grid.rows = [[v.isoformat() if isinstance(v, datetime.date) else v for v in row] for row in grid.rows]
    return f"{stem}.{kind}", getattr(files, kind)(grid)


def _fits(grid, code):
    try:
        files.csv_file(grid, ",", code)
    except UnicodeEncodeError:
        return False
    return True


def make_list(kind, seed, rows=None):
    """Return a mail with a list of the kind; `rows` makes it as long as that."""
    buyer = Buyer(kind, seed)
    written = ListWriter(buyer.rng, buyer.language, CAN[kind], buyer.number, rows).write()
    subject, text, number = buyer.said_in_mail(written)
    if kind == "html":
        table = files.html_table(written.grid, heading_rows=written.heading_rows)
        body = "".join(f"<p>{line}</p>" for line in text.split("\n") if line)
        content = buyer.mail(subject, html_body=f"<html><body>{body}{table}</body></html>")
    else:
        content = buyer.mail(subject, text, files=[as_file(buyer, kind, written.grid)])
    return Made(kind, seed, content, buyer.expect_list(written, number), written)


# --- one paper in words ----------------------------------------------------------------------------------------------------


class Paper:
    """One paper with a quantity, and how its figures are written in a text."""

    def __init__(self, buyer):
        rng, language = buyer.rng, buyer.language
        self.reel = rng.random() < 0.3
        self.grade, weights = rng.choice(GRADES[language][self.reel])
        self.weight = rng.choice(weights)
        self.quantity, self.unit = rng.randrange(8, 240) / 4, "t"
        if rng.random() < 0.3:
            self.quantity, self.unit = rng.randrange(2500, 30000, 500), "kg"
        elif not self.reel and rng.random() < 0.3:
            self.quantity, self.unit = rng.randrange(100, 900, 50), "ream"
        if self.quantity == int(self.quantity):
            self.quantity = int(self.quantity)
        self.unit_text = rng.choice(UNITS[language][self.unit])
        style = rng.choice({"zh": ["plain", "us"], "en": ["plain", "us"], "de": ["comma", "de"]}[language])
        self.quantity_text = number_text(self.quantity, style)
        self.doubtful = self.quantity >= 1000 and style in ("us", "de")  # 12,500 kg, and nothing beside it
        self.width, self.length = (rng.randrange(700, 2500, 10), None) if self.reel else rng.choice(SIZES["mm"])
        self.day = datetime.date(2026, 12, 14) + datetime.timedelta(rng.randrange(75))

    def facts(self, sure):
        make = certain if sure else proposed
        found = {"form": make("reel" if self.reel else "sheet"), "grade": make(self.grade), "basis_weight": make(self.weight)}
        found["width_mm"] = make(self.width)
        if self.length:
            found["length_mm"] = make(self.length)
        found["quantity"] = make(self.quantity, unit=self.unit)
        if self.doubtful:
            values = [{"value": self.quantity, "unit": self.unit}, {"value": self.quantity / 1000, "unit": self.unit}]
            found["quantity"] = asked("thousands or decimals", *values, written=self.quantity_text)
        return found

    def told(self):
        return [{"what": "ambiguous", "mentions": [self.quantity_text]}] if self.doubtful else []


def signature(buyer):
    """Return a signature with figures that look like sizes, weights and quantities."""
    numbers = [buyer.rng.randrange(200000, 999999), buyer.rng.choice([787, 889, 1092]), buyer.rng.choice([60, 70, 80]), 20]
    return SIGNATURES[buyer.language].format(buyer.company, *numbers)


def make_sentence(kind, seed):
    buyer = Buyer(kind, seed)
    paper, place = Paper(buyer), buyer.rng.choice(PLACES[buyer.language])
    by = buyer.rng.choice(["×", "x", "*"])
    size = REEL[buyer.language].format(paper.width) if paper.reel else f"{paper.width}{by}{paper.length} mm"
    day = DAYS[buyer.language].format(paper.day)
    text = buyer.rng.choice(SENTENCES[buyer.language]).format(
        grade=paper.grade,
        weight=paper.weight,
        quantity=paper.quantity_text,
        unit=paper.unit_text,
        size=size,
        day=day,
        place=place,
        number=buyer.number,
    )
    expected = buyer.expectation(
        "A sentence made at random: everything is a proposal; the figures of the signature are nothing.",
        kind_class="proposed",
        order_number=proposed(buyer.number, may_be_taken=True),
        head={"delivery_date": proposed(paper.day.isoformat()), "delivery_place": proposed(place)},
        lines=[{"where": "1", "class": "proposed", "facts": paper.facts(sure=False)}],
        told=paper.told(),
    )
    subject = buyer.rng.choice(HEADINGS[buyer.language]["title"])
    return Made(kind, seed, buyer.mail(subject, text + "\n" + signature(buyer)), expected)


def labels(buyer):
    """Return an order as lines of `label: value`, and its expectation."""
    paper, place, payment = Paper(buyer), buyer.rng.choice(PLACES[buyer.language]), buyer.rng.choice(PAYMENTS[buyer.language])
    gap = buyer.rng.choice(["", " "])
    if paper.reel:
        size = [("width" if buyer.language == "zh" else "reel", f"{paper.width}{gap}mm")]
        if buyer.language == "zh":
            size = [("reel", f"{paper.width}{gap}mm")]
    else:
        size = [("size", f"{paper.width}{buyer.rng.choice('×x*')}{paper.length}{gap}mm")]
    lines = [
        ("order_number", buyer.number),
        ("grade", paper.grade),
        ("basis_weight", f"{paper.weight}{gap}{buyer.rng.choice(UNITS[buyer.language]['gsm'])}"),
        *size,
        ("quantity", f"{paper.quantity_text}{gap}{paper.unit_text}"),
        ("delivery_date", DAYS[buyer.language].format(paper.day)),
        ("delivery_place", place),
        ("payment", payment),
    ]
    head, rest = lines[:2], lines[2:]
    buyer.rng.shuffle(rest)
    text = "".join(f"{buyer.label(name)}{value}\n" for name, value in head + rest)
    facts = paper.facts(sure=True)
    if paper.reel:
        facts["form"] = proposed("reel", may_be_taken=True)
    expected = buyer.expectation(
        "Lines of label and value, in any order.",
        order_number=certain(buyer.number),
        head={"delivery_date": certain(paper.day.isoformat()), "delivery_place": certain(place), "payment": certain(payment)},
        lines=[{"where": "1", "facts": facts}],
        told=paper.told(),
    )
    return text, expected


def make_labels(kind, seed):
    buyer = Buyer(kind, seed)
    text, expected = labels(buyer)
    subject = buyer.rng.choice(HEADINGS[buyer.language]["title"])
    return Made(kind, seed, buyer.mail(subject, text + signature(buyer)), expected)


# --- mails about mails -----------------------------------------------------------------------------------------------------


def make_forward(kind, seed):
    buyer = Buyer(kind, seed)
    rng, inside, written = buyer.rng, None, None
    if rng.random() < 0.5:
        text, expected = labels(buyer)
        subject, attached = f"{rng.choice(HEADINGS[buyer.language]['title'])} {buyer.number}", []
    else:
        ending = rng.choice(["xlsx", "xls", "csv"])
        written = ListWriter(rng, buyer.language, CAN[ending], buyer.number).write()
        subject, text, number = buyer.said_in_mail(written)
        expected, attached = buyer.expect_list(written, number), [as_file(buyer, ending, written.grid)]
    expected["about"] = "A colleague forwards; the customer is the one inside."
    expected["before"] = [{"salesperson": "sales@mill.example"}]
    expected["never"] = ["an order of sales@mill.example"]
    title, frame = FORWARDED[buyer.language]
    sender, later = "Sales desk <sales@mill.example>", buyer.sent + datetime.timedelta(hours=2)
    if rng.random() < 0.3:
        first = files.mail(
            f"{buyer.company} <{buyer.address}>",
            subject,
            text,
            to="sales@mill.example",
            files=attached,
            sent=buyer.sent,
            number=f"<inside.{kind}.{seed}@generated.example>",
        )
        inside = [email.message_from_bytes(first, policy=email.policy.default)]
        content = buyer.mail(title.format(subject), "", sender=sender, sent=later, inside=inside)
    else:
        before = frame.format(buyer.company, buyer.address, buyer.sent, subject)
        quote = rng.random() < 0.4
        text = "".join(f"> {line}\n" for line in text.split("\n")) if quote else text
        content = buyer.mail(title.format(subject), before + text, sender=sender, sent=later, files=attached)
    return Made(kind, seed, content, expected, written)


def make_reply(kind, seed):
    buyer = Buyer(kind, seed)
    rng, paper = buyer.rng, Paper(buyer)
    can = {
        "delivery_date": (DAYS[buyer.language].format(paper.day), paper.day.isoformat()),
        "delivery_place": (place := rng.choice(PLACES[buyer.language]), place),
        "payment": (payment := rng.choice(PAYMENTS[buyer.language]), payment),
    }
    missing = sorted(rng.sample(sorted(can), rng.randint(1, 3)))
    text = "".join(f"{buyer.label(name)}{can[name][0]}\n" for name in missing)
    text += "\n" + "> " + LETTERS[buyer.language].format(buyer.number) + "\n"
    letter = f"letter-{seed}@mill.example"
    referred = rng.random() < 0.7
    headers = {"In-Reply-To": f"<{letter}>", "References": f"<{letter}>"} if referred else {}
    expected = buyer.expectation(
        "The answer to the letter about missing facts; the date in the quoted letter is an example.",
        what="reply",
        before=[{"order": buyer.number, "of": buyer.address, "missing": missing}, {"letter": letter, "what": "completion"}],
        finds={"order_number": buyer.number, "by": "In-Reply-To" if referred else "number in the subject"},
        head={name: proposed(can[name][1], may_be_taken=True) for name in missing},
        not_lines=[{"why": "quoted", "written": LETTERS[buyer.language].format(buyer.number)}],
        never=["2026-12-10", "a new order"],
    )
    return Made(kind, seed, buyer.mail(REPLIES[buyer.language].format(buyer.number), text, headers=headers), expected)


def make_change(kind, seed):
    buyer = Buyer(kind, seed)
    rng, paper = buyer.rng, Paper(buyer)
    what = rng.choice(sorted(CHANGES))
    old, new = sorted(rng.sample(range(5, 60), 2), key=lambda _: rng.random())
    line = rng.choice([1, 2])
    place = rng.choice(PLACES[buyer.language])
    shown, fact = {
        "quantity": (new, proposed(new, unit="t")),
        "delivery_date": (DAYS[buyer.language].format(paper.day), proposed(paper.day.isoformat())),
        "delivery_place": (place, proposed(place)),
    }.get(what, ("", None))
    text = CHANGES[what][buyer.language].format(n=buyer.number, old=old, new=shown, line=line)
    change = {"what": "cancel", "line": line if what == "cancel line" else None}
    if fact:
        change = {"what": "fact", "line": 1 if what == "quantity" else None, "fact": what, "new": fact}
    if what == "quantity":
        change["old"] = {"value": old, "unit": "t"}
    count = 2 if what == "cancel line" else 1
    lines = [{"item": n, "quantity": [old if n == 1 else 9, "t"], "basis_weight": paper.weight} for n in range(1, count + 1)]
    expected = buyer.expectation(
        "A wish to change or cancel an order that stands: to its handler, never done by the mail.",
        what="change",
        before=[{"order": buyer.number, "of": buyer.address, "state": "confirmed", "lines": lines}],
        finds={"order_number": buyer.number, "by": "number in the text"},
        change=[change],
        never=["a new order", "the order changed without a person"],
    )
    subject = rng.choice([f"Re: {buyer.number}", rng.choice(HEADINGS[buyer.language]["title"]), buyer.number])
    return Made(kind, seed, buyer.mail(subject, text + "\n" + signature(buyer)), expected)


OTHER_KIND = {"newsletter": "none", "out of office": "none", "thanks": "none", "enquiry": "question", "complaint": "complaint"}


def make_other(kind, seed):
    buyer = Buyer(kind, seed)
    paper, what = Paper(buyer), sorted(OTHER)[seed % len(OTHER)]
    tons, price = buyer.rng.randrange(5, 60), buyer.rng.randrange(700, 6000)
    text = OTHER[what][buyer.language].format(g=paper.grade, w=paper.weight, q=tons, p=price)
    headers = {
        "newsletter": {"List-Unsubscribe": "<https://generated.example/out>", "Precedence": "bulk"},
        "out of office": {"Auto-Submitted": "auto-replied"},
    }.get(what, {})
    expected = buyer.expectation(f"No order: {what}.", what=OTHER_KIND[what], never=["an order"])
    if OTHER_KIND[what] == "none":
        expected["customer"] = None
    return Made(kind, seed, buyer.mail(what if buyer.language == "en" else text[:8], text + "\n", headers=headers), expected)


MAKERS = {
    **dict.fromkeys(CAN, make_list),
    "labels": make_labels,
    "sentence": make_sentence,
    "forward": make_forward,
    "reply": make_reply,
    "change": make_change,
    "other": make_other,
}


def make(kind, seed):
    """Return the mail of a kind and a seed."""
    return MAKERS[kind](kind, seed)


def every(each=10, seed=0):
    """Return `each` mails of every kind."""
    return [make(kind, number) for kind in MAKERS for number in range(seed, seed + each)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--each", type=int, default=10, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    for made in every(options.each, options.seed):
        (options.directory / f"{made.name}.eml").write_bytes(made.content)
        text = json.dumps(made.expected, ensure_ascii=False, indent=1)
        (options.directory / f"{made.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

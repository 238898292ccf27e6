"""Damaged, hostile and odd arrivals, for the trial of the intake: `arrivals(count, seed)` gives the same ones for the same seed.

`python corpus.py COUNT SEED HUGE` writes them to its output, pickled as plain tuples: the making of workbooks needs more than the
standard library.

Each is what a channel could receive: an uploaded file, a mail, a webhook's body. Nothing here is valid by design; some of it
happens to be readable, and then it must become an order like any other.
"""

import base64
import io
import json
import pickle
import random
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

HEAD = "Master Reel Width\n2540\nGrade(g/m2)\n80\nThickness(microm)\n100\n"
HEADER = "FabReq Width(mm) Length(mm) Weigth(Kg) Toler. DiamExt DiamInt(mm)\n"
TABLE = [
    "No.",
    "Width(mm)",
    "Length(mm)",
    "Weight(kg)",
    "Tolerance",
    "Diameter from",
    "Diameter to",
    "Core",
    "Grade(g/m2)",
    "Thickness(microm)",
]
NUMBERS = (
    "-1 0 1e308 1e-308 NaN Infinity -inf 1_000 1.234.567,89 1,234,567.89 １２３ ١٢٣ 三千 0x10 1e5 ++5 5- 5% 0,2 .5 5. "
    "999999999999999999999999 1/2 =2*3 2026-02-30 12:60 1e400 -0 ² ① null None undefined"
).split()
DATES = (
    "2026-12-01 2026/12/1 1.12.2026 12/31/2026 31/12/2026 20261201 2026年12月1日 十二月一日 1-Dec-26 Dec,1 "
    "2026-12-01T08:00:00Z 2026-12-01T08:00:00+08:00 "
    "2026-13-01 2026-02-29 0000-00-00 9999-12-31 46357 -1 tomorrow 1700000000 2026-W49-2 2026-335"
).split()
# A file that is there only if somebody executed what a text says.
CANARY = f"{tempfile.gettempdir()}/paper_trial_canary"
TEXTS = (
    f"=cmd|' /C touch {CANARY}'!A0",
    f"__import__('os').system('touch {CANARY}')",
    f"{{{{ object.env['ir.attachment']._full_path('{CANARY}') }}}}$(touch {CANARY})`touch {CANARY}`",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.example","y")',
    "-2+3",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "'; DROP TABLE sale_order; --",
    "../../../../etc/passwd",
    "\u202egnp.exe",
    "\ufeff\u200b\u0000x",
    "é" * 300,
    "纸" * 5000,
    "%s%s%s%n",
    "a\nb\r\nc\td",
    "\\\\server\\share",
    "🧻",
)
NAMES = (
    "orders.dat",
    "orders.csv",
    "orders.xlsx",
    "orders.txt",
    "orders.pdf",
    "orders",
    "",
    "../../etc/passwd.csv",
    "..\\..\\windows\\win.ini.csv",
    "/etc/shadow.dat",
    "CON.csv",
    "a" * 300 + ".csv",
    "订单.xlsx",
    "orders.csv\u202evsc.exe",
    "o;rm -rf.csv",
    "orders.xlsm",
    "=1+1.csv",
)
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "latin-1", "cp037", "utf-7", "shift_jis", "utf-8-sig")


@dataclass(frozen=True)
class Arrival:
    """One thing that arrives: `way` (upload, mail, webhook), a name for the report, and the bytes as the channel gets them."""

    way: str
    kind: str
    name: str
    data: bytes


def arrivals(count, seed=1, huge=3):
    """Yield ``count`` arrivals; about ``huge`` of them carry 50 MB or unpack to gigabytes."""
    makers = [
        (files, "upload", 0.5),
        (mails, "mail", 0.2),
        (bodies, "webhook", 0.3),
    ]
    for number in range(count):
        chance = random.Random(f"{seed}:{number}")
        if huge and number % max(count // huge, 1) == count // huge // 2:
            # In turn: a short run, too, has some of each.
            yield Arrival(*HUGE[number // max(count // huge, 1) % len(HUGE)](chance))
            continue
        make, way, _share = chance.choices(makers, [share for *_rest, share in makers])[0]
        kind, name, data = make(chance)
        yield Arrival(way, kind, name, data)


# Files


def files(chance):
    """Return (kind, name, bytes) of a file that is or might be an order book."""
    return chance.choice((_mutated, _encoded, _table, _workbook, _archive, _noise, _structured))(chance)


def _rows(chance, separator, count=None):
    for _number in range(count or chance.randint(1, 4)):
        cells = [
            str(chance.randint(1, 9999)),
            str(chance.randint(100, 2600)),
            "0",
            str(chance.randint(100, 9000)),
            "0,2",
            "1000",
            "1100",
            "76",
            "0",
        ]
        for _time in range(chance.randint(0, 3)):
            cells[chance.randrange(len(cells))] = chance.choice(NUMBERS + DATES + list(TEXTS))
        if chance.random() < 0.2:
            del cells[chance.randrange(len(cells)) :]
        if chance.random() < 0.1:
            cells *= chance.randint(2, 30)
        yield separator.join(cells)


def _book(chance):
    return HEAD + HEADER + "\n".join(_rows(chance, "  ")) + "\n"


def _mutated(chance):
    data = bytearray(_book(chance).encode("utf-8", "replace"))
    for _time in range(chance.randint(1, 40)):
        place = chance.randrange(len(data))
        what = chance.randrange(4)
        if what == 0:
            data[place] = chance.randrange(256)
        elif what == 1:
            del data[place : place + chance.randint(1, 30)]
            data = data or bytearray(b"\0")
        elif what == 2:
            data[place:place] = bytes(chance.randrange(256) for _byte in range(chance.randint(1, 20)))
        else:
            data[place:place] = data[: chance.randint(1, len(data))][:400]
    return "mutated", chance.choice(NAMES), bytes(data)


def _encoded(chance):
    text = _book(chance).replace("Grade", chance.choice(("Grade", "定量", "克重"))) + chance.choice(TEXTS)
    data = text.encode(chance.choice(ENCODINGS), "replace")
    if chance.random() < 0.5:
        data = data[: chance.randrange(len(data) + 1)]
    return "encoding", chance.choice(NAMES), data


def _table(chance):
    separator = chance.choice((",", ";", "\t", "；"))
    header = list(TABLE)
    if chance.random() < 0.3:
        chance.shuffle(header)
    if chance.random() < 0.2:
        header[chance.randrange(len(header))] = chance.choice(header + list(TEXTS))
    lines = [separator.join(header)]
    for _number in range(chance.randint(1, 4)):
        cells = [str(chance.randint(1, 3000)) for _cell in header]
        cells[chance.randrange(len(cells))] = chance.choice(TEXTS + tuple(NUMBERS) + tuple(DATES))
        if chance.random() < 0.2:
            cells[0] = '"' + cells[0]  # a quote that nobody closes
        lines.append(separator.join(cells))
    return "table", chance.choice(NAMES), "\n".join(lines).encode(chance.choice(ENCODINGS[:4]), "replace")


def _workbook(chance, rows=3):
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(TABLE)
    for _number in range(chance.randint(1, rows)):
        values = [chance.randint(1, 3000) for _cell in TABLE]
        for _time in range(chance.randint(1, 3)):
            text = chance.choice(TEXTS + tuple(NUMBERS) + tuple(DATES))
            values[chance.randrange(len(values))] = "".join(c for c in text if c >= " ")[:32000]
        sheet.append(values)
    if chance.random() < 0.2:
        book.create_sheet("orders 2").append(TABLE)
    stream = io.BytesIO()
    book.save(stream)
    data = stream.getvalue()
    if chance.random() < 0.3:
        place = chance.randrange(len(data))
        data = data[:place] + bytes(chance.randrange(256) for _byte in range(8)) + data[place + 8 :]
    if chance.random() < 0.1:
        data = data[: chance.randrange(len(data))]
    return "workbook", chance.choice(NAMES), data


DOCTYPE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    '<worksheet><sheetData><row><c t="inlineStr"><is><t>&c;&f;</t></is></c></row></sheetData></worksheet>'
)


def _archive(chance):
    """Return a workbook's archive with foreign, doubled, misnamed or exploding members."""
    _kind, name, data = _workbook(chance)
    stream = io.BytesIO()
    try:
        source = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - it was damaged on purpose, and zipfile raises many kinds
        return "archive", name, data
    with source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            try:
                content = source.read(member)
            except Exception:  # noqa: BLE001 - a member that was damaged on purpose
                content = b"damaged"
            if member.startswith("xl/worksheets/sheet") and chance.random() < 0.5:
                content = DOCTYPE.encode()
            if chance.random() < 0.1:
                member = "../" * 5 + member
            target.writestr(member, content)
        if chance.random() < 0.3:
            target.writestr("xl/worksheets/sheet9.xml", b"<a>" * chance.randint(1, 200_000))
        if chance.random() < 0.2:
            target.writestr("xl/media/zero.bin", b"\0" * 2**22)
        if chance.random() < 0.1:
            for number in range(1200):
                target.writestr(f"xl/m{number}", b"")
    return "archive", name, stream.getvalue()


def _noise(chance):
    data = chance.choice(
        (
            b"",
            b"\0" * 100,
            b"\xff\xfe",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
            b"%PDF-1.7\n%broken",
            b"PK\x03\x04",
            b"GIF89a",
            b"\x1f\x8b\x08",
            b"{}",
            b"\n" * 5000,
            chance.randbytes(chance.randint(1, 3000)),
        )
    )
    return "noise", chance.choice(NAMES), data


def _structured(chance):
    data = chance.choice(
        (
            DOCTYPE.encode(),
            json.dumps([{"number": 1, "width_mm": "x"}] * 3).encode(),
            b"[" * 50_000,
            b"<html><body><table><tr><td>1</td></tr></table></body></html>",
            ("," * 60_000).encode(),
            ("1;" * 100 + "\n").encode() * 50,
            (HEAD + HEADER + "1 " * 20_000).encode(),
            (HEAD + HEADER + "7 " + "9" * 5000 + " 0 100 0,2 0 0 0 0\n").encode(),
        )
    )
    return "structured", chance.choice(NAMES), data


def _big_text(chance):
    return "upload", "50 MB", "big.csv", (HEAD + HEADER).encode() + b"4890 890 860 2000 0,2 0 0 0 0\n" * (50 * 2**20 // 30)


def _big_noise(chance):
    return "upload", "50 MB", "big.bin", chance.randbytes(2**20) * 50


def _big_mail(chance):
    """A mail with a drawing, or a list, of 50 MB."""
    message = EmailMessage()
    message["Message-Id"] = make_msgid(idstring=str(chance.randrange(10**12)), domain="customer.example")
    message["From"], message["To"], message["Subject"] = "Buyer <buyer@customer.example>", "ALIAS", "drawings"
    message.set_content("2 t of the usual, see the drawing")
    _way, _kind, name, data = chance.choice((_big_text, _big_noise))(chance)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return "mail", "50 MB", "mail.eml", message.as_bytes()


def _bomb(chance):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", "<Types/>")
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _time in range(1024):
                member.write(b"0" * 2**20)
    return "upload", "zip bomb", "bomb.xlsx", stream.getvalue()


def _lying_bomb(chance):
    """A zip bomb whose directory says that its member is small."""
    _way, _kind, name, data = _bomb(chance)
    size = (2**30).to_bytes(4, "little")
    return "upload", "zip bomb that lies", name, data.replace(size, (1000).to_bytes(4, "little"))


HUGE = (_bomb, _big_mail, _big_text, _lying_bomb, _big_noise)


# Mails


def mails(chance):
    """Return (kind, name, bytes) of a raw mail, with or without an order book, whole or damaged."""
    message = EmailMessage()
    message["Message-Id"] = make_msgid(idstring=str(chance.randrange(10**12)), domain="customer.example")
    message["From"] = chance.choice(
        ("Buyer <buyer@customer.example>", "nobody", "=?utf-8?q?=E7=BA=B8?= <p@x.example>", "a@b, c@d")
    )
    message["To"] = "ALIAS"
    message["Subject"] = "".join(c for c in chance.choice(TEXTS) if c.isprintable())[:900]
    message["Date"] = format_datetime(datetime(2026, 11, chance.randint(1, 28), tzinfo=UTC))
    kind = chance.choice(("mail", "mail", "mail", "auto-reply", "bounce", "winmail", "damaged mail"))
    body = chance.choice(TEXTS).replace("\0", "")
    message.set_content(body)
    if chance.random() < 0.3:
        message.add_alternative(f"<p>{body}</p>", subtype="html")
    for _time in range(chance.randint(0, 2)):
        _kind, name, data = files(chance)
        name = "".join(c for c in name if c.isprintable()) or "file"
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if kind == "auto-reply":
        message["Auto-Submitted"] = "auto-replied"
    elif kind == "bounce":
        message.replace_header("From", "MAILER-DAEMON@customer.example")
        message["Return-Path"] = "<>"
    elif kind == "winmail":
        data = base64.b64decode("eJ8+IgAA") + chance.randbytes(chance.randint(0, 300))
        message.add_attachment(data, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    data = message.as_bytes()
    if kind == "damaged mail":
        place = data.index(b"\n\n")  # the head stays whole: without it no server would take it in
        tail = bytearray(data[place:])
        for _time in range(chance.randint(1, 20)):
            tail[chance.randrange(len(tail))] = chance.randrange(256)
        data = data[:place] + bytes(tail)
    return kind, "mail.eml", data


# Webhook


def bodies(chance):
    """Return (kind, name, bytes) of a webhook's body."""
    if chance.random() < 0.2:
        bad = (
            b"",
            b"{",
            b"[" * 5000,
            b"null",
            b"[]",
            b"42",
            b'"x"',
            b"\xff\xfe{}",
            b'{"orders": 1}',
            b'{"orders": [1, null, []]}',
            b'{"orders": [{}]}',
        )
        return "broken body", "body.json", chance.choice(bad)
    orders = []
    for _number in range(chance.randint(1, 3)):
        order = {
            "id": f"F{chance.randrange(10**9)}",
            "number": str(chance.randrange(10**6)),
            "weight_kg": chance.randint(100, 9000),
            "width_mm": chance.randint(100, 2600),
            "length_mm": 0,
            "basis_weight_gsm": 80,
            "caliper_um": 100,
            "diameter_min_mm": 1000,
            "diameter_max_mm": 1100,
            "core_mm": 76,
            "delivery_date": chance.choice(DATES),
        }
        for _time in range(chance.randint(1, 3)):
            value = chance.choice([*TEXTS, *NUMBERS, -5, 10**30, 1e300, True, None, [], {}, [1] * 50, {"a": {"b": 1}}])
            order[chance.choice(list(order))] = value
        if chance.random() < 0.2:
            order[chance.choice(TEXTS)] = chance.choice(TEXTS)
        orders.append(order)
    return "body", "body.json", json.dumps({"orders": orders}).encode()


if __name__ == "__main__":
    for arrival in arrivals(*map(int, sys.argv[1:4])):
        pickle.dump((arrival.way, arrival.kind, arrival.name, arrival.data), sys.stdout.buffer)

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from plain_lib import load_lib

ADDONS = Path(__file__).parents[2]
MAILS = ADDONS.parent / "tests" / "mails"
load_lib(str(ADDONS / "paper_order_intake" / "tests_lib" / "conftest.py"))
sys.path.insert(0, str(MAILS))

if MAILS.is_dir():  # an addon that is taken out of its repository comes without the mails
    import expectation
    import generate
pytestmark = pytest.mark.skipif(not MAILS.is_dir(), reason="the mails are in the repository of the mill")


def _read(source):
    from paper_order_intake_lib.reading import read_letter
    from paper_order_intake_mail_lib.letter_of import letter_of
    from paper_order_intake_mail_lib.order_mail import read_mail

    mail, letter = read_mail(source), letter_of(source)
    reading = read_letter(
        letter.subject,
        letter.text,
        letter.html,
        [(file.name, file.content) for file in mail.files],
        letter.day or datetime.date(2026, 12, 1),
        forwarded=not letter.cover and mail.sender.endswith("@mill.example"),
        answers=letter.answers,
        is_news=letter.is_news,
        cover=letter.cover,
    )
    if mail.auto:  # never read at all
        reading.kind, reading.items, reading.head = "none", [], {}
    return reading.kind, reading


def _facts(facts):
    known = {name: fact.as_dict() for name, fact in facts.items()}
    return {name: fact for name, fact in known.items() if "value" in fact and name != "order_number"}


def _verdicts(source, expected):
    kind, reading = _read(source)
    head, number = _facts(reading.head), reading.head.get("order_number")
    found = expectation.verdicts(
        expected,
        {
            "kind": kind,
            "customer": (expected["customer"] or {}).get("address"),
            "order_number": number.as_dict() if number and number.value else None,
            "head": head,
            "lines": [{**head, **_facts(item.facts)} for item in reading.items],
            "finds": expected.get("finds", {}).get("order_number"),
            "told": "\n".join(text for _code, text in reading.told),
        },
    )
    return [one for one in found if not one[0].startswith("change")]


def _check(mails):
    counts, silent = Counter(), []
    for name, source, expected in mails:
        for place, what, verdict in _verdicts(source, expected):
            counts[verdict] += 1
            if verdict in expectation.SILENT:
                silent.append(f"{name}: {place} {what}: {verdict}")
    assert not silent, silent
    assert counts["missing"] + counts["wrong proposal"] <= 0.02 * sum(counts.values()), counts


def test_corpus():
    """R3.1.1, R3.1.2: of the mails that were written before the reading, nothing is read wrong without a word."""
    paths = sorted((MAILS / "corpus").glob("*.eml"))
    _check([(path.stem, path.read_bytes(), json.loads(path.with_suffix(".json").read_text())) for path in paths])


@pytest.mark.parametrize("seed", [0, 300])
def test_generated(seed, monkeypatch):
    """R3.1.1: the same of mails at random: units, headings, separators and languages in any combination."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(sys, "argv", ["generate", folder, "--each", "3", "--seed", str(seed)])
        generate.main()
        paths = sorted(Path(folder).glob("*.eml"))
        _check([(path.stem, path.read_bytes(), json.loads(path.with_suffix(".json").read_text())) for path in paths])

# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whose number an order has, where a letter names several; and what in a later letter may be the number of one."""

import re

from .labels import order_numbers
from .model import ASKED, PROPOSED, TAKEN, Fact

MAX_NUMBERS = 200
# A number of an order as customers write it: with a figure in it.
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9/_.\-]*[A-Za-z0-9])?(?![A-Za-z0-9])")


def numbers(text):
    """Return the set of what in a text may be the number of an order. Figures alone have at least four digits, or are called one.

    >>> sorted(numbers("CG-5，20 500 PO 47/2 on 2026, PO 12"))
    ['12', '2026', '47/2', 'CG-5']
    """
    found = []
    for match in _NUMBER.finditer(text or ""):
        word = match.group()
        if len(word) >= (4 if word.isdigit() else 2) and any(sign.isdigit() for sign in word):
            found.append(word)
    # Words of other scripts, as “甲2026”, stand between blanks and stops.
    for word in re.split(r"[\s,，。;；:：()（）\[\]【】“”\"'<>]+", text or ""):
        if 2 <= len(word) <= 40 and not word.isascii() and any(sign.isdigit() for sign in word):
            found.append(word)
    return set(order_numbers(text, any_length=True)[:MAX_NUMBERS]) | set(list(dict.fromkeys(found))[:MAX_NUMBERS])


def distinct(values):
    """Return values without those that came before.

    >>> distinct(["A", "B", "A"])
    ['A', 'B']
    """
    return list(dict.fromkeys(values))


class OrderNumbers:
    """The order's number out of ``numbers``: [(where it stands, number)] of labels, titles, sentences."""

    def _settle_numbers(self):
        """Whose number the order has: labels and lists before titles, subjects and sentences; two that differ are told."""
        reading = self.reading
        rows = [item.facts.get("order_number") for item in reading.items]
        named = {fact.value for fact in rows if fact}
        loose = [facts["_number"] for facts in (item.facts for item in reading.items) if facts.get("_number")]
        for item in reading.items:
            item.facts = {name: fact for name, fact in item.facts.items() if isinstance(fact, Fact)}
        if len(named) == 1 and all(rows):
            for item in reading.items:
                del item.facts["order_number"]
            self.numbers.append(("label", named.pop()))
        ranked = {}
        subject = order_numbers(self.subject)
        for source in ("label", "title", "text", "own"):
            ranked[source] = distinct(number for kind, number in self.numbers if kind == source)
        ranked["subject"] = subject
        order = distinct(number for source in ("label", "title", "subject", "text") for number in ranked[source])
        quoted = order_numbers("\n".join(self.letter.quoted))
        others = [number for number in [*order[1:], *ranked["own"], *quoted] if order and number != order[0]]
        if loose and not named:
            self._settle_loose(loose, order)
            if len(set(loose)) > 1 and not order:
                return
            order = order or distinct(loose)
        if not order:
            return
        sure = bool(ranked["label"]) or order[0] in ranked["subject"] or order[0] in ranked["title"]
        if not sure and reading.items and all(item.facts.get("quantity", Fact(0)).state != PROPOSED for item in reading.items):
            sure = True
        is_prose = bool(reading.items) and all(fact.state != TAKEN for item in reading.items for fact in item.facts.values())
        state = TAKEN if sure and not others and not (is_prose and not ranked["label"]) else PROPOSED
        for number in others:
            reading.tell("other_number", number)
        reading.head["order_number"] = Fact(
            order[0], state, written=order[0], why="" if state == TAKEN else "several_numbers" if others else "prose"
        )

    def _settle_loose(self, loose, order):
        """A column "No." may hold the order's number or that of its items."""
        known = order[0] if order else None
        if known and all(str(value).startswith(str(known)) or str(value).isdigit() and len(str(value)) < 5 for value in loose):
            return
        if all(str(value).isdigit() and len(str(value)) < 4 for value in loose) or len(set(loose)) == 1:
            return
        self.reading.tell("number_or_item", ", ".join(map(str, loose[:20])))
        self.reading.head["order_number"] = Fact(None, ASKED, written=str(loose[0])[:100], why="number_or_item")

"""Which texts of the interface are English although the reader reads Chinese. Pure: no browser, no Odoo."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

CHINESE = re.compile(r"[㐀-鿿]")
WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*")
# What is no word: addresses, placeholders of formats, file names, technical names, numbers of rolls.
NO_WORD = re.compile(r"https?://\S+|\S+@\S+|%\(\w+\)s|%[sd]|\{\{?[^}]*\}?\}|\b\w+(?:[._/]\w+)+\b|\b[A-Z]+\d+(?:-[A-Z\d]+)+\b")

# Texts of others' views that no term reaches: Odoo hands them to no translator, or takes them for translated as they are.
UNREACHABLE = {"EMail", "Sales Analysis Report", "Service's Bill", "Total Employee"}


class Allowed(NamedTuple):
    """What stands in Latin letters in Chinese too: single words, and whole terms."""

    words: frozenset = frozenset()
    terms: frozenset = frozenset()

    @classmethod
    def read(cls, folder):
        """Read the two lists of the configuration, which the test of the translations reads as well."""
        with open(Path(folder) / "allowed_words.toml", "rb") as stream:
            words = tomllib.load(stream)
        with open(Path(folder) / "allowed_terms.toml", "rb") as stream:
            terms = tomllib.load(stream)["terms"]["allowed"]
        return cls(frozenset(word.lower() for group in words.values() for word in group), frozenset(terms) | UNREACHABLE)


def english(text, allowed=Allowed()):  # noqa: B008 - it cannot be changed
    """Return the English words of a text that says nothing in Chinese; none when there are but units, names and codes.

    >>> english("Delivery Address")
    ['Delivery', 'Address']
    >>> english("PM1-26120101-1BR1")
    []
    >>> english("毛重 (kg)"), english("kg", Allowed(words={"kg"})), english("A4"), english("GS1-128", Allowed(terms={"GS1-128"}))
    ([], [], [], [])
    """
    if not text or CHINESE.search(text) or text.strip() in allowed.terms:
        return []
    return [word for word in WORD.findall(NO_WORD.sub(" ", text)) if len(word) > 1 and word.lower() not in allowed.words]

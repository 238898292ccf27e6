"""Which texts of the interface are English although the reader reads Chinese. Pure: read by the server's shell, the driver and
the tests alike."""

import re
import tomllib
from pathlib import Path

CHINESE = re.compile(r"[㐀-鿿]")
WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*")
# What is no word: addresses, placeholders of formats, file names, technical names.
NO_WORD = re.compile(r"https?://\S+|\S+@\S+|%\(\w+\)s|%[sd]|\{\{?[^}]*\}?\}|\b\w+(?:[._/]\w+)+\b")


def allowed(path):
    """Return the words that stand in Latin letters in Chinese too, from the file that lists them."""
    with open(Path(path), "rb") as stream:
        lists = tomllib.load(stream)
    return frozenset(word.lower() for words in lists.values() for word in words)


def english(text, known):
    """Return the English words of a text that says nothing in Chinese; none when there are but units, names and codes.

    >>> english("Delivery Address", frozenset())
    ['Delivery', 'Address']
    >>> english("毛重 (kg)", frozenset()), english("kg", {"kg"}), english("A4", frozenset())
    ([], [], [])
    """
    if not text or CHINESE.search(text):
        return []
    return [word for word in WORD.findall(NO_WORD.sub(" ", text)) if len(word) > 1 and word.lower() not in known]

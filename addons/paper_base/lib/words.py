"""Whether a text says anything: reasons, solutions and answers are asked for so that somebody can read them.

>>> [says_something(text) for text in ("late pulp", "纸浆晚到", "3", "OK")]
[True, True, True, True]
>>> [says_something(text) for text in (None, False, "", "  ", ".", "—", "…", "\\u200b", "\\u3164", "\\ufeff\\u2800 -", 5)]
[False, False, False, False, False, False, False, False, False, False, False]
>>> said("  \\u200blate\\u0000 pulp \\ufeff")
'late pulp'
>>> said(".")
''
"""

# They count as letters, and nothing is seen of them: the fillers of Hangul.
UNSEEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
# Around a text nothing is meant by them: what is not printed, zero-width characters among them.
UNSEEN_EDGES = "".join(
    map(chr, [*range(0x21), 0x7F, 0xA0, 0xAD, 0x180E, *range(0x2000, 0x2010), *range(0x2028, 0x2030)])
) + "".join(map(chr, [*range(0x205F, 0x2070), 0x2800, 0x3000, 0xFEFF, *map(ord, sorted(UNSEEN_LETTERS))]))


def says_something(text):
    """Say whether somebody wrote words or figures: a full stop, a dash or an invisible character is no answer."""
    return isinstance(text, str) and any(letter.isalnum() and letter not in UNSEEN_LETTERS for letter in text)


def said(text):
    """Return what a text says, without what is not seen around it; "" where it says nothing."""
    return text.replace("\0", "").strip(UNSEEN_EDGES) if says_something(text) else ""

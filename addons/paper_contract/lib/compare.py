"""Two texts side by side, word by word. Chinese has no spaces: each of its characters is a word here."""

import re
from difflib import SequenceMatcher

# A Chinese character or mark, a number or word of letters, a space, or any other single sign.
LETTER = r"(?:(?![\u3400-\u9fff])\w)"
WORD = re.compile(rf"{LETTER}(?:[.,/×-]?{LETTER})*[%‰]?|\s+|.", re.DOTALL)


def words(text):
    """Return the words of ``text``; joined again, they are the text.

    >>> words("数量5%，net weight 25.78 kg")
    ['数', '量', '5%', '，', 'net', ' ', 'weight', ' ', '25.78', ' ', 'kg']
    """
    return WORD.findall(text or "")


def compare(old, new):
    """Return what ``old`` and ``new`` say, each as pieces ``(kind, text)``, kind ``same``, ``gone`` or ``new``.

    >>> compare("30日内付款", "45日内付款")
    ([('gone', '30'), ('same', '日内付款')], [('new', '45'), ('same', '日内付款')])
    >>> compare("", "a")
    ([], [('new', 'a')])
    """
    left, right = words(old), words(new)
    pieces_left, pieces_right = [], []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            _append(pieces_left, "same", left[i1:i2])
            _append(pieces_right, "same", right[j1:j2])
        else:
            _append(pieces_left, "gone", left[i1:i2])
            _append(pieces_right, "new", right[j1:j2])
    return pieces_left, pieces_right


def _append(pieces, kind, found):
    if found:
        pieces.append((kind, "".join(found)))


def pair(old, new):
    """Match the clauses of two versions: ``[(old or None, new or None), …]`` in the order a reader expects.

    A clause is a dictionary with ``key`` (the same in both versions for the same clause) and ``name``. Clauses with
    the same key belong together; of the others, those with the same heading do.

    >>> a, b, c = {"key": 1, "name": "A"}, {"key": 2, "name": "B"}, {"key": 3, "name": "C"}
    >>> [(x and x["name"], y and y["name"]) for x, y in pair([a, b], [c, {"key": 9, "name": "A"}])]
    [(None, 'C'), ('A', 'A'), ('B', None)]
    """
    by_key = {clause["key"]: clause for clause in old}
    found = {}
    for index, clause in enumerate(new):
        if clause["key"] in by_key:
            found[index] = by_key.pop(clause["key"])
    for index, clause in enumerate(new):
        same = [key for key, left in by_key.items() if left["name"] == clause["name"]] if index not in found else []
        if same:
            found[index] = by_key.pop(same[0])
    pairs = [(found.get(index), clause) for index, clause in enumerate(new)]
    position = {id(left): number for number, (left, _right) in enumerate(pairs) if left}
    last = -1
    for clause in old:
        if id(clause) in position:
            last = max(last, position[id(clause)])
        else:
            last += 1
            pairs.insert(last, (clause, None))
            position = {key: number + (number >= last) for key, number in position.items()}
    return pairs

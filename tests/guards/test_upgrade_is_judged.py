"""What the stage `upgrade` of `./mill test` finds: faults planted in two small databases."""

import sys
import unittest

import sources

sys.path.insert(0, str(sources.ROOT))
from tools.mill.testing.holdings import Allowed, Holdings, Name, compare, compare_names, moved  # noqa: E402

NULL = r"\N"


def holdings(rows, names=(), columns=("id", "name")):
    held = {row[columns.index("id")]: tuple(row) for row in rows}
    named = {("paper", key): [Name(*name.split("."), kept) for name, kept in given] for key, given in dict(names).items()}
    return Holdings({"paper": list(columns)}, {"paper": held}, named)


def allowed(**kinds):
    return Allowed(**{kind: kinds.get(kind, {}) for kind in ("tables", "defined", "columns", "gone", "new")})


class TestUpgradeIsJudged(unittest.TestCase):
    def setUp(self):
        self.before = holdings([("1", "reel"), ("2", "sheet")], {"1": [("old.reel", False)], "2": [("old.sheet", True)]})

    def _found(self, after, strict=False, **kinds):
        return [" ".join(complaint) for complaint in compare(self.before, after, allowed(**kinds), strict).complaints]

    def test_nothing_differs(self):
        self.assertEqual(self._found(self.before, strict=True), [])

    def test_gone(self):
        after = holdings([("1", "reel")])
        self.assertIn("old.sheet", self._found(after)[0])
        self.assertEqual(self._found(after, gone={"old.sh*": "cut"}), [])
        self.assertIn("is gone", self._found(Holdings({}, {}, {}))[0])

    def test_doubled(self):
        rows = [("1", "reel"), ("2", "sheet"), ("3", "sheet")]
        self.assertIn("1 records are new", self._found(holdings(rows))[0])
        self.assertEqual(self._found(holdings(rows, {"3": [("new.third", False)]})), [])
        self.assertEqual(self._found(holdings(rows), new={"paper": "noted anew"}), [])
        self.assertTrue(self._found(holdings(rows, {"3": [("new.third", False)]}), strict=True))

    def test_changed(self):
        after = holdings([("1", "Reel"), ("2", "Sheet")])
        self.assertIn("2 of 2 records differ", self._found(after)[0])
        self.assertEqual(self._found(after, columns={"*.name": "a reason"}), [])
        # What a file gives may be another by now; what people may have changed in what it gave once may not.
        self.assertIn("1 of 2 records differ", self._found(after, defined={"paper": "files"})[0])
        self.assertIn("2 of 2 records differ", self._found(after, defined={"paper": "files"}, strict=True)[0])

    def test_column_gone(self):
        self.before = holdings([("1", "a", "b")], columns=("id", "name", "note"))
        self.assertIn("the column note with 1 values", self._found(holdings([("1", "a")]))[0])
        self.before = holdings([("1", "a", NULL)], columns=("id", "name", "note"))
        self.assertEqual(self._found(holdings([("1", "a")])), [])

    def test_pairs(self):
        def pairs(*rows):
            return Holdings({"paper_rel": ["a", "b"]}, {"paper_rel": {"\t".join(row): row for row in rows}}, {})

        self.before = pairs(("1", "2"), ("1", "3"))
        self.assertIn("1 of 2 pairs are gone", self._found(pairs(("1", "2")))[0])
        self.assertIn("1 pairs are new", self._found(pairs(("1", "2"), ("1", "3"), ("1", "4")))[0])

    def test_names(self):
        after = holdings([("1", "reel"), ("2", "sheet")], {"1": [("new.reel", False)], "2": [("new.leaf", True)]})
        self.assertEqual(compare_names(self.before, after, allowed()), ["old.sheet (paper 2)"])
        self.assertEqual(dict(moved(self.before, after)), {("old", "new"): 1})

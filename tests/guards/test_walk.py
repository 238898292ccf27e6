"""The walk counts orders and rows apart: a purchase order of several rows is one order."""

import sys
import unittest
from pathlib import Path

import sources

sys.path.insert(0, str(sources.ROOT))

from tools.mill.testing import walking  # noqa: E402
from tools.mill.walk import ledger  # noqa: E402
from tools.mill.walk.course import Walk  # noqa: E402


def arrival(line_no, order, weight, state="order"):
    return {"line_no": line_no, "number": "PO-1", "weight": weight, "state": state, "order_id": order}


class TestWalk(unittest.TestCase):
    def opened(self, *arrivals):
        walk = Walk(None, Path("book.csv"), 1)
        walk.arrivals = list(arrivals)
        walk._open()
        return [(order["id"], order["rows"], order["kg"]) for order in walk.orders]

    def test_rows_of_one_order(self):
        """R3.1.1: rows that share an order are one order, which weighs what they weigh together."""
        rows = [arrival(5, [7, "S00007"], 1200.5), arrival(6, [7, "S00007"], 800), arrival(7, [8, "S00008"], 300)]
        self.assertEqual(self.opened(*rows), [(7, 2, 2000.5), (8, 1, 300)])

    def test_rows_that_are_no_order(self):
        """R3.2.1: a row that waits or cannot be read is no order."""
        rows = [arrival(5, [7, "S00007"], 1200), arrival(6, False, 800, "question"), arrival(7, False, 0, "rejected")]
        self.assertEqual(self.opened(*rows), [(7, 1, 1200)])

    def test_every_kind_of_book_is_walked(self):
        """R3.1.1: the books that are walked include a purchase order of eight items, whose rows and kilograms are counted."""
        books = {book.name: book for book in walking.books()}
        rows, kg = ledger.count(books["purchase_order.csv"])
        self.assertEqual((rows, float(kg)), (8, 24270.75))
        self.assertIn("damaged.dat", books)


if __name__ == "__main__":
    unittest.main()

"""A line of an order has a delivery date and place of its own: nobody asks the order for them where a line is at hand."""

import ast
import unittest

import sources

OF_THE_ORDER = ("commitment_date", "partner_shipping_id")
# Where the order itself is meant, and why; whoever is not named here asks a line by _paper_delivery_date() and
# _paper_delivery_place().
MEANT = {
    # The order's own, for the lines that have none.
    "paper_base/models/delivery": {"commitment_date", "partner_shipping_id"},
    # What is ordered again goes where the order went; places of its lines go along with the lines.
    "paper_base/models/portal/sale_order.py": {"partner_shipping_id"},
    # A contract and its supplement fix the order's as well as the lines'.
    "paper_contract/models/terms/sale_order.py": {"commitment_date", "partner_shipping_id"},
    "paper_contract/models/supplement/paper_contract_change.py": {"partner_shipping_id"},
    "paper_contract/models/handout/paper_contract_copy.py": {"commitment_date"},
    "paper_contract/models/supplement/paper_contract.py": {"commitment_date"},
    # The history of the order's date; that of the lines' stands beside it.
    "paper_contract/models/order/sale_order.py": {"commitment_date"},
    "paper_contract/models/date_history": {"commitment_date"},
    # A call-off is delivered where its framework says, until somebody says otherwise.
    "paper_contract/models/call_off/sale_order.py": {"partner_shipping_id"},
    # Which of the customer's addresses the dialog completes.
    "paper_contract/wizards/paper_contract_blanks.py": {"partner_shipping_id"},
    # The order is evaluated with the terms that it has as a whole; what its lines have of their own stands with them.
    "paper_order_evaluation/models/panel/sale_order.py": {"commitment_date"},
    # An alternative of one date for the whole order.
    "paper_order_evaluation/models/alternative/paper_evaluation_alternative.py": {"commitment_date"},
    # Deliveries without any line.
    "paper_delivery/models/notice/sale_order.py": {"partner_shipping_id"},
    # Intake: rows of a purchase order have one date and place until they are lines.
    "paper_order_intake/models": {"commitment_date", "partner_shipping_id"},
    # Completeness asks for one date and place where the lines have none of their own.
    "paper_order_completeness/models": {"commitment_date", "partner_shipping_id"},
    "paper_order_intake/wizards": {"commitment_date", "partner_shipping_id"},
    # The shop asks one date and one address of a basket.
    "paper_order_intake_website/models/sale_order.py": {"commitment_date", "partner_shipping_id"},
}


def reads(path):
    """Return ``{name: line number}`` of the order's date and place that a file reads as attributes."""
    return {
        node.attr: node.lineno
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in OF_THE_ORDER
    }


def meant(where):
    return set().union(*(names for place, names in MEANT.items() if where == place or where.startswith(f"{place}/")))


class TestDeliveryByLine(unittest.TestCase):
    def test_lines_are_asked(self):
        """R3.3.1, R6.2.1: outside a short list, delivery date and place are read from the lines."""
        found = []
        for addon in sources.addons():
            for path in sources.code(addon):
                where = path.relative_to(sources.ADDONS).as_posix()
                found += [f"{where}:{line}: {name}" for name, line in reads(path).items() if name not in meant(where)]
        self.assertEqual(found, [])

    def test_the_list_is_true(self):
        """What is named above still reads what it is named for: a list that outlives its reasons lets anything through."""
        there = {}
        for addon in sources.addons():
            for path in sources.code(addon):
                where = path.relative_to(sources.ADDONS).as_posix()
                for place in MEANT:
                    if where == place or where.startswith(f"{place}/"):
                        there.setdefault(place, set()).update(reads(path))
        gone = {place: names - there.get(place, set()) for place, names in MEANT.items()}
        self.assertEqual({place: names for place, names in gone.items() if names}, {})

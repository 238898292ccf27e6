from odoo.addons.paper_base.tests.indexes import assert_indexed
from odoo.tests import TransactionCase, tagged

# Of each table what its lists and rules are looked up by.
WANTED = {
    "qc_inspection_line": ("inspection_id",),
    "qc_inspection": ("state, kind", "production_id", "lot_id", "picking_id"),
}


@tagged("post_install", "-at_install")
class TestIndexes(TransactionCase):
    def test_indexes(self):
        """R6.1.1: the lists that people open, and what is read line by line, are found by an index."""
        assert_indexed(self, WANTED)

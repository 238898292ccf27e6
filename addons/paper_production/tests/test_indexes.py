from odoo.addons.paper_base.tests.indexes import assert_indexed
from odoo.tests import TransactionCase, tagged

# Of each table what its lists and rules are looked up by.
WANTED = {
    "paper_production_record": ("date", "operator_id", "production_id", "workorder_id", "workcenter_id"),
    "mrp_workorder": ("workcenter_id, state",),
}


@tagged("post_install", "-at_install")
class TestIndexes(TransactionCase):
    def test_indexes(self):
        """R5.3.1: the lists that people open, and what is read line by line, are found by an index."""
        assert_indexed(self, WANTED)

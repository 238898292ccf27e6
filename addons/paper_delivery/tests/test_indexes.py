from odoo.addons.paper_base.tests.indexes import assert_indexed
from odoo.tests import TransactionCase, tagged

# Of each table what its lists and rules are looked up by.
WANTED = {
    "stock_picking": ("paper_proof_on", "paper_notice_id"),
    "paper_dispatch_notice": ("planned_date", "vehicle_id", "delivery_date", "order_id", "partner_id"),
    "paper_delivery_receipt": ("product_id", "picking_id"),
    "paper_delivery_event": ("picking_id", "batch_id", "lot_id"),
    "paper_trip_stop": ("batch_id", "partner_id"),
}


@tagged("post_install", "-at_install")
class TestIndexes(TransactionCase):
    def test_indexes(self):
        """R6.2.1: the lists that people open, and what is read line by line, are found by an index."""
        assert_indexed(self, WANTED)

from odoo.addons.paper_base.tests.indexes import assert_indexed
from odoo.tests import TransactionCase, tagged

# Of each table what its lists and rules are looked up by.
WANTED = {
    "helpdesk_ticket": ("partner_id", "company_id", "sale_order_id", "sale_order_line_id"),
    "paper_ticket_question": ("ticket_id", "group_id", "answered_on"),
}


@tagged("post_install", "-at_install")
class TestIndexes(TransactionCase):
    def test_indexes(self):
        """R7.1.1: the lists that people open, and what is read line by line, are found by an index."""
        assert_indexed(self, WANTED)

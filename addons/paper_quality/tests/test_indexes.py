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
        for table, wanted in WANTED.items():
            self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", (table,))
            found = [definition.split("(", 1)[1] for (definition,) in self.env.cr.fetchall()]
            for columns in wanted:
                with self.subTest(table=table, columns=columns):
                    self.assertTrue(any(index.startswith((f"{columns})", f"{columns},")) for index in found))

import csv
import io

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open, file_path

# In the order in which one stands on the other.
FILES = (
    ("res.partner", "customers"),
    ("res.partner", "suppliers"),
    ("paper.grade", "grades"),
    ("product.product", "products"),
    ("stock.lot", "rolls"),
)


@tagged("post_install", "-at_install")
class TestImporting(TransactionCase):
    """A business that runs already, by the templates that the lists offer."""

    def _rows(self, name):
        with file_open(f"paper_mill/static/import/{name}.csv") as source:
            head, *rows = csv.reader(io.StringIO(source.read()))
        return head, rows

    def _load(self, model, head, rows):
        result = self.env[model].load(head, rows)
        return result["ids"], result["messages"]

    def test_each_list_offers_its_file(self):
        """R4.2.1: the template that a list offers is there."""
        for model, name in FILES:
            with self.subTest(file=name):
                offered = [item["template"] for item in self.env[model].get_import_templates()]
                self.assertIn(f"/paper_mill/static/import/{name}.csv", offered)
                self.assertTrue(file_path(f"paper_mill/static/import/{name}.csv"))

    def test_taken_twice_nothing_is_doubled(self):
        """R4.2.1: each file is taken as it is, and taken again makes nothing twice."""
        for model, name in FILES:
            with self.subTest(file=name):
                head, rows = self._rows(name)
                first, messages = self._load(model, head, rows)
                self.assertEqual(messages, [])
                count = self.env[model].search_count([])
                again, messages = self._load(model, head, rows)
                self.assertEqual((again, messages), (first, []))
                self.assertEqual(self.env[model].search_count([]), count)

    def test_the_same_roll_twice(self):
        """R6.1.2: a roll that is in a file twice, under two external ids, is refused with its line, and nothing comes in."""
        for model, name in FILES[2:4]:
            self._load(model, *self._rows(name))
        head, rows = self._rows("rolls")
        rows = [rows[0], ["old_system.roll_again", *rows[0][1:]]]
        ids, messages = self._load("stock.lot", head, rows)
        self.assertFalse(ids)
        self.assertTrue(messages)
        self.assertFalse(self.env["stock.lot"].search([("name", "=", rows[0][1])]))

    def test_an_error_names_its_line(self):
        """R4.2.1: what cannot be read is named by its line, and nothing of the file comes in."""
        head, rows = self._rows("customers")
        rows[1][head.index("country_id/id")] = "base.nowhere"
        ids, messages = self._load("res.partner", head, rows)
        self.assertFalse(ids)
        self.assertEqual([message["rows"] for message in messages], [{"from": 1, "to": 1}])
        self.assertFalse(self.env["res.partner"].search([("name", "=", rows[0][1])]))

import io
import json

from odoo import http
from odoo.tests import HttpCase, new_test_user, tagged
from openpyxl import load_workbook

NASTY = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "＝1", "http://mill.example", "双胶纸 80 g/m²")


@tagged("post_install", "-at_install")
class TestExport(HttpCase):
    """What people wrote leaves the house as text."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        new_test_user(cls.env, "exporter", groups="base.group_user,base.group_allow_export,base.group_partner_manager")
        cls.partners = cls.env["res.partner"].create([{"name": f"Mill {n}", "ref": ref} for n, ref in enumerate(NASTY)])

    def export(self, kind, groupby=()):
        self.authenticate("exporter", "exporter")
        data = {
            "model": "res.partner",
            "fields": [{"name": "ref", "label": "=Ref", "type": "char"}, {"name": "name", "label": "Name", "type": "char"}],
            "ids": self.partners.ids,
            "domain": [],
            "import_compat": False,
            "context": {},
            "groupby": list(groupby),
        }
        response = self.url_open(
            f"/web/export/{kind}", data={"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)}
        )
        response.raise_for_status()
        return response.content

    def cells(self, content):
        return [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]

    def test_workbook_holds_no_formula(self):
        """R3.1.1: a cell that a customer began with "=" is exported as text, not as a formula or a link."""
        cells = self.cells(self.export("xlsx"))
        values = [cell.value for cell in cells]
        self.assertIn("=cmd|' /C calc'!A0", values)
        self.assertEqual([cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink], [])

    def test_grouped_workbook_holds_no_formula(self):
        """R3.1.1: nor in the headings of an export by groups."""
        cells = self.cells(self.export("xlsx", ["ref"]))
        self.assertTrue(any(str(cell.value).startswith("=cmd") for cell in cells))
        self.assertEqual([cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink], [])

    def test_separated_values_are_marked(self):
        """R3.1.1: in separated values the mark of a text goes before it."""
        lines = self.export("csv").decode().splitlines()
        for text in NASTY[:4]:
            self.assertTrue(any(line.startswith(f'"\'{text}"') for line in lines), text)
        self.assertTrue(any(line.startswith('"双胶纸') for line in lines))

    def test_pivot_holds_no_formula(self):
        """R3.1.1: the names in an exported pivot table are text."""
        self.authenticate("exporter", "exporter")
        table = {
            "title": "Arrivals",
            "model": "res.partner",
            "measure_count": 1,
            "origin_count": 1,
            "col_group_headers": [[{"title": "=1+1", "width": 1, "height": 1}]],
            "measure_headers": [{"title": "Weight", "width": 1, "height": 1, "is_bold": False}],
            "origin_headers": [],
            "rows": [{"title": "=HYPERLINK(1)", "indent": 0, "values": [{"is_bold": False, "value": 12.5}]}],
        }
        response = self.url_open(
            "/web/pivot/export_xlsx", data={"data": json.dumps(table), "csrf_token": http.Request.csrf_token(self)}
        )
        response.raise_for_status()
        cells = self.cells(response.content)
        self.assertIn("'=HYPERLINK(1)", [cell.value.strip() for cell in cells if isinstance(cell.value, str)])
        self.assertEqual([cell.value for cell in cells if cell.data_type == "f"], [])

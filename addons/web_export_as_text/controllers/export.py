"""Exports for spreadsheets: what a customer wrote leaves as text, whatever its first character.

Odoo 19 writes a text that begins with "=" into a workbook as a formula, and one that looks like an address as a link; its .csv
guards =, + and - alone.
"""

import json

from odoo import http
from odoo.addons.web.controllers import export, pivot
from werkzeug.datastructures import FileStorage

# A spreadsheet program takes a cell that begins with one of these for a formula; the wide ones are what an East Asian
# keyboard types.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_text(value):
    """Return a text that no spreadsheet program reads as a formula; anything else as it is.

    >>> as_text("@SUM(A1)"), as_text("offset 80 g/m²"), as_text(12.5)
    ("'@SUM(A1)", 'offset 80 g/m²', 12.5)
    """
    return "'" + value if isinstance(value, str) and value.startswith(STARTS) else value


class _TextWriter:
    """Writes texts as texts: no formula and no link comes out of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.worksheet.strings_to_formulas = False
        self.worksheet.strings_to_urls = False


class TextXlsxWriter(_TextWriter, export.ExportXlsxWriter):
    """A plain table."""


class TextGroupXlsxWriter(_TextWriter, export.GroupExportXlsxWriter):
    """A table by groups."""


class TextExcelExport(export.ExcelExport):
    """The export of a list as a workbook."""

    def from_data(self, fields, columns_headers, rows):
        with TextXlsxWriter(fields, columns_headers, len(rows)) as writer:
            for line, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    writer.write_cell(line, column, value)
        return writer.value

    def from_group_data(self, fields, columns_headers, groups):
        with TextGroupXlsxWriter(fields, columns_headers, groups.count) as writer:
            line, column = 1, 0
            for name, group in groups.children.items():
                line, column = writer.write_group(line, column, name, group)
        return writer.value


class TextCSVExport(export.CSVExport):
    """The export of a list as separated values."""

    def from_data(self, fields, columns_headers, rows):
        # Odoo adds the mark to =, + and - itself, once: what has it already begins with the mark.
        return super().from_data(fields, columns_headers, [[as_text(value) for value in row] for row in rows])


class TextTableExporter(pivot.TableExporter):
    """The export of a pivot table: its headers are names that people typed."""

    @http.route()
    def export_xlsx(self, data, **kw):
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        # The title names the sheet and the file; a mark is not allowed there, and a sheet's name is no cell.
        marked = {key: value if key in ("title", "model") else _marked(value) for key, value in table.items()}
        return super().export_xlsx(json.dumps(marked), **kw)


def _marked(part):
    if isinstance(part, dict):
        return {key: _marked(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_marked(value) for value in part]
    return as_text(part)

"""What the file itself says, counted without the product's own reader: rows and kilograms."""

import csv
import io
import re
from decimal import Decimal, InvalidOperation

HEADER_LINES = 7
WIDTH_LINE = 1  # of the header: below its name
WEB_MM = 2540  # where the book says none
WEIGHT_COLUMN = 3


def count(path):
    """Return (number of data rows, kg of those rows whose weight is a number).

    :param path: an order book, .dat, .csv or .xlsx
    """
    rows = {".xlsx": _xlsx_rows, ".csv": _csv_rows}.get(path.suffix.lower(), _dat_rows)(path)
    return len(rows), sum((_weight(row) for row in rows), Decimal(0))


def web(path):
    """Return the width of the web, mm, for which a .dat order book was made; a usual one for other files."""
    if path.suffix.lower() != ".dat":
        return WEB_MM
    try:
        return float(path.read_text(encoding="utf-8", errors="replace").splitlines()[WIDTH_LINE].strip().replace(",", "."))
    except (IndexError, ValueError):
        return WEB_MM


def weigh(text):
    """Return the kg that one line of a .dat order book says, 0 where that is no number."""
    return _weight(re.split(r"\s+", text.strip()))


def _weight(row):
    try:
        number = Decimal(str(row[WEIGHT_COLUMN]).strip().replace(",", "."))
    except (InvalidOperation, IndexError):
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def _dat_rows(path):
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[HEADER_LINES:]
    return [re.split(r"\s+", line.strip()) for line in lines if line.strip()]


def _csv_rows(path):
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    separator = max(";\t,", key=text.count)
    return _after_header(list(csv.reader(io.StringIO(text), delimiter=separator)))


def _xlsx_rows(path):
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True).active
    return _after_header([["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)])


def _after_header(rows):
    """Drop everything up to the row of column names, the last one that holds text beside text."""
    filled = [row for row in rows if any(str(cell).strip() for cell in row)]
    names = [i for i, row in enumerate(filled) if sum(bool(re.search(r"[^\W\d_]", str(cell))) for cell in row) >= 3]
    return filled[names[0] + 1 :] if names else filled

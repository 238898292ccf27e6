"""Reading files back cell by cell, without any sense of what a cell means: for the tests of the mails."""

import csv
import email
import email.policy
import io
import struct
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import openpyxl
import xlrd

try:
    from pypdf import PdfReader
except ImportError:
    from PyPDF2 import PdfReader


def parse(content):
    return email.message_from_bytes(content, policy=email.policy.default)


def attached(message):
    """Return [(file name, bytes)] of a mail and of the mails inside it."""
    return [(part.get_filename(), part.get_payload(decode=True)) for part in message.walk() if part.get_filename()]


def texts(message):
    """Return the words of a mail: subjects and text parts, and those of mails inside."""
    found = []
    for part in message.walk():
        if part["Subject"]:
            found.append(str(part["Subject"]))
        if part.get_content_maintype() == "text" and not part.get_filename():
            code = part.get_content_charset() or "utf-8"
            found.append(part.get_payload(decode=True).decode({"gb2312": "gb18030"}.get(code, code)))
    return found


def sheets(name, content):
    """Return {sheet name: rows} of a spreadsheet; the rows are lists of what stands in the cells."""
    return {"xlsx": _xlsx, "xls": _xls, "xlsb": _xlsb, "ods": _ods, "csv": _csv}[name.rsplit(".", 1)[-1]](content)


def _xlsx(content):
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def _xls(content):
    book = xlrd.open_workbook(file_contents=content)
    return {
        sheet.name: [[value if value != "" else None for value in sheet.row_values(row)] for row in range(sheet.nrows)]
        for sheet in book.sheets()
    }


def _records(content):
    place = 0
    while place < len(content):
        kind, place = content[place], place + 1
        if kind & 0x80:
            kind, place = kind & 0x7F | content[place] << 7, place + 1
        size = shift = 0
        while True:
            byte, place = content[place], place + 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, content[place : place + size]
        place += size


def _wide(content):
    (length,) = struct.unpack_from("<I", content)
    return content[4 : 4 + 2 * length].decode("utf-16-le")


def _xlsb(content):
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        book, sheet = pack.read("xl/workbook.bin"), pack.read("xl/worksheets/sheet1.bin")
    entry = next(body for kind, body in _records(book) if kind == 156)
    relation = _wide(entry[8:])
    rows, width = [], 0
    for kind, body in _records(sheet):
        if kind == 148:
            width = struct.unpack("<4I", body)[3] + 1
        elif kind == 0:
            rows.append([None] * width)
        elif kind in (5, 6):
            (column,) = struct.unpack_from("<I", body)
            rows[-1][column] = struct.unpack_from("<d", body, 8)[0] if kind == 5 else _wide(body[8:])
    return {_wide(entry[12 + 2 * len(relation) :]): rows}


def _ods(content):
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        tree = ElementTree.fromstring(pack.read("content.xml"))
    space = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
    office, table = space % "office", space % "table"
    found = {}
    for sheet in tree.iter(f"{table}table"):
        rows = []
        for row in sheet.iter(f"{table}table-row"):
            cells = []
            for cell in row:
                number = cell.get(f"{office}value")
                words = "".join(cell.itertext())
                cells.append(float(number) if number else words or None)
            rows.append(cells)
        found[sheet.get(f"{table}name")] = rows
    return found


def _csv(content):
    for code in ("utf-16", "utf-8-sig", "gb18030", "cp1252"):
        if code == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = content.decode(code)
        except UnicodeDecodeError:
            continue
        if code == "gb18030" and not any("\u4e00" <= sign <= "\u9fff" for sign in text[:40]):
            continue
        break
    first = max(text.splitlines(), key=lambda line: max(line.count(mark) for mark in ";\t|,"))
    mark = max(";\t|,", key=first.count)
    return {"": [[cell or None for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]}


class Tables(HTMLParser):
    """The innermost tables of a page: rows of texts (a cell over several rows stands in the first of them)."""

    def __init__(self, page):
        super().__init__()
        self.tables, self._cell = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append(self._cell.strip() or None)
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self._cell += data


def pdf_text(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def everything(message):
    """Return all words and figures of a mail and of its files, as one text."""
    found = texts(message)
    for name, content in attached(message):
        if name.endswith(".pdf"):
            found.append(pdf_text(content))
        elif name.rsplit(".", 1)[-1] in ("xlsx", "xls", "xlsb", "ods", "csv"):
            found += [str(cell) for rows in sheets(name, content).values() for row in rows for cell in row if cell is not None]
    return "\n".join(found)

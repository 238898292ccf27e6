"""Writing the files that customers attach, and the mails around them: the same input gives the same bytes."""

import csv
import datetime
import html
import io
import re
import struct
import zipfile
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "pdf": "application/pdf",
}
ZIP_DATE = (2026, 1, 1, 0, 0, 0)
MADE = datetime.datetime(2026, 1, 1)


@dataclass(frozen=True)
class Formula:
    text: str
    cached: object = None  # the value the sheet was saved with; None: it was never calculated


@dataclass
class Grid:
    """A sheet: rows of values; rows and columns count from 1 in everything that points at one."""

    rows: list
    name: str = "Sheet1"
    merges: list = field(default_factory=list)  # (first row, first column, last row, last column)
    hidden: set = field(default_factory=set)  # rows
    struck: set = field(default_factory=set)  # rows
    hidden_columns: set = field(default_factory=set)
    hidden_sheet: bool = False

    @property
    def width(self):
        return max(len(row) for row in self.rows)


def letter(column):
    """Return the letters of a column that is counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def _text(value):
    if value is None:
        return ""
    if isinstance(value, Formula):
        return _text(value.cached)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def xlsx(*grids):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": MADE})
    for grid in grids:
        sheet = book.add_worksheet(grid.name)
        corners = {(first, left): (first, left, last, right) for first, left, last, right in grid.merges}
        for number, row in enumerate(grid.rows, 1):
            for column, value in enumerate(row, 1):
                look = {"font_strikeout": True} if number in grid.struck else {}
                if isinstance(value, datetime.date):
                    look["num_format"] = "yyyy-mm-dd"
                style = book.add_format(look) if look else None
                if (number, column) in corners:
                    first, left, last, right = corners[number, column]
                    sheet.merge_range(first - 1, left - 1, last - 1, right - 1, _text(value), style)
                elif isinstance(value, Formula):
                    sheet.write_formula(number - 1, column - 1, value.text, style, "" if value.cached is None else value.cached)
                elif isinstance(value, datetime.date):
                    sheet.write_datetime(number - 1, column - 1, datetime.datetime(*value.timetuple()[:3]), style)
                elif isinstance(value, str):
                    sheet.write_string(number - 1, column - 1, value, style)
                elif value is not None:
                    sheet.write_number(number - 1, column - 1, value, style)
        for number in grid.hidden:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        for column in grid.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if grid.hidden_sheet:
            sheet.hide()
    book.close()
    return target.getvalue()


def xls(*grids):
    book = xlwt.Workbook(encoding="utf-8")
    for grid in grids:
        sheet = book.add_sheet(grid.name)
        for number, row in enumerate(grid.rows, 1):
            for column, value in enumerate(row, 1):
                if value is None:
                    continue
                look = "font: struck_out on" if number in grid.struck else "font: struck_out off"
                day = isinstance(value, datetime.date)
                style = xlwt.easyxf(look, num_format_str="yyyy-mm-dd" if day else "General")
                sheet.write(number - 1, column - 1, value, style)
            if number in grid.hidden:
                sheet.row(number - 1).hidden = True
                sheet.row(number - 1).height_mismatch = True
        for first, left, last, right in grid.merges:
            value = grid.rows[first - 1][left - 1]
            sheet.merge(first - 1, last - 1, left - 1, right - 1)
            assert value is not None, "a merged area has its words in its first cell"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _pack(parts, stored=()):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as pack:
        for name, content in parts:
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            pack.writestr(info, content)
    return target.getvalue()


def _record(kind, content=b""):
    """Return one record of the binary workbook: its number and its length in sevens of bits, then what it holds."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(content), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + length + content


def _wide(text):
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def xlsb(grid):
    """Return a binary workbook of one sheet: texts, numbers and hidden rows (no merges, no formulas)."""
    sheet = _record(129) + _record(148, struct.pack("<4I", 0, len(grid.rows) - 1, 0, grid.width - 1)) + _record(145)
    for number, row in enumerate(grid.rows):
        flags = 0x10 if number + 1 in grid.hidden else 0
        sheet += _record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, flags, 0, 0))
        for column, value in enumerate(row):
            if isinstance(value, (int, float)):
                sheet += _record(5, struct.pack("<IId", column, 0, value))
            elif value is not None:
                sheet += _record(6, struct.pack("<II", column, 0) + _wide(_text(value)))
    sheet += _record(146) + _record(130)
    sheet_entry = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(grid.name))
    book = _record(131) + _record(143) + sheet_entry + _record(144) + _record(132)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    relation = f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/%s" Target="%s"/>'
    relation += "</Relationships>"
    types = (
        f'{head}<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
    )
    return _pack(
        [
            ("[Content_Types].xml", types),
            ("_rels/.rels", relation % ("officeDocument", "xl/workbook.bin")),
            ("xl/workbook.bin", book),
            ("xl/_rels/workbook.bin.rels", relation % ("worksheet", "worksheets/sheet1.bin")),
            ("xl/worksheets/sheet1.bin", sheet),
        ]
    )


def ods(*grids):
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for short, full in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
    )
    body = ""
    for grid in grids:
        spans = {(first, left): (last - first + 1, right - left + 1) for first, left, last, right in grid.merges}
        covered = {
            (row, column)
            for first, left, last, right in grid.merges
            for row in range(first, last + 1)
            for column in range(left, right + 1)
        } - set(spans)
        body += f'<table:table table:name="{escape(grid.name)}">'
        body += f'<table:table-column table:number-columns-repeated="{grid.width}"/>'
        for number, row in enumerate(grid.rows, 1):
            body += "<table:table-row" + (' table:visibility="collapse">' if number in grid.hidden else ">")
            for column, value in enumerate(row, 1):
                body += _ods_cell(value, spans.get((number, column)), (number, column) in covered, number in grid.struck)
            body += "</table:table-row>"
        body += "</table:table>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {spaces} office:version="1.2">'
        '<office:automatic-styles><style:style style:name="struck" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPES["ods"]}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    parts = [("mimetype", TYPES["ods"]), ("content.xml", content), ("META-INF/manifest.xml", manifest)]
    return _pack(parts, stored=("mimetype",))


def _ods_cell(value, span, covered, struck):
    if covered:
        return "<table:covered-table-cell/>"
    marks = ' table:style-name="struck"' if struck else ""
    if span:
        marks += f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"'
    if value is None:
        return f"<table:table-cell{marks}/>"
    if isinstance(value, datetime.date):
        marks += f' office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, (int, float)):
        marks += f' office:value-type="float" office:value="{value}"'
    else:
        marks += ' office:value-type="string"'
    return f"<table:table-cell{marks}><text:p>{escape(_text(value))}</text:p></table:table-cell>"


def csv_file(grid, separator=",", encoding="utf-8"):
    target = io.StringIO()
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_text(value) for value in row] for row in grid.rows)
    return target.getvalue().encode(encoding)


def html_table(grid, heading_rows=(), attributes='border="1"'):
    spans = {(first, left): (last - first + 1, right - left + 1) for first, left, last, right in grid.merges}
    covered = {
        (row, column)
        for first, left, last, right in grid.merges
        for row in range(first, last + 1)
        for column in range(left, right + 1)
    } - set(spans)
    lines = [f"<table {attributes}>"]
    for number, row in enumerate(grid.rows, 1):
        cells = ""
        for column, value in enumerate(row, 1):
            if (number, column) in covered:
                continue
            tag = "th" if number in heading_rows else "td"
            rows, columns = spans.get((number, column), (1, 1))
            marks = (f' rowspan="{rows}"' if rows > 1 else "") + (f' colspan="{columns}"' if columns > 1 else "")
            words = html.escape(_text(value)) or "&nbsp;"
            cells += f"<{tag}{marks}>{f'<s>{words}</s>' if number in grid.struck else words}</{tag}>"
        hidden = ' style="display:none"' if number in grid.hidden else ""
        lines.append(f"<tr{hidden}>{cells}</tr>")
    return "\n".join([*lines, "</table>"])


def pdf(grid, above=(), below=(), places=None, chinese=False, size=9, landscape=True):
    """Return a text PDF: lines above, the table by positions (`places`: left edges in points), lines below."""
    font = "Helvetica"
    if chinese:
        font = "STSong-Light"
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    wide, high = (842, 595) if landscape else (595, 842)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(wide, high), invariant=1)
    if not places:
        places, size = _places(grid, font, size, wide - 60)
    canvas.setFont(font, size)
    y = high - 50

    def next_line(y):
        if y > 50:
            return y - size * 1.7
        canvas.showPage()
        canvas.setFont(font, size)
        return high - 50

    for line in above:
        canvas.drawString(40, y, line)
        y = next_line(y)
    y = next_line(y)
    for row in grid.rows:
        for place, value in zip(places, row, strict=False):
            canvas.drawString(place, y, _text(value))
        y = next_line(y)
    y = next_line(y)
    for line in below:
        canvas.drawString(40, y, line)
        y = next_line(y)
    canvas.save()
    return target.getvalue()


def _places(grid, font, size, room):
    """Return the left edges of the columns and the size of the letters with which the table fits the page."""
    listed = [row for row in grid.rows if sum(value is not None for value in row) > 1]
    while True:
        widths = [
            max(pdfmetrics.stringWidth(_text(row[column]), font, size) for row in listed) + size for column in range(grid.width)
        ]
        if sum(widths) <= room or size <= 4:
            return [40 + sum(widths[:column]) for column in range(grid.width)], size
        size -= 0.5


def mail(
    sender,
    subject,
    text=None,
    *,
    to="orders@mill.example",
    html_body=None,
    files=(),
    sent=None,
    number="",
    headers=None,
    charset="utf-8",
    transfer="base64",
    labelled=None,
    inside=None,
):
    """Return a mail's bytes. `labelled`: the charset that the header claims; `inside`: mails attached as message/rfc822."""
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = sender, to, subject
    found["Date"] = format_datetime(sent or datetime.datetime(2026, 12, 1, 1, 30, tzinfo=datetime.UTC))
    found["Message-ID"] = number
    for name, value in (headers or {}).items():
        found[name] = value
    if text is not None:
        found.set_content(text, charset=charset, cte=transfer)
    if html_body is not None:
        if text is None:
            found.set_content(html_body, subtype="html", charset=charset, cte=transfer)
        else:
            found.add_alternative(html_body, subtype="html", charset=charset, cte=transfer)
    if text is None and html_body is None:
        found.set_content("", charset=charset)
    for name, content in files:
        ending = name.rsplit(".", 1)[-1].lower()
        main, sub = TYPES.get(ending, "application/octet-stream").split("/")
        found.add_attachment(content, maintype=main, subtype=sub, filename=name)
    for other in inside or ():
        found.add_attachment(other)
    count = 0
    for part in found.walk():
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            count += 1
            part.set_boundary(f"=_{re.sub(r'[^a-z0-9]', '', number.lower())[:24]}_{count}")
        elif labelled and part.get_content_maintype() == "text" and not part.get_filename():
            part.set_param("charset", labelled)
    return found.as_bytes()

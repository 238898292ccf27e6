"""Lists of orders as customers write them."""

import io

from reportlab.pdfgen import canvas

TABLE = [
    ["order no", "width", "length", "weight", "basis weight"],
    ["M1", "890", "860", "2000", "80"],
    ["M2", "700", "1000", "1500", "80"],
]


def csv_of(table, separator=";"):
    return "\n".join(separator.join(row) for row in table) + "\n"


def pdf_of(table):
    """A PDF with text, its columns set apart."""
    stream = io.BytesIO()
    page = canvas.Canvas(stream)
    page.setFont("Courier", 10)
    for number, row in enumerate(table):
        for place, cell in enumerate(row):
            page.drawString(50 + 100 * place, 800 - 20 * number, cell)
    page.save()
    return stream.getvalue()

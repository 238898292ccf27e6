"""Bar codes as vectors: a printer of 203 dpi blurs scaled pictures."""

import qrcode
from markupsafe import Markup
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.common import I2of5

from ...lib.gs1 import FNC1

QUIET = 10  # modules of white before and after the bars
FUNCTION_1 = "\xf1"  # as reportlab writes it


def code128(data, is_gs1=False):
    """Return a Code 128 as SVG; of an element string of GS1 with the function code that tells readers so."""
    value = data.replace(FNC1, FUNCTION_1)
    return _bars(Code128((FUNCTION_1 if is_gs1 else "") + value, quiet=0))


def interleaved(digits):
    """Return an Interleaved 2 of 5 as SVG."""
    return _bars(I2of5(digits, checksum=0, bearers=0, quiet=0, ratio=3.0))


def qr(text):
    """Return a QR code as SVG."""
    code = qrcode.QRCode(border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text.encode())
    code.make(fit=True)
    matrix = code.get_matrix()
    cells = [(x, y, 1) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark]
    return _svg(len(matrix), len(matrix), cells, 1)


def _bars(symbol):
    symbol.validate()
    symbol.encode()
    symbol.decompose()
    if not symbol.valid:
        raise ValueError(symbol.value)
    # Code 128 says widths by letters, bars in capitals; Interleaved 2 of 5 says b or s for bar or space, wide ones in capitals.
    interleaving = isinstance(symbol, I2of5)
    x, found = QUIET, []
    for char in symbol.decomposed:
        width = (3 if char.isupper() else 1) if interleaving else ord(char.upper()) - ord("A") + 1
        if char.lower() == "b" if interleaving else char.isupper():
            found.append((x, 0, width))
        x += width
    return _svg(x + QUIET, 1, found, 1)


def _svg(width, height, cells, tall):
    path = "".join(f"M{x} {y}h{wide}v{tall}h-{wide}z" for x, y, wide in cells)
    return Markup(  # only numbers stand in it
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" preserveAspectRatio="none" '
        'shape-rendering="crispEdges" style="width:100%;height:100%"><path d="{path}" fill="#000"/></svg>'
    ).format(width=width, height=height, path=path)

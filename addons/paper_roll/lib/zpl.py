# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A label in the language of Zebra printers, 100 × 150 mm at 8 dots a millimetre."""

from .gs1 import FNC1

DOTS = 8


def text(value):
    r"""Return a text as the data of a field: what steers the printer is written as its code.

    >>> text("A^B~C_D")
    'A_5EB_7EC_5FD'
    """
    return "".join(f"_{ord(char):02X}" if char in "^~_" else char for char in value)


def bars(value):
    r"""Return the data of a Code 128: the printer chooses the sets; a function code 1 stands before an element string.

    >>> bars("0012\x1d21")
    '0012>821'
    >>> bars("A>B")
    'A>0B'
    """
    return value.replace(">", ">0").replace(FNC1, ">8")


def label(title, lines, symbols, qr):
    """Return a label.

    :param title: the roll number, in large letters
    :param lines: ``[(name, value), …]``
    :param symbols: ``[(data, is_gs1, readable), …]``, each a Code 128
    :param qr: text of the two-dimensional code
    """
    out = ["^XA", "^CI28", f"^PW{100 * DOTS}", f"^LL{150 * DOTS}", f"^FO32,32^A0N,72,72^FH^FD{text(title)}^FS"]
    y = 128
    for name, value in lines:
        out.append(f"^FO32,{y}^A0N,34,34^FH^FD{text(f'{name}: {value}')}^FS")
        y += 42
    out.append(f"^FO600,128^BQN,2,4^FH^FDMA,{text(qr)}^FS")
    y = 1200 - 180 * len(symbols)
    for data, is_gs1, readable in symbols:
        out.append(f"^FO32,{y}^BY2^BCN,110,N,N,N,A^FD{'>8' if is_gs1 else ''}{bars(data)}^FS")
        out.append(f"^FO32,{y + 118}^A0N,28,28^FH^FD{text(readable)}^FS")
        y += 180
    return "\n".join([*out, "^XZ"])

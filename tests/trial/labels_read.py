"""Read printed labels by a decoder and a parser that are not ours; run by the Python that has them.

    python labels_read.py FILE.pdf

It prints one JSON list, for each page ``{"elements": {application identifier: value}, "figures": {name: value}}``.
"""

import json
import sys

import pypdfium2
import zxingcpp
from biip.gs1_messages import GS1Message

SYMBOLS = 4  # three bars and a square


def read(page):
    """Return what stands on a page; a scanner looks again, from where it is held, until it has all of it."""
    found = {}
    for dots in (300, 400, 600):
        if sum(len(texts) for texts in found.values()) >= SYMBOLS:
            break
        picture = page.render(scale=dots / 72).to_pil()
        for symbol in zxingcpp.read_barcodes(picture, text_mode=zxingcpp.TextMode.Plain):
            found.setdefault(symbol.symbology_identifier, set()).add(symbol.text)
    texts = sorted(found.get("]C1", ()))
    elements = {each.ai.ai: each.value for text in texts for each in GS1Message.parse(text).element_strings}
    return {"elements": elements, "figures": json.loads(next(iter(found.get("]Q1", ())), "{}"))}


if __name__ == "__main__":
    print(json.dumps([read(page) for page in pypdfium2.PdfDocument(sys.argv[1])]))

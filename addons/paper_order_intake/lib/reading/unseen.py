# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rows of a workbook that its own program does not show, or shows struck through, where the reader of its cells does not tell."""

import io
import zipfile


def ods_unseen(data):
    """Return {sheet: (hidden rows, struck rows)} of an OpenDocument workbook, as its styles say."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist():
            return {}
        content = archive.read("content.xml")
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    local = {
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    }
    table, style = (f"{{{local[name]}}}" for name in ("table", "style"))
    lined = set()
    for one in root.iter(f"{style}style"):
        for part in one.iter(f"{style}text-properties"):
            if any(name.endswith("}text-line-through-style") and value != "none" for name, value in part.attrib.items()):
                lined.add(one.get(f"{style}name"))
    found = {}
    for sheet in root.iter(f"{table}table"):
        hidden, struck, number = set(), set(), 0
        for row in sheet.iter(f"{table}table-row"):
            count = int(row.get(f"{table}number-rows-repeated", 1))
            cells = [cell for cell in row if "".join(cell.itertext()).strip()]
            if cells and row.get(f"{table}visibility") in ("collapse", "filter"):
                hidden |= set(range(number + 1, number + 1 + min(count, 1000)))
            if cells and all(_is_lined(cell, row, lined, table) for cell in cells):
                struck |= set(range(number + 1, number + 1 + min(count, 1000)))
            number += count
        found[sheet.get(f"{table}name")] = hidden, struck
    return found


def xlsb_unseen(data):
    """Return {sheet: (hidden rows, no struck ones)} of a binary workbook.

    The records of its rows say so ([MS-XLSB], BrtRowHdr).
    """
    from xml.etree import ElementTree

    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        if "xl/workbook.bin" not in names:
            return {}
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
        targets = {one.get("Id"): "xl/" + one.get("Target", "").lstrip("/").removeprefix("xl/") for one in relations}
        for kind, body in _records(archive.read("xl/workbook.bin")):
            if kind != 156:  # BrtBundleSh: state, id, relation, name
                continue
            relation, place = _wide(body, 8)
            name, _place = _wide(body, place)
            if targets.get(relation) in names:
                records = _records(archive.read(targets[relation]))
                heads = [row for number, row in records if number == 0 and len(row) > 11]
                rows = {int.from_bytes(row[:4], "little") + 1 for row in heads if row[11] & 0x10}
                found[name] = rows, set()
    return found


def _wide(body, place):
    length = int.from_bytes(body[place : place + 4], "little")
    end = place + 4 + 2 * min(length, 1000)
    return body[place + 4 : end].decode("utf-16-le", "replace"), end


def _records(content):
    place = 0
    while place < len(content):
        kind, place = _seven_bits(content, place, 2)
        size, place = _seven_bits(content, place, 4)
        yield kind, content[place : place + size]
        place += size


def _seven_bits(content, place, most):
    """A record's number and size stand in bytes of seven bits each.

    >>> _seven_bits(bytes([0x9C, 0x01]), 0, 2)
    (156, 2)
    """
    value = 0
    for step in range(most):
        byte = content[place] if place < len(content) else 0
        place += 1
        value |= (byte & 0x7F) << (7 * step)
        if not byte & 0x80:
            break
    return value, place


def _is_lined(cell, row, lined, table):
    names = [cell.get(f"{table}style-name"), row.get(f"{table}default-cell-style-name")]
    names += [value for part in cell.iter() for name, value in part.attrib.items() if name.endswith("}style-name")]
    return any(name in lined for name in names)

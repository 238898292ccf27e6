# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The words of a letter: its own part, what it quotes or passes on, its signature, and the tables in it."""

import re

from .figures import plain
from .grids import Grid, Row, value_of
from .layout import heads
from .quoting import answers, begins_mail, begins_quote, hands_on, mail_head

MAX_HTML = 4 * 2**20
MAX_LINE = 3000
MAX_LINES = 3000
_CLOSING = re.compile(
    r"^\s*(--|__+|谢谢.{0,2}$|此致|祝好|顺祝|kind regards|best regards|regards|yours|sincerely|thanks|thank you|"
    r"mit freundlichen grüßen|"
    r"freundliche grüße|viele grüße|beste grüße|danke).{0,20}$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(电话|手机|传真|邮编|(?<!货)地址[:：]|\btel\b|\bfon\b|phone|\bfax\b|mobile|\bext\.|hrb|ust-idnr|\+\d{2} \d|"
    r"^t \+)",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(您好|你好|.{0,6}经理好|尊敬的.*|dear .{0,40}|hello.{0,20}|hi|hi .{0,20}|guten tag|hallo.{0,20}|sehr geehrte.*|"
    r"moin)[,，:：!！。 ]*$",
    re.IGNORECASE,
)


class Letter:
    """A letter's parts: ``own`` and ``quoted`` lines, the ``subjects`` of what it passes on, and its blocks in order.

    The head of another mail begins what an answer quotes, and what any other letter passes on.

    :param forwarded: somebody of the mill passed it on; :param answering: it answers a letter
    """

    def __init__(self, text="", html="", forwarded=False, subject="", answering=False):
        self.blocks = []  # ("line", text) and ("grid", Grid), in order
        self.quoted, self.subjects, self.signature = [], [], []
        self.has_grid = False
        lines = _html_blocks(html) if html else []
        if all(kind == "line" for kind, _block in lines):
            lines = _text_blocks(text) if text.strip() or not lines else lines
        is_answer = not forwarded and not hands_on(subject) and (answering or answers(subject))
        self._sort(lines, forwarded, is_answer)

    def _sort(self, blocks, forwarded, is_answer):
        inside, signed, quoting = False, False, False
        self.is_cut = len(blocks) > MAX_LINES or any(kind == "line" and len(block) > MAX_LINE for kind, block in blocks)
        blocks = [(kind, block[:MAX_LINE] if kind == "line" else block) for kind, block in blocks[:MAX_LINES]]
        passes_on = forwarded or not is_answer and any(kind == "line" and begins_mail(block) for kind, block in blocks)
        for kind, block in blocks:
            if kind != "line":
                if quoting or kind == "cited" and not passes_on:
                    self.quoted += [row.text for row in block.rows]
                    continue
                self.blocks.append(("grid", block))
                self.has_grid = True
                signed = False
                continue
            line = block
            if passes_on and (begins_mail(line) or forwarded and mail_head(line) and "@" in line):
                inside, signed = True, False
            if inside and (head := mail_head(line)):
                value, is_subject = head
                if is_subject:
                    self.subjects.append(plain(value))
                continue
            if inside and begins_mail(line):
                continue
            if inside:
                line = line.lstrip("> \t")
            if line.lstrip().startswith(">"):
                self.quoted.append(line.lstrip("> \t"))
                continue
            if not passes_on and begins_quote(line):
                quoting = True
            if quoting:
                self.quoted.append(line)
                continue
            if _CLOSING.match(line) or _CONTACT.search(line) and not re.match(r"^\s*(送货|收货|交货)", line):
                signed = signed or bool(_CLOSING.match(line)) or bool(_CONTACT.search(line))
            if signed:
                self.signature.append(line)
            elif line.strip():
                self.blocks.append(("line" if inside or not passes_on else "own", line.strip()))

    @property
    def lines(self):
        return [block for kind, block in self.blocks if kind == "line"]

    @property
    def words(self):
        return "\n".join(block for kind, block in self.blocks if kind in ("line", "own"))


def is_greeting(line):
    """Say whether a line is nothing but a greeting.

    >>> is_greeting("王经理好："), is_greeting("Price as per contract.")
    (True, False)
    """
    return bool(_GREETING.match(plain(line))) or len(plain(line)) < 2


def _text_blocks(text):
    """Return the blocks of plain words: lines, and the tables that somebody pasted, their cells between tabs or bars."""
    blocks, run, mark = [], [], ""

    def end():
        rows = [Row(place, [value_of(cell) for cell in line.strip().strip("|").split(mark)][:60]) for place, line in run]
        if len(rows) > 1 and heads(rows[0]):
            blocks.append(("grid", Grid("table", rows)))
        else:
            blocks.extend(("line", line) for _place, line in run)
        run.clear()

    for place, line in enumerate(text.splitlines(), 1):
        own = next((sign for sign in "\t|" if line.strip().strip("|").count(sign) > 1), "")
        if line.startswith(">") or own != mark or not own:
            end()
        if own and not line.startswith(">"):
            mark = own
            if not set(line) <= set("|-:+ \t"):
                run.append((place, line))
        else:
            blocks.append(("line", line))
    end()
    return blocks


def _html_blocks(html):
    from lxml import etree
    from lxml import html as parser

    try:
        root = parser.fromstring(html[:MAX_HTML], parser=parser.HTMLParser(encoding="utf-8") if isinstance(html, bytes) else None)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    blocks, line, names = [], [], {"tables": 0}

    def end():
        words = " ".join("".join(line).split())
        line.clear()
        if words:
            blocks.append(("line", words))

    def walk(node, depth, cited=False):
        if depth > 150 or not isinstance(node.tag, str) or node.tag in ("script", "style", "head", "title"):
            return
        if node.tag == "table" and not node.xpath(".//table") and len(node.xpath(".//tr")) > 1:
            end()
            names["tables"] += 1
            blocks.append(("cited" if cited else "grid", _html_grid(node, names["tables"])))
            return
        cited = cited or _is_cited(node)
        apart = node.tag in ("p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "hr", "table", "ul", "ol")
        if apart:
            end()
        if node.text:
            line.append(node.text)
        for child in node:
            walk(child, depth + 1, cited)
            if child.tail:
                line.append(child.tail)
        if apart and node.tag != "br":
            end()

    walk(root, 0)
    end()
    return blocks


def _is_cited(node):
    """Say whether a mail program marks what it quotes; a plain ``blockquote`` may be somebody's own indented words."""
    return node.tag == "blockquote" and (node.get("type") == "cite" or "quote" in (node.get("class") or ""))


def _hidden(node):
    style = (node.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style or node.get("hidden") is not None


def _span(cell, name):
    try:
        return min(max(int(cell.get(name) or 1), 1), 200)
    except ValueError:
        return 1


def _html_grid(table, number):
    rows, down = [], {}
    for place, line in enumerate(table.xpath(".//tr"), 1):
        if len(rows) > 20000:
            break
        cells, over, column, struck = [], {}, 0, []
        for cell in line.xpath("./td|./th"):
            while column in down:
                column = _take_down(down, column, cells)
            value = value_of("".join(cell.itertext()))
            while len(cells) < column:
                cells.append("")
            cells.append(value)
            if value:
                lined = "".join(
                    "".join(one.itertext()) for one in cell.xpath(".//s|.//del|.//strike|.//*[contains(@style,'line-through')]")
                )
                style = (cell.get("style") or "") + (line.get("style") or "")
                struck.append("line-through" in style or plain(lined) == plain(value))
            if _span(cell, "rowspan") > 1:
                down[column] = [_span(cell, "rowspan") - 1, value]
            for extra in range(1, _span(cell, "colspan")):
                cells.append("")
                over[column + extra] = value
            column = len(cells)
        while column in down:
            column = _take_down(down, column, cells)
        if any(value != "" for value in cells):
            rows.append(Row(place, cells[:60], _hidden(line), bool(struck) and all(struck), {}, over))
    return Grid(f"table {number}", rows)


def _take_down(down, column, cells):
    while len(cells) < column:
        cells.append("")
    left, value = down[column]
    cells.append(value)
    if left > 1:
        down[column] = [left - 1, value]
    else:
        del down[column]
    return column + 1

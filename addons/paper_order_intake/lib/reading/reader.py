# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A letter with its files, read: one order of several papers, or what else it is."""

from ..orderbook.model import OrderBookError
from .bounds import quantity_doubt
from .cells import number_of
from .figures import LENGTHS, unit_name
from .grids import is_table_file, read_workbook
from .kinds import kind_of
from .labels import MARKS, order_numbers, pair, read_label, sentences
from .layout import renamed
from .letters import MAX_LINES, Letter, is_greeting
from .model import ASKED, PROPOSED, TAKEN, Fact, Item, Reading
from .ordernumbers import OrderNumbers
from .pdfs import is_pdf, read_pdf
from .prose import CORE, read_prose, read_terms, wants_paper
from .table import Table
from .texts import read_separated

MAX_PROSE = 20_000  # characters; nobody orders in longer sentences
PAPER_FACTS = {
    "form", "basis_weight", "thickness_um", "width_mm", "length_mm", "grain", "diameter_mm", "core_mm", "quantity", "price",
    "grade", "item_number",
}  # fmt: skip


def read_file(data, name=""):
    """Return the :class:`Grid` list of a file that may hold lists; none of one that holds none.

    :raises OrderBookError: too_large, bad_workbook, unsafe_workbook, too_many_rows, bad_pdf
    """
    if is_table_file(data):
        return read_workbook(data)
    if is_pdf(data):
        grid = read_pdf(data)
        if not grid.rows:
            raise OrderBookError("no_text", "The PDF holds no text: it is a picture of an order.")
        return [grid]
    grid = read_separated(data)
    return [grid] if grid else []


def read_letter(subject, text, html, files, today, forwarded=False, answers=False, is_news=False, cover="", headings=None):
    """Return the :class:`Reading` of a letter.

    >>> import datetime
    >>> words = "Grade: Offset\\nGrammage: 80 g/m2\\nSize: 64 x 90 cm\\nQty: 2 t"
    >>> reading = read_letter("PO 17", words, "", [], datetime.date(2026, 12, 1))
    >>> [(name, fact.value) for name, fact in reading.items[0].facts.items()][:3]
    [('grade', 'Offset'), ('basis_weight', 80.0), ('width_mm', 640.0)]

    :param files: list of (name, bytes); :param today: the day on which it was written
    :param forwarded: it was passed on by somebody of the mill; :param answers: it answers a letter of the mill
    :param headings: {heading_key: (field, unit)} of the customers' own column names
    :param cover: words of who passed the letter on as a whole
    """
    return _Reader(subject, text, html, files, today, forwarded, answers, is_news, cover, headings or {}).reading


class _Reader(OrderNumbers):
    def __init__(self, subject, text, html, files, today, forwarded, answers, is_news, cover, headings):
        self.reading, self.today, self.headings = Reading(), today, headings
        self.letter = Letter(text, html, forwarded, subject, answers)
        self.subject = " ".join([subject, *self.letter.subjects])
        self.numbers, self.tables, self.rest = [], [], []
        self.titles, self.opened, self.sheets = [], [], []
        if self.letter.is_cut:
            self.reading.tell("cut", subject)
        for line in cover.splitlines()[:MAX_LINES]:
            if not is_greeting(line):
                self.numbers += [("own", number) for number in order_numbers(line)]
                self.reading.tell("not_read", line)
        for name, content in files:
            self._open_file(name, content)
        self._take_files()
        self._read_blocks()
        words = "\n".join(self.letter.lines)
        title = "\n".join(self.titles)
        has_list = any(table.items for table in self.tables)
        self.reading.kind = kind_of(f"{words}\n{title}" if has_list else words, self.subject, has_list, answers, is_news)
        if is_news:
            self.reading.tell("news", subject)
        if self.reading.kind not in ("order", "change") or self.reading.kind == "change" and not has_list:
            self.reading.items = []
            self._tell_rest()
            if self.reading.kind != "reply":
                self.reading.head = {}
            return
        self._read_words()
        self._settle_numbers()
        self._tell_rest()
        self._settle_kind()

    # What it brings

    def _open_file(self, name, content):
        try:
            grids = read_file(content, name)
        except OrderBookError as error:
            self.reading.tell("picture" if error.code == "no_text" else "file_not_read", f"{name}: {error}")
            return
        for grid in grids:
            if grid.hidden:
                self.reading.tell("hidden_sheet", f"{name}: {grid.title}")
                continue
            if grid.rows:
                self.sheets.append(name)
                self.opened.append(Table(renamed(grid, self.headings), self.reading, self.today))

    def _take_files(self):
        """A sheet or file without a list, beside one that has it, says nothing for certain: a drawing has labels, too."""
        with_items = any(table.items for table in self.opened)
        self._doubt_sheets()
        for table in self.opened:
            if table.layout is None and with_items:
                for row in table.above:
                    self.reading.tell("sheet_not_read", f"{table.grid.title}: {row.text}")
                    self._read_terms(row.text)
                continue
            self._take_table(table)

    def _doubt_sheets(self):
        """Lists on several sheets of one file may be one order, or the last one beside it: a person looks at them."""
        for name in dict.fromkeys(self.sheets):
            listed = [table for table, file in zip(self.opened, self.sheets, strict=True) if file == name and table.items]
            if len(listed) < 2:
                continue
            self.reading.tell("several_sheets", f"{name}: {', '.join(table.grid.title for table in listed)}")
            for fact_of in (item.facts for table in listed for item in table.items):
                fact = fact_of.get("quantity")
                if fact and fact.state == TAKEN:
                    fact_of["quantity"] = Fact(fact.value, PROPOSED, fact.unit, written=fact.written, why="several_sheets")

    def _take_table(self, table, given=None):
        self.tables.append(table)
        head = self._read_rows(table.above)
        if any(table.items):
            head |= {name: fact for name, fact in self._read_rows(table.below).items() if name not in head}
        if table.items:
            for name, fact in head.items():
                self._put_head(name, fact)
            for item in table.items:
                for name, fact in (given or {}).items():
                    item.facts.setdefault(name, fact)
            self.reading.items += table.items
        else:
            for name, fact in head.items():
                self._put_head(name, fact)

    def _read_rows(self, rows):
        facts = {}
        for row in rows:
            cells = [cell for cell in row.cells if cell != ""]
            if row.hidden or row.struck:
                self.reading.tell("hidden_row" if row.hidden else "struck_row", f"row {row.no} · {row.text}")
                continue
            place = 0
            while place < len(cells):
                found, rest = read_label(cells[place], self.today) if isinstance(cells[place], str) else ({}, None)
                if not found and place + 1 < len(cells):
                    found, rest = pair(cells[place], cells[place + 1], self.today)
                    place += bool(found)
                if not found:
                    self._read_loose(str(cells[place]))
                if rest:
                    self.rest.append(rest)
                for name, fact in self._doubted(found).items():
                    facts.setdefault(name, fact)
                place += 1
        return facts

    def _doubted(self, found):
        """Return the facts of a label, those that are not certain told beside the original."""
        facts = {name: fact for name, fact in found.items() if name != "_skip"}
        for name, fact in facts.items():
            if fact.state != TAKEN and fact.why:
                self.reading.tell(fact.why, f"{name}: {fact.written}")
        if "remark" in facts:
            self.reading.tell("remark", facts["remark"].value)
        return facts

    def _read_loose(self, text):
        """A title or a note: a number in it, terms in it; the rest is told."""
        self.titles.append(text)
        self.numbers += [("title", number) for number in order_numbers(text)]
        self._read_terms(text)
        self.reading.tell("not_read", text)

    def _read_terms(self, text):
        for name, fact in read_terms(text, self.today, None, self.reading).items():
            if name != "order_number":
                self.reading.head.setdefault(name, fact)
        self._read_core(text)

    def _read_core(self, text):
        match = CORE.search(text)
        if match and (number := number_of(match.group(1), *MARKS)[0]) is not None:
            value = float(number * LENGTHS[unit_name(match.group(2))])
            self.reading.head.setdefault("core_mm", Fact(value, PROPOSED, written=match.group(), why="prose"))

    def _put_head(self, name, fact):
        if name == "order_number":
            self.numbers.append(("label", fact.value))
            return
        before = self.reading.head.get(name)
        if before and before.state == TAKEN and before.value != fact.value:
            self.reading.tell("contradiction", f"{name}: {before.written} / {fact.written}")
            self.reading.head[name] = Fact(None, ASKED, written=f"{before.written} / {fact.written}"[:100], why="contradiction")
        elif not before or before.state != TAKEN:
            self.reading.head[name] = fact

    # Its words

    def _read_blocks(self):
        """The text in its order: what stands between two tables holds for the one below it."""
        grids = [block for kind, block in self.letter.blocks if kind == "grid"]
        given, seen, self.prose, self.papers = {}, 0, [], {}
        several = len(grids) > 1
        for kind, block in self.letter.blocks:
            if kind == "grid":
                seen += 1
                table = Table(renamed(block, self.headings), self.reading, self.today)
                self._take_table(table, given if several else None)
                if not several or not table.items:
                    for name, fact in given.items():
                        self._put_head(name, fact)
                given = {}
                continue
            if kind == "own":
                if not is_greeting(block):
                    self.numbers += [("own", number) for number in order_numbers(block)]
                    self.reading.tell("not_read", block)
                continue
            for sentence in sentences(block):
                found, rest = read_label(sentence, self.today)
                if rest:
                    self.rest.append(rest)
                if found:
                    given |= self._doubted(found)
                elif not is_greeting(sentence):
                    self.prose.append(sentence)
        for name, fact in given.items():
            self._put_head(name, fact)

    def _read_words(self):
        words = "\n".join([*self.prose, *self.rest])
        if len(words) > MAX_PROSE:
            self.reading.tell("cut", words[MAX_PROSE : MAX_PROSE + 200])
            words = words[:MAX_PROSE]
        papers = {name: fact for name, fact in self.reading.head.items() if name in PAPER_FACTS | {"_reel"}}
        reel = papers.pop("_reel", None)
        if not self.reading.items and {"quantity"} <= set(papers):
            for name in [*papers, "_reel"]:
                self.reading.head.pop(name, None)
            if "form" not in papers and "length_mm" in papers:
                papers["form"] = Fact("sheet")
            elif reel or {"diameter_mm", "core_mm"} & set(papers):
                papers["form"] = Fact("reel")
            for name in ("currency", "tax"):
                if name in self.reading.head:
                    papers[name] = self.reading.head.pop(name)
            self._bound(papers)
            self.reading.items = [Item(papers, 1, "1", words[:500])]
        self.reading.head.pop("_reel", None)
        if not self.reading.items and wants_paper(words):
            read_prose(words, self.today, None, self.reading)
        else:
            for name, fact in read_terms(words, self.today, None, self.reading).items():
                if name != "order_number" and not any(name in item.facts for item in self.reading.items):
                    self.reading.head.setdefault(name, fact)
        self.numbers += [("text", number) for number in order_numbers(words)]

    def _bound(self, papers):
        fact = papers.get("quantity")
        form = papers.get("form")
        if fact and fact.value is not None:
            doubt = quantity_doubt(fact.value, fact.unit, form.value if form else "sheet")
            if doubt == "implausible":
                papers["quantity"] = Fact(None, ASKED, written=fact.written, why=doubt)

    def _settle_kind(self):
        reading = self.reading
        if "remark" in reading.head and not reading.items:
            reading.tell("not_read", reading.head["remark"].value)

    def _tell_rest(self):
        reading = self.reading
        for words in self.rest:
            reading.tell("not_read", words)
        for sentence in self.prose:
            reading.tell("not_read", sentence)

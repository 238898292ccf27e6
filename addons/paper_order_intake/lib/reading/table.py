# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rows of a table as items of an order: totals, notes, hidden and struck rows are none, and are told."""

from decimal import Decimal

from .bounds import quantity_doubt
from .cells import number_of
from .dates import day_order
from .figures import KG, QUANTITIES, key, proven_marks, split_unit, unit_name
from .grids import shown
from .headings import NAMES
from .layout import HEAD_ROWS, PAPER, find_layout
from .model import ASKED, PROPOSED, TAKEN, Fact, Item
from .rowcells import Cells

MAX_LAYOUTS = 20  # lists below each other in one table


def _has_figures(row):
    """Say whether a row holds a digit, or a formula.

    >>> from .grids import Row
    >>> _has_figures(Row(1, ["please quote our number"])), _has_figures(Row(2, ["", "80 g"]))
    (False, True)
    """
    return bool(row.formulas) or any(char.isdigit() for cell in row.cells for char in shown(cell))


class Table(Cells):
    """One grid, read: ``above`` and ``below`` are the rows around the list, ``items`` what it orders."""

    def __init__(self, grid, reading, today, marks=frozenset()):
        self.grid, self.reading, self.today = grid, reading, today
        self.above, self.below, self.items, self.numbers = [], [], [], []
        self.layout, self.columns_marks, self.layouts = None, {}, 0
        texts = [cell for row in grid.rows for cell in row.cells if isinstance(cell, str)]
        self.marks = frozenset(proven_marks(self._figures(texts)) or marks)
        self.days = day_order(texts)
        self._read()

    @staticmethod
    def _figures(texts):
        """Cells that are a number with a unit at most: no dates, no telephone numbers."""
        return [split_unit(text)[0] for text in texts if len(split_unit(text)[1]) < 12 and text.count(".") + text.count(",") < 4]

    def _read(self):
        rows, place = self.grid.rows, 0
        while place < len(rows):
            layout = find_layout(rows, place) if place < HEAD_ROWS or self.layout is None else self._again(rows, place)
            if layout and self.layouts < MAX_LAYOUTS:
                if self.layout is None or layout.columns != self.layout.columns:
                    self.layout, self.layouts = layout, self.layouts + 1
                    self._note_columns(rows[place + layout.depth :])
                place += layout.depth
                continue
            row = rows[place]
            if self.layout is None:
                self.above.append(row)
            else:
                self._read_row(row)
            place += 1
        self._check_total()
        self._note_customers()

    def _note_customers(self):
        """Rows of several customers are nobody's order until a person says whose each is."""
        customers = {item.facts.pop("_customer", None) for item in self.items} - {None}
        if len(customers) < 2:
            return
        self.reading.tell("several_customers", " / ".join(sorted(customers)))
        for item in self.items:
            item.facts["customer"] = Fact(None, ASKED, written=item.raw[:100], why="several_customers")

    def _again(self, rows, place):
        row = rows[place]
        return find_layout(rows, place) if row.cells and any(key(str(cell)) in NAMES for cell in row.cells[:3]) else None

    def _note_columns(self, rows):
        for place, column in self.layout.columns.items():
            cells = [row.cell(place) for row in rows]
            if column.field in ("quantity", "price", "width", "reel_width", "length", "diameter", "core", "basis_weight", "size"):
                texts = self._figures([cell for cell in cells if isinstance(cell, str)])
                self.columns_marks[place] = frozenset(proven_marks(texts))
            if not column.field and any(cell != "" for cell in cells) and column.text:
                self.reading.tell("column", column.text)
            if column.other_unit:
                self.reading.tell("contradiction", f"{column.text}: {column.unit} / {column.other_unit}")
        self.named = {self._name(column.field): column.text for column in self.layout.columns.values()}
        self.totals, self.sums = {}, {}
        for place in self.grid.hidden_columns:
            column = self.layout.columns.get(place)
            self.reading.tell("hidden_column", column.text if column else str(place + 1))

    def _read_row(self, row):
        filled = {place: cell for place, cell in enumerate(row.cells) if cell != ""}
        said = f"{self.grid.title}!{row.no}: {row.text}"
        if not filled and not row.formulas:
            return
        if row.hidden or row.struck:
            self.reading.tell("hidden_row" if row.hidden else "struck_row", f"row {row.no} · {said}")
            return
        first = next((cell for cell in filled.values() if isinstance(cell, str)), "")
        if self._is_total(first, filled):
            self.reading.tell("total_row", said)
            self._note_total(row)
            return
        of_paper = {self.layout.columns[place].field for place in {*filled, *row.formulas} if place in self.layout.columns}
        if (
            len(filled) == 1
            and first
            and not of_paper & {"quantity"}
            or not of_paper & PAPER - {"grade"}
            or not _has_figures(row)
        ):
            self.below.append(row)
            return
        self._read_item(row, filled)

    def _is_total(self, first, filled):
        name = key(first)
        named = NAMES.get(name) == "total" or any(
            NAMES.get(name[:length]) == "total" and not name[length:].isalpha() for length in range(2, min(len(name), 12))
        )
        words = {place: cell for place, cell in filled.items() if isinstance(cell, str) and len(cell) < 20}
        said = {place for place, cell in words.items() if NAMES.get(key(cell)) == "total"}
        named = named or bool(said)
        places = {self.layout.columns[place].field for place in filled if place in self.layout.columns and place not in said}
        return named and not ({"basis_weight", "width", "size", "reel_width"} & places)

    def _note_total(self, row):
        for place, column in self.layout.columns.items():
            cell = row.cell(place)
            if column.field == "quantity" and cell != "":
                text, own = split_unit(cell) if isinstance(cell, str) else (cell, "")
                number, _state, _why = number_of(text, self.columns_marks.get(place, frozenset()), self.marks)
                if number is not None:
                    unit = QUANTITIES.get(unit_name(own)) or QUANTITIES.get(unit_name(column.unit), "")
                    self.totals[place] = (number, unit)
                elif text:
                    self.reading.tell("ambiguous", shown(cell))

    def _check_total(self):
        for place, (total, unit) in (self.totals if self.layout else {}).items():
            summed = self.sums.get(place, {})
            mass = unit in KG and all(one in KG for one in summed)
            have = sum(value * KG[one] for one, value in summed.items()) if mass else summed.get(unit, None)
            want = total * KG[unit] if mass else total
            if have is None and unit:
                continue
            if not unit and len(summed) == 1:
                have = next(iter(summed.values()))
            if have is not None and abs(have - want) > Decimal("0.001") * max(abs(want), 1):
                own = have / KG[unit] if mass else have
                self.reading.tell("total_differs", f"{shown(total)} {unit} ≠ {shown(Decimal(str(round(own, 6))))} {unit}")

    # One item

    def _read_item(self, row, filled):
        facts = {"_sheet": self._is_sheet(filled)}
        for place, ref in row.formulas.items():
            column = self.layout.columns.get(place)
            if column and column.field:
                self.reading.tell("formula", f"{ref} · {column.text}")
                if column.field not in ("amount", "index", "quantity", "remark"):
                    self._put(facts, self._name(column.field), Fact(None, ASKED, written=ref, why="formula"))
        for place, column in self.layout.columns.items():
            cell = filled.get(place, "")
            if cell == "" or not column.field:
                continue
            if column.other_unit:
                name = self._name(column.field)
                facts[name] = Fact(None, ASKED, written=shown(cell), why="contradiction")
                continue
            self._read_cell(facts, place, column, cell, filled)
        self._read_description(facts, filled)
        self._calculated(row, facts)
        reel = self._settle_form(facts)
        self._settle_quantity(facts, reel)
        self._note_doubts(row, facts)
        for place, cell in filled.items():
            if place not in self.layout.columns:
                self.reading.tell("cell", f"{self.grid.title}!{row.no}: {shown(cell)}")
        self.items.append(Item(facts, row.no, f"{self.grid.title}!{row.no}", row.text))

    def _is_sheet(self, filled):
        lengths = [place for place, column in self.layout.columns.items() if column.field == "length"]
        return any(shown(filled.get(place, "")) not in ("", "0", "-") for place in lengths)

    def _add_up(self, place, fact, cell):
        number, unit = None, ""
        if fact and fact.value is not None and fact.written == shown(cell):
            number, unit = Decimal(str(fact.value)), fact.unit
        if number is not None:
            sums = self.sums.setdefault(place, {})
            sums[unit] = sums.get(unit, Decimal(0)) + number

    def _calculated(self, row, facts):
        """A quantity that only a formula gives is asked; beside one that is written it is told."""
        if any(self.layout.columns[place].field == "quantity" for place in row.formulas if place in self.layout.columns):
            fact = facts.get("quantity")
            if fact is None:
                ref = next(ref for place, ref in row.formulas.items() if self.layout.columns[place].field == "quantity")
                facts["quantity"] = Fact(None, ASKED, written=ref, why="formula")
            elif fact.state == TAKEN:
                facts["quantity"] = Fact(fact.value, PROPOSED, fact.unit, written=fact.written, why="two_quantities")

    def _settle_form(self, facts):
        """Say whether it is a sheet or a reel, as far as the row says; width alone in a list of reels is a reel."""
        reel = facts.pop("_reel", False)
        facts.pop("_sheet", None)
        low = facts.pop("diameter_min_mm", None)
        if low is not None:
            facts["diameter_mm"] = low
        if "length_mm" in facts:
            if {"diameter_mm", "core_mm"} & set(facts):
                facts["form"] = Fact(None, ASKED, why="sheet_and_reel")
                return False
            if facts["length_mm"].value is not None or facts["length_mm"].state == ASKED and facts["length_mm"].why != "formula":
                facts["form"] = Fact("sheet")
            return False
        width = facts.get("width_mm")
        if width is None:
            return False
        if reel or {"diameter_mm", "core_mm"} & set(facts):
            facts["form"] = Fact("reel")
            return True
        if facts.get("quantity", Fact(None)).unit in ("sheet", "ream"):
            facts["form"] = Fact("sheet")
            return False
        if width.value is not None:
            facts["form"] = Fact("reel", PROPOSED, written=width.written, why="no_length")
            return True
        return False

    def _settle_quantity(self, facts, reel):
        fact = facts.get("quantity")
        if fact is None or fact.value is None:
            return
        doubt = quantity_doubt(fact.value, fact.unit, "reel" if reel else "sheet")
        if doubt == "implausible":
            facts["quantity"] = Fact(None, ASKED, written=fact.written, why="implausible")
        elif doubt == "large" and fact.state == TAKEN:
            facts["quantity"] = Fact(fact.value, PROPOSED, fact.unit, written=fact.written, why="large")

    def _note_doubts(self, row, facts):
        for name, fact in facts.items():
            if isinstance(fact, Fact) and fact.state != TAKEN and fact.why:
                self.reading.tell(fact.why, f"{self.grid.title}!{row.no} {self.named.get(name, name)}: {fact.written}")

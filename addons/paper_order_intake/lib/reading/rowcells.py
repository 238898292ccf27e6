# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The cells of a row by what their columns are."""

import datetime
from decimal import Decimal

from .cells import measured, read_basis, read_description, read_grain, read_price, read_quantity, read_size, read_thickness
from .dates import delivered, read_day
from .figures import QUANTITIES, key, unit_name
from .grids import shown
from .model import ASKED, PROPOSED, Fact

TEXTS = ("grade", "delivery_place", "payment", "trade_term", "remark", "quality", "packing", "certificate", "tolerance")
CUSTOMERS = set("客户 客戶 客户名称 终端客户 需方 买方 采购单位 customer buyer kunde käufer besteller".split())


class Cells:
    """What reads one cell of a table's row into the facts of its item."""

    @staticmethod
    def _name(field):
        return {
            "width": "width_mm", "reel_width": "width_mm", "size": "width_mm", "length": "length_mm", "diameter": "diameter_mm",
            "core": "core_mm", "thickness": "thickness_um",
        }.get(field, field)  # fmt: skip

    def _put(self, facts, name, fact):
        """Two columns of one meaning: the one that is filled counts; two that differ are asked."""
        before = facts.get(name)
        if before is None or before.value is None and fact.value is not None and before.why == "formula":
            facts[name] = fact
        elif before.value != fact.value:
            if name == "quantity":
                self.reading.tell("second_quantity", fact.written)
                facts[name] = Fact(before.value, PROPOSED, before.unit, written=before.written, why="two_quantities")
            else:
                facts[name] = Fact(None, ASKED, written=f"{before.written} / {fact.written}", why="contradiction")

    def _read_cell(self, facts, place, column, cell, filled):
        marks = self.columns_marks.get(place, frozenset()), self.marks
        field = column.field
        if field in ("width", "reel_width", "length"):
            self._read_side(facts, column, cell, marks)
        elif field in ("diameter", "core", "diameter_min", "diameter_max"):
            self._read_round(facts, column, cell, marks)
        elif field == "quantity":
            self._put(facts, field, read_quantity(cell, column.unit or self._unit_beside(place, filled), marks))
            self._add_up(place, facts.get("quantity"), cell)
        elif field == "delivery_date":
            self._put(facts, field, delivered(read_day(self._serial(cell), self.today, self.days), self.today))
        elif field in ("size", "price", "basis_weight", "thickness", "grain"):
            self._read_figure(facts, column, cell, marks)
        else:
            self._read_text(facts, column, cell)

    def _unit_beside(self, place, filled):
        """Return the unit that a column of units names for the figure of a row: of several the one next to it."""
        units = [other for other, column in self.layout.columns.items() if column.field == "unit" and filled.get(other, "") != ""]
        word = shown(filled[min(units, key=lambda other: abs(other - place))]) if units else ""
        return word if unit_name(word) in QUANTITIES else ""

    def _read_description(self, facts, filled):
        """What stands only in the name of the paper or beside its size, as ``80g双胶纸 787×1092``, is proposed."""
        if {"width_mm", "basis_weight"} <= set(facts):
            return
        for place, column in self.layout.columns.items():
            cell = filled.get(place)
            if column.field in ("grade", "size") and isinstance(cell, str):
                found = read_description(cell)
                if "width_mm" in facts:
                    found = {name: fact for name, fact in found.items() if name == "basis_weight"}
                for name, fact in found.items():
                    facts.setdefault(name, fact)

    def _read_side(self, facts, column, cell, marks):
        if shown(cell) == "0":
            return
        bounds = "sheet" if facts.get("_sheet") else "reel"
        self._put(facts, self._name(column.field), measured(cell, column.unit, marks, bounds, default=300))
        if column.field == "reel_width":
            facts["_reel"] = True

    def _read_round(self, facts, column, cell, marks):
        if shown(cell) == "0":
            return
        bounds, only_mm = ("core_mm", 63) if column.field == "core" else ("diameter_mm", 400)
        fact = measured(cell, column.unit, marks, bounds, default=only_mm)
        if column.field == "diameter_min" and "diameter_mm" not in facts:
            facts["diameter_min_mm"] = fact
        else:
            self._put(facts, "core_mm" if column.field == "core" else "diameter_mm", fact)

    def _read_figure(self, facts, column, cell, marks):
        field, unit = column.field, column.unit
        if field == "size":
            found = read_size(cell, unit, marks)
        elif field == "price":
            found = read_price(cell, unit, marks, column.tax)
        elif field == "basis_weight":
            found = {field: read_basis(cell, unit, marks)}
        elif field == "thickness":
            found = {"thickness_um": read_thickness(cell, unit, marks)}
        else:
            found = {field: read_grain(cell)}
        for name, fact in found.items():
            self._put(facts, name, fact)

    def _read_text(self, facts, column, cell):
        field, words = column.field, shown(cell)
        if field == "packages":
            facts["remark"] = self._joined(facts.get("remark"), f"{column.text} {words}")
        elif field in ("order_number", "item_number"):
            facts[field] = Fact(words, written=words)
        elif field == "number":
            facts["_number"] = words
        elif field == "remark":
            facts[field] = self._joined(facts.get(field), words)
        elif field in TEXTS:
            facts[field] = Fact(words, written=words)
        elif field == "party" and key(column.text) in CUSTOMERS:
            facts["_customer"] = words
        elif field == "supplier_item":
            self.reading.tell("column", f"{column.text}: {words}")

    @staticmethod
    def _serial(cell):
        """A workbook's day without its format is a count of days since 1899-12-30.

        >>> Cells._serial(Decimal(46372))
        datetime.date(2026, 12, 16)
        """
        if isinstance(cell, Decimal) and 43000 < cell < 60000 and cell == int(cell):
            return datetime.date(1899, 12, 30) + datetime.timedelta(days=int(cell))
        return cell

    @staticmethod
    def _joined(before, words):
        words = f"{before.value}; {words}" if before else words
        return Fact(words, written=words)

"""Lists of paper as buyers make them, at random, together with what each of them says."""

import datetime
from dataclasses import dataclass, field

from mail_files import Grid
from trade_words import GRADES, HEADINGS, PAYMENTS, PLACES, REMARKS, SIZES, UNITS

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MILLIMETRES = {"mm": 1, "cm": 10, "inch": 25.4}
CURRENCY = {"zh": ("CNY", "元"), "de": ("EUR", "EUR")}


@dataclass
class Can:
    """What a kind of file can carry."""

    typed: bool = False  # numbers and dates as such
    merges: bool = False
    hidden: bool = False
    struck: bool = False
    two_rows: bool = False  # a heading of two rows
    unit_row: bool = False
    above: bool = True  # facts of the whole order above the list
    contradiction: bool = False  # the heading and the row of units name different units of the quantity
    apart: bool = True  # their labels in one cell, their values in the next


@dataclass
class Written:
    """A list and what it says."""

    grid: Grid
    lines: list  # of {"where": row, "facts": {…}}
    head: dict
    number: dict | None  # the order number as the list says it
    not_lines: list
    told: list
    sums: dict | None
    heading_rows: set


@dataclass
class Column:
    name: str
    heading: str
    unit: str = ""  # as written
    unit_in: str = ""  # heading, row, cell or nowhere
    values: list = field(default_factory=list)  # (what is written, what it means), one for each row


def certain(value, **more):
    return {"class": "certain", "value": value, **more}


def proposed(value, **more):
    return {"class": "proposed", "value": value, **more}


def asked(why, *values, **more):
    return {"class": "asked", "why": why, **more, **({"may_propose": list(values)} if values else {})}


# --- numbers and dates -----------------------------------------------------------------------------------------------------


def number_text(value, style):
    """Write a number: `us` 1,234.5, `de` 1.234,5, `blank` 1 234.5, `plain` 1234.5, `comma` 1234,5."""
    text = f"{value:,.2f}" if abs(value - round(value, 1)) > 1e-9 else f"{value:,.1f}" if value % 1 else f"{int(value):,}"
    if style == "us":
        return text
    if style == "de":
        return text.translate(str.maketrans(",.", ".,"))
    if style == "blank":
        return text.replace(",", " ")
    text = text.replace(",", "")
    return text.replace(".", ",") if style == "comma" else text


def is_ambiguous(text):
    """Return whether the only separator in a number may be of thousands or of decimals."""
    for mark in ".,":
        if text.count(mark) == 1 and not text.count(".,".replace(mark, "")):
            before, after = text.split(mark)
            return len(after) == 3 and before.isdigit() and len(before) <= 3 and not before.startswith("0")
    return False


def settles(text):
    """Return whether a number shows which mark is the decimal one."""
    return ("." in text or "," in text) and not is_ambiguous(text)


def number_fact(text, fact, by_column, by_document):
    """Return the fact of a number; whether its column, or at least the whole list, settles what the marks are."""
    if not is_ambiguous(text) or by_column:
        return {"class": "certain", **fact}
    if by_document:
        return {"class": "proposed", **fact, "written": text, "may_be_taken": True}
    other = {**fact, "value": round(fact["value"] / 1000, 6)}
    return asked("thousands or decimals", fact, other, written=text)


def day_text(rng, language, day):
    """Return a date as written, whether its day and month can be exchanged, and whether its year is missing."""
    year, month, number = day.year, day.month, day.day
    name = MONTHS[month - 1]
    choices = {
        "zh": [f"{year}年{month}月{number}日", day.isoformat(), f"{year}/{month}/{number}", f"{month}月{number}日"],
        "en": [f"{number} {name} {year}", day.isoformat(), f"{name} {number}, {year}", f"{month:02}/{number:02}/{year}"],
        "de": [f"{number:02}.{month:02}.{year}", day.isoformat(), f"{number}.{month}.{year}"],
    }[language]
    return rng.randrange(len(choices)), choices


def day_fact(text, day):
    """Return the fact of one date as written."""
    if "/" in text and text.index("/") == 2 and day.day <= 12 and day.day != day.month:
        other = day.replace(month=day.day, day=day.month)
        return asked("day and month can be exchanged", *({"value": d.isoformat()} for d in (day, other)), written=text)
    if "年" not in text and "月" in text:
        return proposed(day.isoformat(), written=text, may_be_taken=True)
    return certain(day.isoformat())


# --- a list ----------------------------------------------------------------------------------------------------------------


class ListWriter:
    def __init__(self, rng, language, can, number, count=None):
        self.rng, self.language, self.can, self.number = rng, language, can, number
        self.words, self.units = HEADINGS[language], UNITS[language]
        self.reel = rng.random() < 0.4
        self.count = count or rng.randint(2, 7)
        # A writer keeps to one way of writing numbers.
        self.style = rng.choice(["de", "comma", "de"] if language == "de" else ["us", "plain", "blank"])
        self.typed = can.typed and rng.random() < 0.6
        self.unit_row = can.unit_row
        self.told, self.not_lines, self.head = [], [], {}

    def heading(self, name):
        return self.rng.choice(self.words[name])

    def column(self, name, unit=None, nowhere=0.0):
        column = Column(name, self.heading("reel" if name == "width" and self.reel else name))
        if unit:
            column.unit = self.rng.choice(self.units[unit])
            roll = self.rng.random()
            column.unit_in = "row" if self.unit_row else "nowhere" if roll < nowhere else "cell" if roll < 0.25 else "heading"
        return column

    def cell(self, value, column):
        """Return what stands in a cell: a number, its text, or its text with a unit."""
        if column.unit_in == "cell":
            return f"{number_text(value, self.style)}{self.rng.choice(['', ' '])}{column.unit}"
        return value if self.typed else number_text(value, self.style)

    # Each of the following adds one column or a few.

    def grades(self):
        column, weights = self.column("grade"), self.column("basis_weight", "gsm")
        for _ in range(self.rows):
            grade, choices = self.rng.choice(GRADES[self.language][self.reel])
            weight = self.rng.choice(choices)
            column.values.append((grade, {"grade": certain(grade)}))
            weights.values.append((self.cell(weight, weights), {"basis_weight": certain(weight)}))
        return [column, weights]

    def sizes(self):
        unit = self.rng.choice(["mm", "mm", "cm", "inch"])
        if self.reel:
            return self.reel_sizes(unit)
        pairs = [self.rng.choice(SIZES["inch" if unit == "inch" else "mm"]) for _ in range(self.rows)]
        factor = MILLIMETRES[unit]
        shown = [(w / 10, h / 10) if unit == "cm" else (w, h) for w, h in pairs]
        shown = [tuple(int(x) if x == int(x) else x for x in pair) for pair in shown]
        facts = [(round(w * factor, 1), round(h * factor, 1)) for w, h in shown]
        if self.rng.random() < 0.4 and not self.unit_row:
            return [self.one_size(unit, shown, facts)]
        found = []
        for place, name in enumerate(["width", "length"]):
            column = self.column(name, unit, nowhere=0.1)
            for pair, millimetres in zip(shown, facts, strict=True):
                column.values.append((self.plain_cell(pair[place], column), {f"{name}_mm": certain(millimetres[place])}))
            found.append(self.unsure(column, unit))
        return found

    def unsure(self, column, unit):
        """Where no unit is written, millimetres are what the trade means, and everything else is asked."""
        if column.unit_in != "nowhere":
            return column
        for index, (written, facts) in enumerate(column.values):
            for name, fact in facts.items():
                if unit == "mm":
                    facts[name] = proposed(fact["value"], may_be_taken=True, why="no unit")
                else:
                    facts[name] = asked("no unit", {"value": fact["value"]}, written=str(written))
            if unit != "mm" and not any(told["mentions"] == [column.heading] for told in self.told):
                self.told.append({"what": "no unit", "mentions": [column.heading]})
            column.values[index] = (written, facts)
        return column

    def plain_cell(self, value, column):
        """A measure is never written with thousands."""
        if column.unit_in == "cell" or not self.typed:
            text = number_text(value, "comma" if self.style in ("de", "comma") else "plain")
            return f"{text}{self.rng.choice(['', ' '])}{column.unit}" if column.unit_in == "cell" else text
        return value

    def one_size(self, unit, shown, facts):
        column = self.column("size", unit, nowhere=0.15)
        by = self.rng.choice(["×", "x", "*", " x ", "X", " × "])
        style = "comma" if self.style in ("de", "comma") else "plain"
        for pair, (width, length) in zip(shown, facts, strict=True):
            text = by.join(number_text(value, style) for value in pair)
            text += f" {column.unit}" if column.unit_in == "cell" else ""
            column.values.append((text, {"width_mm": certain(width), "length_mm": certain(length)}))
        return self.unsure(column, unit)

    def reel_sizes(self, unit):
        found = [self.column("width", unit, nowhere=0.1)]
        for _ in range(self.rows):
            width = self.rng.randrange(600, 2801, 10) if unit != "inch" else self.rng.randrange(48, 221) / 2
            width = width / 10 if unit == "cm" else width
            width = int(width) if width == int(width) else width
            millimetres = round(width * MILLIMETRES[unit], 1)
            found[0].values.append((self.plain_cell(width, found[0]), {"width_mm": certain(millimetres)}))
        self.unsure(found[0], unit)
        if self.rng.random() < 0.7:
            column, size = self.column("diameter", "mm"), self.rng.choice([1000, 1100, 1150, 1200, 1250])
            column.values = [(self.plain_cell(size, column), {"diameter_mm": certain(size)}) for _ in range(self.rows)]
            found.append(column)
        if self.rng.random() < 0.6:
            found.append(self.cores(self.rng.choice(["mm", "inch"])))
        said = len(found) > 1 or any(word in found[0].heading for word in ("Reel", "Rolle", "Bahn"))
        self.head["form"] = certain("reel") if said else proposed("reel", may_be_taken=True)
        return found

    def cores(self, unit):
        column, inch = self.column("core", unit), self.rng.choice([3, 4])
        good = {3: 76, 4: 102}[inch]
        wrong = self.rng.randrange(self.rows) if unit == "mm" and self.rng.random() < 0.3 else None
        for row in range(self.rows):
            if row == wrong:
                fact = asked("no core is that narrow", {"value": good}, {"value": inch * 25.4}, written=str(inch))
                column.values.append((self.plain_cell(inch, column), {"core_mm": fact}))
                continue
            value = good if unit == "mm" else inch
            fact = certain(good) if unit == "mm" else certain(round(inch * 25.4, 1), also=[good])
            column.values.append((self.plain_cell(value, column), {"core_mm": fact}))
        return column

    def quantities(self):
        choices = ["t", "t", "kg"] + (["ream", "sheet"] if not self.reel else []) + (["lb"] if "lb" in self.units else [])
        self.unit = self.rng.choice(["t", "kg"] if self.can.contradiction else choices)
        column = self.column("quantity", self.unit, nowhere=0.1)
        for _ in range(self.rows):
            value = {
                "t": self.rng.randrange(8, 160) / 4,
                "kg": self.rng.choice([self.rng.randrange(2000, 40000, 500), self.rng.randrange(40000, 400000) / 10]),
                "lb": self.rng.randrange(4000, 44000, 500),
                "ream": self.rng.randrange(100, 900, 10),
                "sheet": self.rng.randrange(5000, 90000, 500),
            }[self.unit]
            value = int(value) if value == int(value) else value
            column.values.append((self.cell(value, column), {"quantity": {"value": value, "unit": self.unit}}))
        return column

    def prices(self):
        per = {"ream": "ream", "sheet": None}.get(self.unit, "t")
        if per is None:
            return None
        code, sign = CURRENCY.get(self.language) or self.rng.choice([("USD", "USD"), ("EUR", "EUR")])
        column = self.column("price")
        column.unit, column.unit_in = f"{sign}/{self.rng.choice(self.units[per])}", "row" if self.unit_row else "heading"
        for _ in range(self.rows):
            value = self.rng.randrange(180, 420) if per == "ream" else self.rng.randrange(450, 1400)
            value = value * 7 if self.language == "zh" and per == "t" else value
            column.values.append((self.cell(value, column), {"price": {"value": value, "per": per}}))
        self.head["currency"] = certain(code)
        if column.heading.startswith("含税"):
            self.head["tax"] = certain("included")
        return column

    def dates(self):
        column = self.column("delivery_date")
        days = [datetime.date(2026, 12, 14), datetime.date(2027, 1, 8), datetime.date(2027, 2, 24)]
        style, _ = day_text(self.rng, self.language, days[0])
        typed, written = self.typed and self.rng.random() < 0.5, []
        for _ in range(self.rows):
            day = self.rng.choice(days) + datetime.timedelta(self.rng.randrange(6))
            text = day_text(self.rng, self.language, day)[1][style]
            written.append((day, text))
        settled = any("/" in text and day.day > 12 for day, text in written)
        for day, text in written:
            fact = certain(day.isoformat()) if typed else day_fact(text, day)
            if settled and fact["class"] == "asked":
                fact = proposed(day.isoformat(), written=text, may_be_taken=True, why="other dates of the column settle it")
            column.values.append((day if typed else text, {"delivery_date": fact}))
        return column

    def texts(self, name, choices, often=1.0):
        column = self.column(name)
        for _ in range(self.rows):
            value = self.rng.choice(choices) if self.rng.random() < often else None
            column.values.append((value, {name: certain(value)} if value else {}))
        return column

    def columns(self):
        """Return the columns in the writer's order."""
        self.head["form"] = certain("sheet")
        rng, middle = self.rng, [*self.grades(), *self.sizes(), self.quantities()]
        if rng.random() < 0.5:
            middle += [column for column in [self.prices()] if column]
        if rng.random() < 0.6:
            middle.append(self.dates())
        if rng.random() < 0.2:
            middle.append(self.texts("delivery_place", PLACES[self.language]))
        if rng.random() < 0.3:
            items = [f"{rng.choice('KMPR')}{rng.randrange(10, 99)}-{rng.randrange(1000, 9999)}" for _ in range(self.rows)]
            middle.append(self.texts("item_number", items))
        if rng.random() < 0.4:
            middle.append(self.texts("remark", REMARKS[self.language], 0.5))
        first = []
        if rng.random() < 0.5:
            first.append(Column("index", self.heading("index"), values=[(str(n), {}) for n in range(1, self.rows + 1)]))
        self.number_in = rng.choice(["column", "above", "mail"]) if self.can.above else rng.choice(["column", "mail"])
        if self.number_in == "column":
            first.append(Column("order_number", self.heading("order_number"), values=[(self.number, {})] * self.rows))
        return first + middle

    def write(self):
        """Return the list and what it says."""
        spare = [mark for mark in ("hidden", "struck") if getattr(self.can, mark) and self.rng.random() < 0.3]
        self.rows = self.count + len(spare)
        columns = self.columns()
        marks = dict(zip(self.rng.sample(range(self.rows), len(spare)), spare, strict=True))
        rows, merges, heading_rows = self.rows_above(columns)
        heading_rows |= self.write_headings(rows, merges, columns)
        grid = Grid(rows, name=self.rng.choice(["Sheet1", "PO", "Order"]), merges=merges if self.can.merges else [])
        self.settle(columns, marks)
        lines, total = [], []
        for index in range(self.rows):
            rows.append([column.values[index][0] for column in columns])
            facts = {name: fact for column in columns for name, fact in column.values[index][1].items()}
            if index in marks:
                self.leave_out(grid, marks[index], len(rows), columns, index)
                continue
            lines.append({"where": f"{grid.name}!{len(rows)}" if self.can.typed else str(len(rows)), "facts": facts})
            total.append((len(rows), facts["quantity"]))
        sums = self.write_total(grid, columns, total)
        number = certain(self.number) if self.number_in != "mail" else None
        return Written(grid, lines, self.head, number, self.not_lines, self.told, sums, heading_rows)

    def settle(self, columns, marks):
        """Give quantities and prices their class, by what the visible rows say of separators and units."""
        shown = {column.name: [str(v[0]) for v in column.values if isinstance(v[0], str)] for column in columns}
        figures = ("quantity", "price", "width", "length", "size")
        strip = {name: [bare(part) for text in shown.get(name, []) for part in parts(text)] for name in figures}
        settled = {name: any(map(settles, texts)) for name, texts in strip.items()}
        for column in columns:
            if column.name not in ("quantity", "price"):
                continue
            for index, (written, facts) in enumerate(column.values):
                fact = facts[column.name]
                text = bare(written) if isinstance(written, str) else ""
                found = number_fact(text, fact, settled[column.name], any(settled.values()))
                if self.can.contradiction and column.name == "quantity":
                    values = [{"value": fact["value"], "unit": unit} for unit in ("t", "kg")]
                    found = asked("the heading and the row of units contradict each other", *values, written=str(written))
                elif column.unit_in == "nowhere":
                    values = [{"value": fact["value"], "unit": unit} for unit in ("t", "kg", "ream", "sheet", "lb")]
                    values += found.get("may_propose", []) if found["class"] == "asked" else []
                    found = asked("no unit", *values, written=str(written))
                if index not in marks and found["class"] == "asked":
                    what = "no unit" if column.unit_in == "nowhere" else "ambiguous"
                    what = "contradiction" if "contradict" in found["why"] else what
                    self.told.append({"what": what, "mentions": [str(written), column.heading]})
                column.values[index] = (written, {column.name: found})

    def leave_out(self, grid, mark, row, columns, index):
        (grid.hidden if mark == "hidden" else grid.struck).add(row)
        words = next(str(column.values[index][0]) for column in columns if column.name == "quantity")
        self.not_lines.append({"why": mark, "written": words, "where": str(row)})
        rows = [f"row {row}", f"第{row}行", f"Zeile {row}", f"A{row}"] if self.can.typed else []
        self.told.append({"what": f"{mark} row", "mentions": [*rows, words]})

    def rows_above(self, columns):
        rows, merges, width = [], [], len(columns)
        if not self.can.above or self.rng.random() < 0.35:
            if self.number_in == "above":
                self.number_in = "mail"
            return rows, merges, set()
        title = self.heading("title")
        rows.append([title] + [None] * (width - 1))
        merges.append((1, 1, 1, width))
        self.not_lines.append({"why": "title", "written": title, "where": "1"})
        colon = "：" if self.language == "zh" else ": "
        facts = []
        if self.number_in == "above":
            facts.append((self.heading("order_number"), self.number, None))
        if self.rng.random() < 0.6:
            facts.append((self.heading("payment"), self.rng.choice(PAYMENTS[self.language]), "payment"))
        if self.rng.random() < 0.5 and not any(column.name == "delivery_place" for column in columns):
            facts.append((self.heading("delivery_place"), self.rng.choice(PLACES[self.language]), "delivery_place"))
        apart = self.can.apart and self.rng.random() < 0.5
        for label, value, name in facts:
            cells = [label + colon.strip(), value] if apart else [f"{label}{colon}{value}", None]
            rows.append(cells + [None] * (width - 2))
            if name:
                self.head[name] = certain(value)
        if self.rng.random() < 0.5:
            rows.append([None] * width)
        return rows, merges, set()

    def write_headings(self, rows, merges, columns):
        form = self.rng.choice(["{}({})", "{}（{}）", "{} ({})", "{}/{}", "{} [{}]"])
        with_unit = [column.unit_in == "heading" for column in columns]
        names = [form.format(c.heading, c.unit) if unit else c.heading for c, unit in zip(columns, with_unit, strict=True)]
        if self.can.contradiction:
            place = next(n for n, column in enumerate(columns) if column.name == "quantity")
            names[place] = form.format(names[place], self.rng.choice(self.units["kg" if self.unit == "t" else "t"]))
        if not self.can.two_rows:
            rows.append(names)
            if self.unit_row:
                rows.append([column.unit if column.unit_in == "row" else None for column in columns])
                words = next(column.unit for column in columns if column.unit_in == "row")
                self.not_lines.append({"why": "unit row", "written": words, "where": str(len(rows))})
            return {len(rows)}
        of_size = ("basis_weight", "size", "width", "length", "diameter", "core")
        inside = [n for n, column in enumerate(columns) if column.name in of_size]
        above = {"zh": "规格", "en": "Specification", "de": "Spezifikation"}[self.language]
        first, last, top = inside[0], inside[-1], len(rows) + 1
        rows.append([above if n == first else None if n in inside else name for n, name in enumerate(names)])
        rows.append([name if n in inside else None for n, name in enumerate(names)])
        if last > first:
            merges.append((top, first + 1, top, last + 1))
        merges.extend((top, n + 1, top + 1, n + 1) for n in range(len(names)) if n not in inside)
        self.not_lines.append({"why": "heading", "written": names[first], "where": str(len(rows))})
        return {top, top + 1}

    def write_total(self, grid, columns, total):
        place = next(n for n, column in enumerate(columns) if column.name == "quantity")
        unit_cell = columns[place].unit_in == "cell"
        if any(fact["class"] == "asked" for _, fact in total) or place == 0:
            return None
        value = round(sum(fact["value"] for _, fact in total), 2)
        decimal = "," if self.style in ("de", "comma") else "."
        sums = {"column": place + 1, "rows": [row for row, _ in total], "decimal": decimal, "quantity": value, "unit": self.unit}
        if self.rng.random() < 0.35:
            return sums
        agrees = self.rng.random() < 0.65
        written = value if agrees else round(value + self.rng.choice([10, 100, -1, 0.5]), 2)
        shown = int(written) if written == int(written) else written
        text = f"{number_text(shown, self.style)} {columns[place].unit}" if unit_cell else self.cell(shown, columns[place])
        label = self.heading("total")
        grid.rows.append([label if n == 0 else text if n == place else None for n in range(len(columns))])
        self.not_lines.append({"why": "total", "written": label, "where": str(len(grid.rows))})
        if not agrees:
            found = {number_text(figure, style) for figure in (written, value) for style in ("us", "de", "plain", "comma")}
            self.told.append({"what": "total differs", "mentions": sorted(found | {str(text)})})
        return {**sums, "total_row": len(grid.rows), "written_total": written, "agrees": agrees}


def bare(text):
    """Return a number without its unit and its blanks."""
    return "".join(sign for sign in text.replace(" ", "") if sign.isdigit() or sign in ".,").strip(".,")


def parts(text):
    for by in "×xX*":
        text = text.replace(by, "|")
    return text.split("|")

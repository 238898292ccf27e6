"""What a database holds, row by row, and what became of it: plain comparison of two databases, for the test of upgrades.

What may differ stands by name, with its reason, in tests/upgrade/allowed.toml.
"""

import subprocess
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from ..postgres import cluster

# Models whose table is not called after them.
TABLES = {
    "ir.actions.act_window": "ir_act_window",
    "ir.actions.report": "ir_act_report_xml",
    "ir.actions.server": "ir_act_server",
    "ir.actions.client": "ir_act_client",
    "ir.actions.act_url": "ir_act_url",
    "ir.actions.act_window.view": "ir_act_window_view",
    "ir.actions.todo": "ir_actions_todo",
}
COLUMNS = """
select c.table_name, c.column_name from information_schema.columns c
  join information_schema.tables t using (table_schema, table_name)
 where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2
"""
REFERENCES = """
select c.conrelid::regclass, a.attname, c.confrelid::regclass
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
 where c.contype = 'f' and c.connamespace = 'public'::regnamespace
"""
NAMES = "select model, res_id, module, name, coalesce(noupdate, false) from ir_model_data where res_id is not null"
MARK = "=== "


def table_of(model):
    return TABLES.get(model) or model.replace(".", "_")


@dataclass(frozen=True)
class Name:
    """One external name of a record."""

    module: str
    name: str
    kept: bool = field(compare=False)  # the addon's file gives the record once and leaves it to people from then on

    def __str__(self):
        return f"{self.module}.{self.name}"


@dataclass
class Holdings:
    """What stands in the tables of a database."""

    columns: dict  # table -> names of columns
    rows: dict  # table -> {key: values}; the key is the id, or the whole row where there is none
    names: dict  # (table, id) -> [Name]
    references: dict = field(default_factory=dict)  # table -> {column: table that it points to}

    @classmethod
    def of(cls, database, left_out=()):
        """Read a database of the test cluster.

        :param left_out: tables that are not read
        """
        columns = defaultdict(list)
        for table, column in cluster("test").query(database, COLUMNS):
            if table not in left_out:
                columns[table].append(column)
        rows = {}
        for table, lines in _copied(database, columns):
            place = columns[table].index("id") if "id" in columns[table] else None
            values = [tuple(line.split("\t")) for line in lines]
            rows[table] = {row[place] if place is not None else "\t".join(row): row for row in values}
        names = defaultdict(list)
        for model, res_id, module, name, kept in cluster("test").query(database, NAMES):
            names[(table_of(model), res_id)].append(Name(module, name, kept == "t"))
        references = defaultdict(dict)
        for table, column, target in cluster("test").query(database, REFERENCES):
            references[table][column] = target
        return cls(dict(columns), rows, dict(names), dict(references))

    def places(self, table, row):
        """Yield the (table, id) that a row points to, by its foreign keys or by a model's name and an id."""
        values = dict(zip(self.columns[table], row, strict=True))
        for column, target in self.references.get(table, {}).items():
            yield target, values.get(column)
        for column in ("res_model", "model"):
            if "res_id" in values and column in values:
                yield table_of(values[column]), values["res_id"]

    @property
    def count(self):
        return sum(map(len, self.rows.values()))


def _copied(database, columns):
    """Yield (table, lines) of all tables, read by one psql."""
    server = cluster("test")
    script = "".join(
        f'\\echo {MARK}{table}\ncopy (select {", ".join(f"{chr(34)}{c}{chr(34)}" for c in names)} from "{table}") to stdout;\n'
        for table, names in columns.items()
    )
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as out:
        subprocess.run(
            [server.programs / "psql" if server.programs else "psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", database, "-f", "-"],
            input=script,
            stdout=out,
            env=server.environment(),
            text=True,
            check=True,
        )
        out.seek(0)
        table, lines = None, []
        for line in out:
            line = line.removesuffix("\n")
            if line.startswith(MARK):
                if table:
                    yield table, lines
                table, lines = line.removeprefix(MARK), []
            else:
                lines.append(line)
        if table:
            yield table, lines


@dataclass
class Allowed:
    """What may differ after an upgrade: each with its reason."""

    tables: dict  # not compared at all
    defined: dict  # given by addons' files: what a file gives may be another by now
    columns: dict  # table.column, with wildcards
    gone: dict  # external names of records that are gone, with wildcards
    new: dict  # tables that get rows that no file gives

    def column(self, table, column):
        return any(fnmatchcase(f"{table}.{column}", pattern) for pattern in self.columns)

    def is_gone(self, names):
        return any(fnmatchcase(str(name), pattern) for name in names for pattern in self.gone)


@dataclass
class Difference:
    """What a comparison brought."""

    counts: Counter = field(default_factory=Counter)
    complaints: list = field(default_factory=list)

    def complain(self, sentence, rows=()):
        self.complaints.append([sentence, *rows])


def compare(before, after, allowed, strict=False):
    """Compare what a database held with what it holds now.

    :param strict: nothing of what addons' files give may differ either: the same code was there before
    :return: :class:`Difference`
    """
    found = Difference()
    for table in sorted(before.rows):
        if table in allowed.tables:
            continue
        if table not in after.rows:
            found.complain(f"the table {table} with {len(before.rows[table])} rows is gone")
            continue
        found.counts["tables"] += 1
        _compare_table(table, before, after, allowed, strict, found)
    if strict:
        for table in sorted(after.rows.keys() - before.rows.keys() - allowed.tables.keys()):
            found.complain(f"the table {table} is new")
    return found


def _compare_table(table, before, after, allowed, strict, found):
    old, new = before.rows[table], after.rows[table]
    lost = [column for column in before.columns[table] if column not in after.columns[table]]
    for column in lost:
        place = before.columns[table].index(column)
        filled = sum(row[place] != r"\N" for row in old.values())
        if filled and not allowed.column(table, column):
            found.complain(f"{table}: the column {column} with {filled} values is gone")
    if "id" not in before.columns[table]:
        _compare_pairs(table, before, after, allowed, strict, found)
        return
    gone = [key for key in old if key not in new and not allowed.is_gone(before.names.get((table, key), ()))]
    if gone:
        found.complain(f"{table}: {len(gone)} of {len(old)} records are gone", [_called(before, table, key) for key in gone[:8]])
    added = [key for key in new if key not in old and (strict or not _is_expected(table, key, before, after, allowed))]
    if added:
        found.complain(f"{table}: {len(added)} records are new", [_called(after, table, key) for key in added[:8]])
    found.counts["records"] += len(old)
    found.counts["records gone as named in allowed.toml"] += sum(key not in new for key in old) - len(gone)
    found.counts["records new by the files of addons"] += sum(key not in old for key in new) - len(added)
    _compare_values(table, before, after, allowed, strict, found)


def _compare_values(table, before, after, allowed, strict, found):
    old, new = before.rows[table], after.rows[table]
    shared = [
        (column, before.columns[table].index(column), after.columns[table].index(column))
        for column in before.columns[table]
        if column in after.columns[table] and not allowed.column(table, column)
    ]
    changed = defaultdict(list)
    for key in old.keys() & new.keys():
        names = before.names.get((table, key), ())
        if not strict and table in allowed.defined and names and not all(name.kept for name in names):
            found.counts["records given anew by the files of addons"] += 1
            continue
        differing = [column for column, place, now in shared if old[key][place] != new[key][now]]
        found.counts["records as they were"] += not differing
        for column in differing:
            changed[column].append(key)
    for column, keys in sorted(changed.items()):
        was, now = before.columns[table].index(column), after.columns[table].index(column)
        found.complain(
            f"{table}.{column}: {len(keys)} of {len(old)} records differ",
            [f"{_called(before, table, key)}: {_short(old[key][was])} -> {_short(new[key][now])}" for key in sorted(keys)[:5]],
        )


def _compare_pairs(table, before, after, allowed, strict, found):
    """Compare a table of pairs: what belongs to records that files give may come and go with these files."""
    old, new = before.rows[table], after.rows[table]
    if before.columns[table] != after.columns[table]:
        found.complain(f"{table}: its columns are others now: {before.columns[table]} -> {after.columns[table]}")
        return
    found.counts["pairs"] += len(old)
    gone = [key for key in old if key not in new]
    if gone and (strict or table not in allowed.defined):
        found.complain(f"{table}: {len(gone)} of {len(old)} pairs are gone", gone[:8])
    added = [key for key in new if key not in old and (strict or not _is_expected(table, key, before, after, allowed))]
    if added:
        found.complain(f"{table}: {len(added)} pairs are new", added[:8])


def _is_expected(table, key, before, after, allowed):
    """Say whether a new row is given by a file, or belongs to a record that is."""
    if table in allowed.new or table in allowed.defined and "id" not in after.columns[table] or after.names.get((table, key)):
        return True
    return any(
        place in after.names and place[1] not in before.rows.get(place[0], {})
        for place in after.places(table, after.rows[table][key])
    )


def compare_names(before, after, allowed):
    """Return the records that have lost a name: `[sentences]`. An addon may hand a name over, the name itself stays."""
    lost = []
    for (table, key), names in before.names.items():
        if table in allowed.tables or key not in after.rows.get(table, ()):
            continue
        now = {name.name for name in after.names.get((table, key), ())}
        lost += [f"{name} ({table} {key})" for name in names if name.name not in now and not allowed.is_gone([name])]
    return lost


def moved(before, after):
    """Count the records whose names went from one addon to another: `{(old, new): number}`."""
    count = Counter()
    for place, names in before.names.items():
        now = after.names.get(place, ())
        fresh = Counter(name.name for name in now if name not in names)
        left = Counter(name.name for name in names if name not in now)
        # A field that several addons extend has one name in each: which of them went where nobody can tell.
        sure = {name for name in fresh if fresh[name] == left[name] == 1}
        where = {name.name: name.module for name in now if name not in names}
        count.update((name.module, where[name.name]) for name in names if name not in now and name.name in sure)
    return count


def _called(holdings, table, key):
    names = " ".join(map(str, holdings.names.get((table, key), ())))
    return f"{table} {key} {names}".strip()


def _short(text):
    return text if len(text) <= 60 else f"{text[:57]}..."

"""What an addon held and another one holds now, or an addon that is only called otherwise.

A mill that is upgraded knows its records by names of the addon that made them. When a concept gets an addon of its own, these
names go with it; otherwise Odoo takes the records for gone at the end of the upgrade, deletes them, and makes new ones: with
what people had set in them lost, and groups without their users.
"""

import csv
import sys
from collections import defaultdict

from lxml import etree
from odoo.modules.module import Manifest, load_openerp_module
from odoo.orm.models import MetaModel
from odoo.orm.registry import Registry
from odoo.tools import file_open

NAMED = ("record", "template", "menuitem", "asset")
PRESENT = ("installed", "to upgrade", "to install")


def hand_over(cr, old, new):
    """Let everything that `new` declares, and `old` has declared until now, belong to `new`; install `new` with the rest.

    Where `new` comes after `old`, or beside it, this is called in a pre-migration of `old`: views that left must not be known
    as `old`'s any more when its own are checked. Where `old` depends on `new`, it is called in the `pre_init_hook` of `new`.

    Nothing happens in a database in which `old` never was, and nothing more the second time. An addon that comes by itself
    (`auto_install`) is installed where all that it joins is there.
    """
    cr.execute("SELECT FROM ir_module_module WHERE name = %s AND state IN %s", [old, PRESENT])
    if not cr.rowcount or not _install(cr, new):
        return
    _load_python(new)
    names = _Names(new)
    _hand_over_names(cr, old, new, names)
    _hand_over_tables(cr, old, new, names)


def rename_addon(cr, old, new):
    """Let everything of `old` belong to `new`: the addon is the same, only its name is another.

    It is called in a pre-migration of paper_base, which is loaded before all others of ours. Odoo has read by then that `new`
    exists, and may be about to install it: it goes on doing so, but finds all records there.
    """
    cr.execute("SELECT id, state, latest_version, demo FROM ir_module_module WHERE name = %s", [old])
    row = cr.fetchone()
    if not row or not Manifest.for_addon(new, display_warning=False):
        return
    old_id, state, version, demo = row
    if state in PRESENT:
        _hand_over_all(cr, old, new)
        # Where it is already to be installed, Odoo has it in its plan as such; else it is upgraded from the version that it had.
        cr.execute(
            """UPDATE ir_module_module
                  SET state = CASE state WHEN 'uninstalled' THEN 'to upgrade' ELSE state END,
                      latest_version = CASE state WHEN 'uninstalled' THEN %s ELSE latest_version END,
                      demo = %s
                WHERE name = %s AND state IN ('uninstalled', 'to install')""",
            [version, demo, new],
        )
    cr.execute("DELETE FROM ir_model_data WHERE module = 'base' AND model = 'ir.module.module' AND res_id = %s", [old_id])
    cr.execute("DELETE FROM ir_module_module WHERE id = %s", [old_id])


def kept(env, data_list):
    """Say whether these records of a data file were handed over: what people may have changed in them is left as it is.

    An addon that is installed afresh writes its records as they stand in its files; here they were there before it.
    """
    known = getattr(env.registry, "paper_handed_over", ())
    return bool(known) and all(data.get("xml_id") in known for data in data_list)


class _Names:
    """What an addon declares: in its data files, and in its classes.

    What Odoo notes at other models for being extended stays out: it notes that anew, before it looks for what is gone.
    """

    def __init__(self, addon):
        self.records = set(_data_names(addon))
        self.models = {}  # of its own: {model: table}
        self.prefixes = set()  # of all that belongs to its own models, and of the values of its selections
        self.constraints = set()
        self.relations = set()  # "model,field"
        for cls in MetaModel._module_to_models__.get(addon, []):
            self._add(cls)

    def _add(self, cls):
        model = cls._name.replace(".", "_")
        table = cls._table or model
        if cls._name not in (cls._inherit or ()):
            self.models[cls._name] = table
            self.records.add(f"model_{model}")
            self.prefixes |= {f"field_{model}__", f"selection__{model}__"}
        for parent in {*(cls._inherit or ()), *cls._inherits} - {"base", cls._name}:
            self.records.add(f"model_inherit__{model}__{parent.replace('.', '_')}")
        for field in cls._field_definitions:
            self.records.add(f"field_{model}__{field.name}")
            added = (field._args__ or {}).get("selection_add")
            if added:
                values = [value.replace(".", "_").replace(" ", "_").lower() for value, *_label in added]
                self.records |= {f"selection__{model}__{field.name}__{value}" for value in values}
            else:
                self.prefixes.add(f"selection__{model}__{field.name}__")
            self.constraints.add(f"{table}_{field.name}_fkey")
            if field.type == "many2many":
                self.relations.add(f"{cls._name},{field.name}")
        for item in cls._table_object_definitions:
            self.constraints.add(f"{table}_{item.name}")
            self.records.add(f"constraint_{table}_{item.name}")


def _data_names(addon):
    """Return the names that the data files of an addon give."""
    manifest = Manifest.for_addon(addon, display_warning=False)
    for path in [*manifest["data"], *manifest["demo"]]:
        with file_open(f"{addon}/{path}", "rb") as stream:
            found = _csv_names(stream.read()) if path.endswith(".csv") else _xml_names(etree.parse(stream).getroot())
        for name in found:
            module, point, rest = name.rpartition(".")
            if not point or module == addon:
                yield rest


def _csv_names(content):
    return [row["id"] for row in csv.DictReader(content.decode().splitlines()) if row.get("id")]


def _xml_names(element):
    for child in element.iterchildren(*NAMED, "data", "field"):
        if child.tag in NAMED and child.get("id"):
            yield child.get("id")
        # Records stand in fields of records, menu items in menu items; what is in a template is a page.
        if child.tag not in ("template", "asset") and child.get("type") not in ("xml", "html"):
            yield from _xml_names(child)


def _load_python(addon):
    """Import an addon as Odoo would, after what it depends on, so that its classes tell what it declares."""
    if f"odoo.addons.{addon}" in sys.modules:
        return
    for dependency in Manifest.for_addon(addon, display_warning=False)["depends"]:
        _load_python(dependency)
    load_openerp_module(addon)


def _hand_over_names(cr, old, new, names):
    """Give the external names to `new`, and the keys of pages that go by them."""
    cr.execute("SELECT name FROM ir_model_data WHERE module = %s", [old])
    moved = [name for (name,) in cr.fetchall() if name in names.records or name.startswith(tuple(names.prefixes))]
    # A record that Odoo makes along with another (a user's contact, a cron's action) is called after that one.
    cr.execute(
        """SELECT name FROM ir_model_data
            WHERE module = %s
              AND EXISTS (SELECT FROM unnest(%s::text[]) base WHERE name = base || '_' || replace(model, '.', '_'))""",
        [old, sorted(names.records)],
    )
    moved += [name for (name,) in cr.fetchall()]
    _rename(cr, old, new, moved)


def _rename(cr, old, new, names):
    # What both know is known by the new one's name alone.
    cr.execute(
        """DELETE FROM ir_model_data d USING ir_model_data n
            WHERE d.module = %s AND d.name = ANY(%s) AND n.module = %s AND n.name = d.name
              AND n.model = d.model AND n.res_id = d.res_id""",
        [old, names, new],
    )
    cr.execute(
        """UPDATE ir_model_data d SET module = %s WHERE module = %s AND name = ANY(%s)
              AND NOT EXISTS (SELECT FROM ir_model_data n WHERE n.module = %s AND n.name = d.name)
        RETURNING name, model, noupdate""",
        [new, old, names, new],
    )
    moved = cr.fetchall()
    pages = [f"{old}.{name}" for name, model, _noupdate in moved if model == "ir.ui.view"]
    for table, column in (("ir_ui_view", "key"), ("ir_act_report_xml", "report_name")):
        cr.execute(
            f"UPDATE {table} SET {column} = %s || substr({column}, %s) WHERE {column} = ANY(%s)",
            [f"{new}.", len(old) + 2, pages],
        )
    registry = Registry(cr.dbname)
    known = getattr(registry, "paper_handed_over", frozenset())
    registry.paper_handed_over = known | {f"{new}.{name}" for name, _model, noupdate in moved if noupdate}
    registry.clear_all_caches()


def _hand_over_tables(cr, old, new, names):
    """Give constraints and tables of relations to `new`: they go with it when it is uninstalled."""
    cr.execute("SELECT relation_table FROM ir_model_fields WHERE model || ',' || name = ANY(%s)", [sorted(names.relations)])
    relations = {table for (table,) in cr.fetchall() if table}
    # The columns of such a table point to both sides: their constraints go with it.
    cr.execute(
        """SELECT c.conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
            WHERE c.contype = 'f' AND t.relname = ANY(%s)""",
        [sorted(relations)],
    )
    constraints = names.constraints | {name for (name,) in cr.fetchall()}
    for table, chosen in (("ir_model_constraint", constraints), ("ir_model_relation", relations)):
        _change_owner(cr, table, old, new, "(d.name = ANY(%s) OR m.model = ANY(%s))", [sorted(chosen), sorted(names.models)])


def _hand_over_all(cr, old, new):
    cr.execute("SELECT name FROM ir_model_data WHERE module = %s", [old])
    _rename(cr, old, new, [name for (name,) in cr.fetchall()])
    for table in ("ir_model_constraint", "ir_model_relation"):
        _change_owner(cr, table, old, new, "true", [])


def _change_owner(cr, table, old, new, condition, values):
    cr.execute(
        f"""UPDATE {table} d SET module = n.id FROM ir_module_module o, ir_module_module n, ir_model m
             WHERE o.name = %s AND n.name = %s AND d.module = o.id AND m.id = d.model AND {condition}
               AND NOT EXISTS (SELECT FROM {table} other WHERE other.module = n.id AND other.name = d.name)""",
        [old, new, *values],
    )


def _install(cr, new):
    """Mark an addon, all that it needs, and the glue that then comes by itself, to be installed; return whether it will be."""
    cr.execute("SELECT name, state, auto_install FROM ir_module_module")
    states, glue = {}, set()
    for name, state, by_itself in cr.fetchall():
        states[name] = state
        if by_itself:
            glue.add(name)
    needs = defaultdict(list)
    cr.execute(
        """SELECT m.name, d.name, d.auto_install_required
             FROM ir_module_module_dependency d JOIN ir_module_module m ON m.id = d.module_id"""
    )
    causes = defaultdict(set)
    for name, needed, is_cause in cr.fetchall():
        needs[name].append(needed)
        if is_cause:
            causes[name].add(needed)

    def is_there(name):
        return states.get(name) in PRESENT

    def mark(name):
        if states.get(name) != "uninstalled":
            return
        states[name] = "to install"
        marked.append(name)
        for needed in needs[name]:
            mark(needed)

    marked = []
    if new not in glue or all(map(is_there, causes[new])):
        mark(new)
    while coming := [
        name
        for name in sorted(glue)
        if states[name] == "uninstalled" and causes[name] & set(marked) and all(map(is_there, causes[name]))
    ]:
        for name in coming:
            mark(name)
    cr.execute("UPDATE ir_module_module SET state = 'to install' WHERE name = ANY(%s)", [marked])
    return is_there(new)

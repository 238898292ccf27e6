import re

import psycopg2
from odoo import api, models, tools
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.orm.models import get_columns_from_sql_diagnostics
from odoo.tools import SQL

from ...exceptions import RecordUsedError

MOST_NAMED = 5
MOST_OF_ONE = 3


class Base(models.AbstractModel):
    """What is still used is not deleted, and who tries is told in words by what; of the models that the house uses."""

    _inherit = "base"

    def unlink(self):
        # A client may send the mark of an uninstallation; the rules of the house ask for the real one.
        if self.env.context.get(MODULE_UNINSTALL_FLAG) and self.env.registry.ready and self._paper_has_rules():
            context = {key: value for key, value in self.env.context.items() if key != MODULE_UNINSTALL_FLAG}
            return super(Base, self.with_env(self.env(context=context))).unlink()
        return super().unlink()

    @api.model
    def _paper_has_rules(self):
        return any(
            ".paper_" in method.__module__ and method.__name__ != "_unlink_unless_used" for method in self._ondelete_methods
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_used(self):
        """Refuse before the database does, in words.

        :raises RecordUsedError: naming what uses the records
        """
        uses = self._paper_uses()
        if uses:
            raise self._paper_used_error(uses)

    def _paper_uses(self):
        """Return ``[(record, field name or "")]`` of what keeps these records from being deleted. Override to add."""
        columns = self._paper_restricting()
        if not columns or not self.ids:
            return []
        parts = []
        for model, name in columns:
            records, field = self.env[model], self.env[model]._fields[name]
            records.flush_model([name])
            many = field.type == "many2many"
            user = SQL.identifier(field.column1 if many else "id")
            parts.append(
                SQL(
                    "(SELECT %s AS model, %s AS field, %s FROM %s WHERE %s IN %s %s ORDER BY %s DESC LIMIT %s)",
                    model,
                    name,
                    user,
                    SQL.identifier(field.relation if many else records._table),
                    SQL.identifier(field.column2 if many else name),
                    tuple(self.ids),
                    SQL("AND id NOT IN %s", tuple(self.ids)) if model == self._name and not many else SQL(),
                    user,
                    MOST_OF_ONE if hasattr(records, "_evidence") else 1,
                )
            )
        rows = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        # sudo: what uses the record is named to whoever may delete it, see _paper_used_error
        return [(self.env[model].sudo().browse(res_id), name) for model, name, res_id in rows]

    @api.model
    @tools.ormcache("self._name")
    def _paper_restricting(self):
        """Return ``((model, field), …)`` of what the database does not let lose these records, where the house uses them."""
        found = [
            (model._name, field.name, field._module or "")
            for model in self.env.registry.values()
            if not (model._abstract or model._transient) and model._auto
            for field in model._fields.values()
            if field.comodel_name == self._name and field.type in ("many2one", "many2many") and field.ondelete == "restrict"
            if field.store and not field.company_dependent
        ]
        ours = any(module.startswith("paper_") for _model, _name, module in found)
        # What the house keeps is named first.
        order = sorted(found, key=lambda use: (not hasattr(self.env[use[0]], "_evidence"), use))
        return tuple((model, name) for model, name, _module in order) if ours else ()

    @api.model
    def _sql_error_to_message_generic(self, exc):
        """Name what still uses the record also where the database finds it, on the way of a cascade."""
        key = re.search(r"\(id\)=\((\d+)\) is still referenced", exc.diag.message_detail or "")
        if not (isinstance(exc, psycopg2.errors.ForeignKeyViolation) and key and self._table == exc.diag.table_name):
            return super()._sql_error_to_message_generic(exc)
        columns = get_columns_from_sql_diagnostics(self.env.cr, exc.diag, check_registry=True)
        fields = [name for name in columns if name in self._fields]
        records = self.sudo().with_context(active_test=False).browse()  # sudo: see _paper_uses
        for name in fields[:1]:
            records = records.search([(name, "=", int(key[1]))], limit=1)
        return self.env._(
            "It is used and stays: %(uses)s. Archive it instead, where it can be archived.",
            uses=self._paper_use_name(records, fields[0] if fields else ""),
        )

    def _paper_used_error(self, uses):
        """Return the error that names what uses these records, with the way to look at it.

        :param uses: as :meth:`_paper_uses` returns them
        """
        words = "; ".join(self._paper_use_name(*use) for use in uses[:MOST_NAMED])
        record = self[:1].sudo().display_name  # sudo: who may delete it knows what it is called
        if self._active_name:
            message = self.env._("“%(record)s” is used and stays: %(uses)s. Archive it instead.", record=record, uses=words)
        else:
            message = self.env._("“%(record)s” is used and stays: %(uses)s.", record=record, uses=words)
        return RecordUsedError(message, *self._paper_used_way_out(uses))

    @api.model
    def _paper_use_name(self, record, field):
        """Return what a record is called that uses another one; of what the user may not read, only its kind."""
        kind = self.env["ir.model"]._get(record._name).name
        label = record._fields[field]._description_string(self.env) if field else ""
        # sudo: the user's own rights are asked, what is not theirs to read is not named
        name = record.display_name if record and record.sudo(False).has_access("read") else ""
        return " ".join(filter(None, (kind, name and f"“{name}”", label and f"({label})")))

    def _paper_used_way_out(self, uses):
        """Return the action that shows what uses the records first and its button's label; nothing if they may not read it."""
        # sudo: the user's own rights count from here on
        record = uses[0][0].sudo(False)
        if not record.has_access("read"):
            return None, None
        action = {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
        return action, self.env._("Show What Uses It")

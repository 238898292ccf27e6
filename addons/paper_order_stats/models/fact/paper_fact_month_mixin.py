from odoo import api, models
from odoo.tools import SQL


class PaperFactMonthMixin(models.AbstractModel):
    """Facts of one room summed by month (the cube): what reports over years and frozen periods read.

    It has the columns of its facts that are worth grouping by, under the same names; the rest it has not.
    """

    _name = "paper.fact.month.mixin"
    _inherit = ["paper.figure.table"]
    _description = "Facts by Month"
    _auto = False
    _log_access = False
    _order = "month desc, id desc"

    _figure_indexes = (("company_id", "month"),)

    @api.model
    def _sum_slices(self, fact, slices):
        """Sum the facts of some slices anew.

        :param fact: the model of the facts
        :param slices: set of tuples, values of ``fact._fact_slice``
        """
        by_empty = {}
        for values in slices:
            by_empty.setdefault(tuple(value is None for value in values), []).append(values)
        table, source = SQL.identifier(self._table), SQL.identifier(fact._table)
        dimensions, measures = self._dimensions(), self._measures()
        names = SQL(", ").join(map(SQL.identifier, [*dimensions, *measures]))
        grouped = SQL(", ").join(map(SQL.identifier, dimensions))
        sums = SQL(", ").join(SQL("SUM(%s)", SQL.identifier(name)) for name in measures)
        for empty, rows in by_empty.items():
            condition = self._in_slices(fact._fact_slice, empty, rows)
            self.env.cr.execute(SQL("DELETE FROM %s WHERE %s", table, condition))
            query = SQL("SELECT %s, %s FROM %s WHERE %s GROUP BY %s", grouped, sums, source, condition, grouped)
            self.env.cr.execute(SQL("INSERT INTO %s (%s) %s", table, names, query))

    @api.model
    def _in_slices(self, names, empty, rows):
        """Return the condition that a row lies in one of the slices, which are empty in the same columns."""
        conditions = [SQL("%s IS NULL", SQL.identifier(name)) for name, is_empty in zip(names, empty, strict=True) if is_empty]
        filled = [name for name, is_empty in zip(names, empty, strict=True) if not is_empty]
        values = {tuple(value for value, is_empty in zip(row, empty, strict=True) if not is_empty) for row in rows}
        if filled:
            columns = SQL(", ").join(map(SQL.identifier, filled))
            conditions.append(SQL("(%s) IN %s", columns, tuple(values)))
        return SQL(" AND ").join(conditions) if conditions else SQL("TRUE")

    def action_open_facts(self):
        """Open the facts that a row sums; nothing where no facts have months of this kind."""
        self.ensure_one()
        fact = next((found for found in self.env["paper.fact.queue"]._facts() if found._fact_month == self._name), None)
        if fact is None:
            return False
        names = [name for name in self._dimensions() if name in fact._fields and name != "currency_id"]
        domain = [(name, "=", self[name].id if self._fields[name].relational else self[name]) for name in names]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Figures Behind"),
            "res_model": fact._name,
            "view_mode": "list",
            "domain": domain,
        }

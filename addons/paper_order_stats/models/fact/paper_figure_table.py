from odoo import fields, models
from odoo.tools import SQL

MEASURES = ("integer", "float", "monetary")


class PaperFigureTable(models.AbstractModel):
    """A table of figures that nobody writes but the statistics: no keys to other tables, so that deleting a document costs
    nothing and a figure stays until the statistics themselves take it back.

    ``_figure_ratios`` are quotients of sums: of a group they are computed from its sums, never averaged. ``_figure_quantiles``
    are quantiles of a column over the rows of a group.
    """

    _name = "paper.figure.table"
    _inherit = ["paper.month.mixin"]
    _description = "Table of Figures"
    _auto = False
    _log_access = False

    _figure_ratios = {}  # field: (numerator, denominator, factor)
    _figure_quantiles = {}  # field: (column, share)
    _figure_indexes = ()  # names of columns, one tuple an index

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)

    def init(self):
        if not self._abstract:
            self._make_table()

    def _columns(self):
        """Return the names of the columns that are filled, ``id`` left out."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and name != "id" and name not in self._derived()
        ]

    def _derived(self):
        return {*self._figure_ratios, *self._figure_quantiles}

    def _measures(self):
        """Return the names of the columns that are summed."""
        return [
            name for name in self._columns() if self._fields[name].type in MEASURES and self._fields[name].aggregator == "sum"
        ]

    def _dimensions(self):
        """Return the names of the columns by which figures are grouped."""
        return [name for name in self._columns() if name not in self._measures()]

    def _make_table(self):
        cr, table = self.env.cr, SQL.identifier(self._table)
        cr.execute(SQL("CREATE TABLE IF NOT EXISTS %s (id bigserial PRIMARY KEY)", table))
        for name in [*self._columns(), *self._derived()]:
            kind = SQL(self._kind(name))
            cr.execute(SQL("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s", table, SQL.identifier(name), kind))
        for columns in self._figure_indexes:
            index = SQL.identifier("_".join((self._table, *columns, "idx"))[:63])
            names = SQL(", ").join(map(SQL.identifier, columns))
            cr.execute(SQL("CREATE INDEX IF NOT EXISTS %s ON %s (%s)", index, table, names))

    def _kind(self, name):
        """Return the type of a column: figures are kept exactly, so that sums of sums agree."""
        field = self._fields[name]
        return "numeric" if field.type in ("float", "monetary") else field.column_type[1]

    def _read_group_select(self, aggregate_spec, query):
        name = aggregate_spec.partition(":")[0]
        if name in self._figure_ratios:
            above, below, factor = self._figure_ratios[name]
            return SQL(
                "ROUND(%s * %s::numeric / NULLIF(%s, 0), 2)",
                self._read_group_select(f"{above}:sum", query),
                factor,
                self._read_group_select(f"{below}:sum", query),
            )
        if name in self._figure_quantiles:
            column, share = self._figure_quantiles[name]
            measured = self._field_to_sql(self._table, column, query)
            return SQL("PERCENTILE_CONT(%s) WITHIN GROUP (ORDER BY %s)", share, measured)
        return super()._read_group_select(aggregate_spec, query)

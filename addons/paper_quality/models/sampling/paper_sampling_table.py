import base64

from odoo import api, fields, models, tools

from ...exceptions import SamplingError
from ...lib.sampling import Table


class PaperSamplingTable(models.Model):
    """A master table of sampling plans as data, with its source and edition. MIL-STD-105E comes with the addon; the tables of
    another edition are entered from the book as a CSV file of the same columns.
    """

    _name = "paper.sampling.table"
    _description = "Table of Sampling Plans"
    _inherit = ["paper.cached.mixin"]
    _order = "name, id"
    _cached_fields = ("content",)

    name = fields.Char(required=True)
    edition = fields.Char(required=True)
    source = fields.Char(required=True, help="Where the figures are taken from.")
    content = fields.Binary(
        string="CSV File",
        required=True,
        attachment=False,
        help="Columns: severity,letter,aql,n,ac,re,each,ac1,re1,ac2,re2. The last five are those of the double plan, "
        "n of each of its two samples first.",
    )
    active = fields.Boolean(default=True)

    def _compute_display_name(self):
        for table in self:
            table.display_name = " ".join(filter(None, (table.name, table.edition)))

    @api.constrains("content")
    def _check_content(self):
        for table in self:
            table._read_table()

    def _plans(self):
        """Return the :class:`~lib.sampling.Table`."""
        self.ensure_one()
        return self._plans_of(self.id)

    @api.model
    @tools.ormcache("table_id")
    def _plans_of(self, table_id):
        return self.browse(table_id)._read_table()

    def _read_table(self):
        self.ensure_one()
        try:
            return Table.read(base64.b64decode(self.with_context(bin_size=False).content).decode("utf-8-sig"))
        except ValueError as error:
            raise SamplingError(
                self.env._("%(table)s: this is not a table of sampling plans: %(error)s", table=self.name, error=str(error)[:200])
            ) from None

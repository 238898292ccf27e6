import hashlib
import json

from odoo import api, fields, models
from odoo.tools import SQL

from ...exceptions import SnapshotError


class PaperStatsSnapshot(models.Model):
    """The figures of a period as they were reported when it was closed, every row of its months, with a checksum over them.
    Nobody changes it; closing a period that was opened again makes another one.
    """

    _name = "paper.stats.snapshot"
    _description = "Reported Figures"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _field_error = SnapshotError
    _rec_name = "taken_on"

    period_id = fields.Many2one("paper.stats.period", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    taken_on = fields.Datetime(string="Closed on", required=True)
    taken_by_id = fields.Many2one("res.users", string="Closed by", required=True)
    content = fields.Json()
    hash = fields.Char(string="Checksum", required=True)
    is_intact = fields.Boolean(string="Checksum Agrees", compute="_compute_is_intact")
    line_ids = fields.One2many("paper.stats.snapshot.line", "snapshot_id")

    @api.depends("content", "hash")
    def _compute_is_intact(self):
        for snapshot in self:
            snapshot.is_intact = snapshot.hash == self._sum(snapshot.content)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise SnapshotError(self.env._("What was reported is kept."))

    @api.model
    def _sum(self, content):
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @api.model
    def _take(self, period):
        """Copy the figures of a period."""
        content, lines = {}, []
        for fact in self.env["paper.fact.queue"]._facts():
            names, rows = self._rows(fact, period)
            content[fact._name] = {"columns": names, "rows": rows}
            figures = self._figures(fact, period.company_id, period.date_from, period.date_to)
            lines += [{"fact": fact._name, "measure": measure, "reported": value} for measure, value in figures.items()]
        # Read again as it will be: what is summed up is what is stored.
        content = json.loads(json.dumps(content))
        return self._by_step().create(
            {
                "period_id": period.id,
                "taken_on": fields.Datetime.now(),
                "taken_by_id": period.frozen_by_id.id,
                "content": content,
                "hash": self._sum(content),
                "line_ids": [fields.Command.create(line) for line in lines],
            }
        )

    @api.model
    def _rows(self, fact, period):
        """Return the names of the columns and the rows of a period, by month where there are months."""
        model = self.env[fact._fact_month] if fact._fact_month else fact
        names = [name for name in model._columns() if name not in ("key",)]
        selected = SQL(", ").join(SQL("%s::text", SQL.identifier(name)) for name in names)
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM %s WHERE company_id = %s AND %s BETWEEN %s AND %s ORDER BY %s",
                selected,
                SQL.identifier(model._table),
                period.company_id.id,
                SQL.identifier("month" if fact._fact_month else "date"),
                period.date_from,
                period.date_to,
                selected,
            )
        )
        return names, [list(row) for row in self.env.cr.fetchall()]

    @api.model
    def _figures(self, fact, company, first, last):
        """Return the figures of some days as they are now: ``{measure: value}``, what is counted once included."""
        counted = [name for name in fact._columns() if fact._fields[name].aggregator == "count_distinct"]
        measures = fact._measures()
        selected = [SQL("COALESCE(SUM(%s), 0)", SQL.identifier(name)) for name in measures]
        selected += [SQL("COUNT(DISTINCT %s)", SQL.identifier(name)) for name in counted]
        self.env.cr.execute(
            SQL(
                "SELECT %s FROM %s WHERE company_id = %s AND date BETWEEN %s AND %s",
                SQL(", ").join(selected),
                SQL.identifier(fact._table),
                company.id,
                first,
                last,
            )
        )
        return dict(zip([*measures, *counted], map(float, self.env.cr.fetchone()), strict=True))

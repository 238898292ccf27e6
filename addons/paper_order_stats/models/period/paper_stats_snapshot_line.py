from odoo import api, fields, models
from odoo.tools import float_compare


class PaperStatsSnapshotLine(models.Model):
    """One figure of a period: as reported, as it is now, and the difference."""

    _name = "paper.stats.snapshot.line"
    _description = "Reported Figure"
    _inherit = ["paper.reported.mixin"]
    _order = "snapshot_id desc, id"
    _rec_name = "measure"

    snapshot_id = fields.Many2one("paper.stats.snapshot", required=True, ondelete="restrict", index=True)
    period_id = fields.Many2one(related="snapshot_id.period_id", store=True, index=True)
    company_id = fields.Many2one(related="snapshot_id.company_id", store=True, index=True)
    reported = fields.Float(digits=(16, 3), aggregator=None)
    now = fields.Float(digits=(16, 3), compute="_compute_now")
    difference = fields.Float(digits=(16, 3), compute="_compute_now")

    @api.depends("reported")
    def _compute_now(self):
        # sudo: the figures of the whole company are compared; who may read the line may read them
        snapshots = self.env["paper.stats.snapshot"].sudo()
        for (period, name), lines in self.grouped(lambda line: (line.period_id, line.fact)).items():
            fact = self.env.get(name)
            now = {}
            if fact is not None and period:
                now = snapshots._figures(fact.sudo(), period.company_id, period.date_from, period.date_to)
            for line in lines:
                line.now = now.get(line.measure, 0)
                difference = line.now - line.reported
                line.difference = difference if float_compare(difference, 0, precision_digits=3) else 0.0

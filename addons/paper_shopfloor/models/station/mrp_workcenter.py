from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_station_ids = fields.One2many("paper.floor.station", "workcenter_id", string="Tablets")

    def _floor_works(self):
        """Return the work orders of the machine that are open, those that run first, then as they are planned."""
        works = self.env["mrp.workorder"].search(
            [("workcenter_id", "in", self.ids), ("state", "in", ("blocked", "ready", "progress"))]
            + [("production_id.state", "not in", ("draft", "done", "cancel"))],
            limit=40,
        )
        return works.sorted(lambda work: (work.state != "progress", work.date_start is False, work.date_start, work.id))

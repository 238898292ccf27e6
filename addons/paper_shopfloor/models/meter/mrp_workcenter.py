from odoo import models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    def _floor_worked(self, begin, end):
        """Return ``{work order: (hours, tonnes)}`` of what ran on the machine between two moments (UTC)."""
        self.ensure_one()
        times = self.env["mrp.workcenter.productivity"].search(
            [("workcenter_id", "=", self.id), ("workorder_id", "!=", False), ("date_start", "<", end)]
            + ["|", ("date_end", "=", False), ("date_end", ">", begin)]
        )
        hours = {}
        for time in times:
            span = min(time.date_end or end, end) - max(time.date_start, begin)
            hours[time.workorder_id] = hours.get(time.workorder_id, 0.0) + span.total_seconds() / 3600
        made = self.env["paper.floor.event"]._read_group(
            [("workcenter_id", "=", self.id), ("happened_on", ">=", begin), ("happened_on", "<", end)]
            + [("workorder_id", "!=", False), ("made_kg", ">", 0)],
            ["workorder_id"],
            ["made_kg:sum"],
        )
        tonnes = {work: kg / 1000 for work, kg in made}
        return {work: (hours.get(work, 0.0), tonnes.get(work, 0.0)) for work in {**hours, **tonnes}}

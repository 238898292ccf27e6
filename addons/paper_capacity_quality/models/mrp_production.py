from odoo import models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _paper_making_spec(self):
        """Return the order's own specification, which its inspections hold to, before that of the line it is made for."""
        return self.paper_spec_id or super()._paper_making_spec()

    def write(self, vals):
        result = super().write(vals)
        if "paper_spec_id" in vals:
            # What is not planned yet takes the time of the new specification.
            waiting = self.workorder_ids.filtered(lambda work: work.state in ("blocked", "ready") and not work.leave_id)
            for work in waiting:
                work.duration_expected = work._get_duration_expected()
        return result

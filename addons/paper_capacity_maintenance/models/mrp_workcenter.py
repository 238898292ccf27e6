from collections import defaultdict

from odoo import models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    def _paper_closures(self, start, stop):
        """Close machines when a recurring maintenance comes round again; its next turn is a day off of the machine (R3.3.2)."""
        closures = defaultdict(list, super()._paper_closures(start, stop))
        # sudo: whoever evaluates an order need not read maintenance requests
        requests = self.env["maintenance.request"].sudo().search(
            [("paper_leave_id.resource_id", "in", self.resource_id.ids), ("recurring_maintenance", "=", True)]
        )
        centres = {centre.id: centre for centre in self}
        for request in requests:
            centre = centres[request.paper_workcenter_id.id]
            closures[centre] += [(*span, request.name) for span in request._paper_later_turns(start, stop)]
        return closures

from odoo import api, models


class ResourceCalendarLeaves(models.Model):
    """When a machine is closed, the plans that count on it are looked at at once."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        if any(leave.time_type == "leave" and leave.resource_id.resource_type == "material" for leave in leaves):
            self.env["paper.production.plan"]._watch_soon()
        return leaves

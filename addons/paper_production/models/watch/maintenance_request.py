from odoo import api, models

MOVES = {"schedule_date", "schedule_end", "stage_id", "equipment_id", "archive", "duration", "workcenter_id"}


class MaintenanceRequest(models.Model):
    """A machine that is repaired makes nothing meanwhile: plans that count on it are looked at at once."""

    _inherit = "maintenance.request"

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        self.env["paper.production.plan"]._watch_soon()
        return requests

    def write(self, vals):
        result = super().write(vals)
        if MOVES & vals.keys():
            self.env["paper.production.plan"]._watch_soon()
        return result

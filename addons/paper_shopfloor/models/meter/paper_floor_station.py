from odoo import models

from ...exceptions import MeterError


class PaperFloorStation(models.Model):
    """What a tablet reports of meters."""

    _inherit = "paper.floor.station"

    def _follow_meter(self, event, raw):
        meter = self.env["paper.meter"].search([("workcenter_id", "=", self.workcenter_id.id)])
        meter = meter.filtered(lambda own: own.id == raw.get("meter"))
        if not meter:
            raise MeterError(self.env._("%(machine)s has no such meter.", machine=self.workcenter_id.name))
        self.env["paper.meter.reading"]._read(meter, self._number(raw.get("value"), meter.name), event.happened_on, event)

from odoo import models


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _paper_energy(self):
        """Return ``{(kind, unit): amount}`` of what was used for a work order, as the readings of its machine share it."""
        self.ensure_one()
        # sudo: energy is told to whoever reads the work order
        readings = (
            self.env["paper.meter.reading"].sudo().search([("workcenter_id", "=", self.workcenter_id.id), ("used", ">", 0)])
        )
        found = {}
        for reading in readings:
            part = (reading.shared or {}).get(str(self.id))
            if part:
                found[reading.kind, reading.unit] = round(found.get((reading.kind, reading.unit), 0.0) + part, 3)
        return found

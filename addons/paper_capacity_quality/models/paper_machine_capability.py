from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.capability import span_within

from .paper_machine_inspected import property_key


class PaperMachineCapability(models.Model):
    """The quality that past inspections show, beside the ranges that the technical department recorded (R3.3.4)."""

    _inherit = "paper.machine.capability"

    inspected_ids = fields.Many2many(
        "paper.machine.inspected", string="From Past Inspections", compute="_compute_inspected_ids", readonly=True
    )

    @api.depends("workcenter_id")
    def _compute_inspected_ids(self):
        # sudo: what is told is the machine's, of no order and no customer
        rows = self.env["paper.machine.inspected"].sudo().search([("capability_id", "in", self.ids)])
        by_machine = rows._of_the_machine().grouped("capability_id")
        for capability in self:
            capability.inspected_ids = by_machine.get(capability._origin, rows.browse()).sudo(False)

    def _inspected_ranges(self):
        found = super()._inspected_ranges()
        for capability in self:
            found[capability] += [
                {
                    "name": row.name,
                    "unit": row.unit,
                    "grade_id": row.grade_id.id,
                    "minimum": round(row.minimum, 4),
                    "maximum": round(row.maximum, 4),
                    "count": row.readings,
                    "from": row.date_from,
                    "to": row.date_to,
                }
                for row in capability.inspected_ids
            ]
        return found

    # Orders under evaluation

    def _check_quality(self, item):
        """What the technical department recorded comes first; where it recorded nothing, inspections speak."""
        ok, achievable, near = super()._check_quality(item)
        row = None if achievable or ok is not None else self._inspected_range(item)
        if not row:
            return ok, achievable, near
        return span_within(item["value"], (row.minimum, row.maximum)), f"{row.minimum:.4g} – {row.maximum:.4g}", None

    def _check_property(self, item):
        """Add ``inspected``, the number of readings, where inspections and no record of the machine gave the answer."""
        check = super()._check_property(item)
        row = self._inspected_range(item) if item["property"] == "quality" and not self._recorded(item) else None
        return {**check, "inspected": row.readings} if row else check

    def _recorded(self, item):
        """Say whether the technical department recorded a range of a property that is asked."""
        wanted = (item["name"].strip().casefold(), item["unit"].strip().casefold())
        return any(
            (limit.name.strip().casefold(), (limit.unit or "").strip().casefold()) == wanted
            and (not limit.grade_id or limit.grade_id.id == item["grade_id"])
            for limit in self.limit_ids
        )

    def _inspected_range(self, item):
        """Return what was measured of a property that is asked, on the grade itself; None where it was too little."""
        self.ensure_one()
        wanted = property_key(item["name"], item["unit"])
        return next(
            (
                row
                for row in self.inspected_ids
                if row.grade_id.id == item["grade_id"] and property_key(row.name, row.unit) == wanted
            ),
            None,
        )

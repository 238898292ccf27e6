from odoo import models

from ..exceptions import CapabilityError


class PaperMachineCapability(models.Model):
    """What past inspections say of a machine (R3.3.4)."""

    _inherit = "paper.machine.capability"

    def _inspected_ranges(self):
        """Return what was measured on paper of each machine.

        Override where inspections are kept: call ``super()`` and add to the lists.

        :return: ``{capability: [{"name", "unit", "grade_id", "minimum", "maximum", "count", "from", "to"}]}``, the dates as
            dates
        """
        return {capability: [] for capability in self}

    def action_propose_limits(self):
        """Add the ranges that past inspections show, for the properties of which nothing is recorded yet.

        :raises CapabilityError: where no inspection says anything new
        """
        self.check_access("write")
        found = self._inspected_ranges()
        values = []
        for capability in self:
            known = {(limit.name.strip().casefold(), limit.grade_id.id) for limit in capability.limit_ids}
            values += [
                capability._prepare_proposed_limit(item)
                for item in found[capability]
                if (item["name"].strip().casefold(), item["grade_id"]) not in known
            ]
        if not values:
            raise CapabilityError(self.env._("No inspection of paper from this machine says more than is recorded."))
        self.env["paper.machine.limit"].create(values)

    def _prepare_proposed_limit(self, item):
        self.ensure_one()
        return {
            "capability_id": self.id,
            "name": item["name"],
            "unit": item["unit"],
            "grade_id": item["grade_id"],
            "minimum": item["minimum"],
            "has_minimum": True,
            "maximum": item["maximum"],
            "has_maximum": True,
            "source": self.env._(
                "%(count)s inspections, %(start)s to %(end)s", count=item["count"], start=item["from"], end=item["to"]
            ),
        }

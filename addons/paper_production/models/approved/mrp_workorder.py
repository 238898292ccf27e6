from odoo import models

from .release import changed

AGREED = (
    "workcenter_id",
    "operation_id",
    "production_id",
    "leave_id",
    "date_start",
    "date_finished",
    "duration_expected",
    "sequence",
    "blocked_by_workorder_ids",
    "needed_by_workorder_ids",
)


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _check_agreed_write(self, vals):
        """Refuse, or keep with its reason, what would change what the plan of the work agreed on.

        :return: the work orders as they may be written
        :raises PlanLockedError: naming the order, its plan and what was to be changed
        """
        names = [name for name in AGREED if name in vals]
        if vals.get("state") == "cancel":
            names.append("state")
        held = self.production_id._held() if names else self.production_id.browse()
        if not held:
            return self
        changes = {}
        for work, own in changed(self.filtered(lambda rec: rec.production_id in held), vals, names).items():
            production = work.production_id
            changes.setdefault(production, []).extend(
                production._prepare_part_change(work, name, vals[name], work.name) for name in own
            )
        held._change_agreed(changes)
        return held._as_released(self)

    def _check_agreed(self, kind):
        """Refuse, or keep with its reason, that these work orders are added to what a plan agreed on, or taken from it."""
        subjects = {}
        for work in self:
            subjects.setdefault(work.production_id, []).append((self._name, work.name))
        return self.production_id._check_agreed(kind, subjects)

    def _prepare_plan_line(self):
        self.ensure_one()
        return {
            "operation": self.name,
            "workcenter": self.workcenter_id.display_name,
            "date_start": self.date_start,
            "date_finished": self.date_finished,
        }

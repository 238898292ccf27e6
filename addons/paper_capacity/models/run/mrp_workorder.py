from odoo import models

from ...exceptions import CapabilityError
from ...lib.moments import to_datetime, to_seconds
from ...lib.scheduling import Choice, Step


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _paper_steps(self):
        """Return the work orders, of one order and what comes before first, as steps of the scheduler."""
        places = {work: index for index, work in enumerate(self)}
        steps = []
        for work in self:
            before = work._paper_live_before()
            after = tuple(places[one] for one in before if one in places)
            centres = work.workcenter_id | work.workcenter_id.alternative_workcenter_ids
            follows = after[0] if len(after) == 1 and len(before) == 1 and work.production_id.product_id.is_paper else None
            quantity = work._paper_quantity(work.qty_remaining or work.qty_production) or 1.0
            choices = tuple(work._paper_run_choice(centre, quantity) for centre in centres)
            steps.append(Step(quantity, choices, after, work, follows))
        return steps

    def _paper_live_before(self):
        """Return the work that has to be done before; what was cancelled stands in nobody's way."""
        before = self.blocked_by_workorder_ids
        cancelled = before.filtered(lambda work: work.state == "cancel")
        return (before - cancelled) | (cancelled._paper_live_before() if cancelled else cancelled)

    def _paper_run_choice(self, centre, quantity):
        """Return what the work order takes on a machine: on its own what stands on it, on another what that one needs."""
        self.ensure_one()
        if not centre.resource_calendar_id:
            raise CapabilityError(
                self.env._(
                    "%(work)s: %(machine)s has no working hours. Give it a calendar, or choose another machine.",
                    work=self.display_name,
                    machine=centre.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(centre),
            )
        choice = self._paper_choice(centre)
        own = centre == self.workcenter_id
        minutes = self.duration_expected if own else self._get_duration_expected(alternative_workcenter=centre)
        if choice is None:
            return Choice(centre.id, setup=minutes * 60)
        setup = min(choice.setup, minutes * 60)
        made = max(minutes * 60 - setup, 0.0)
        return Choice(centre.id, setup, 1, quantity / made if made else 1e12, choice.able, choice.over)

    def _paper_hands_over(self):
        """Say whether what comes after may begin while this work order goes on: its machine hands over jumbo by jumbo."""
        self.ensure_one()
        jumbo = self.workcenter_id.paper_capability_id.jumbo_kg
        return bool(jumbo) and jumbo < self.production_id._paper_unit_kg() * self.production_id.product_qty

    def _paper_waits(self):
        """Return the moments, in seconds, at which work that comes before these and has its time already is done."""
        before = (self.blocked_by_workorder_ids - self).filtered(lambda work: work.state != "cancel" and work.date_finished)
        return [to_seconds(work.date_finished) for work in before]

    def _paper_put_on(self, slot):
        """Put the work order on the machine of a slot; return the values of the hours that it takes there."""
        centre = self.env["mrp.workcenter"].browse(slot.machine)
        if centre != self.workcenter_id:
            self.write({"workcenter_id": centre.id})
        return {
            "name": self.display_name,
            "calendar_id": centre.resource_calendar_id.id,
            "date_from": to_datetime(slot.start),
            "date_to": to_datetime(slot.stop),
            "resource_id": centre.resource_id.id,
            "time_type": "other",
        }

    def _paper_no_room_error(self):
        """Return the named error for a work order that no machine can do."""
        spec, own = self.production_id._paper_making_spec(), self.workcenter_id
        if not (own | own.alternative_workcenter_ids)._paper_can_make(spec):
            own._paper_check_can_make(spec, self.display_name)
        return CapabilityError(
            self.env._(
                "%(work)s: %(machine)s has no room within two years.", work=self.display_name, machine=own.display_name
            ),
            action=self.env["paper.way.out"]._lead_to(own),
        )

from odoo import models

from ...exceptions import CapabilityError
from ...lib.moments import to_datetime, to_seconds
from .run_plan import KEY, RunPlan


class MrpProduction(models.Model):
    """Work orders run where and when the scheduler of the promises puts them: on a machine that can make the paper, the
    winder while the paper machine goes on, beside nothing that is booked or promised (R3.3.2, R5.1.2)."""

    _inherit = "mrp.production"

    def button_plan(self):
        plan = RunPlan(self)
        result = super(MrpProduction, self.with_context(**{KEY: plan})).button_plan()
        plan.write_down()
        return result

    def _plan_workorders(self, replan=False):
        """Put the work orders on the machines; slots that were reserved for them give way.

        :raises CapabilityError: where no machine can make it, one has no calendar, or there is no room
        """
        self.ensure_one()
        self._paper_own_slots()._release("used")
        works = self._paper_works_to_plan(replan)
        if not works:
            return super()._plan_workorders(replan)
        self._link_workorders_and_moves()
        plan = RunPlan.of(self.env, self)
        planned, works = self.with_context(**{KEY: plan}), works.with_context(**{KEY: plan})
        values = [works[slot.step]._paper_put_on(slot) for slot in planned._paper_job(plan, works).slots]
        leaves = planned.env["resource.calendar.leaves"].create(values)
        for work, leave in zip(works, leaves, strict=True):
            work.write({"leave_id": leave.id})
        planned._paper_take_dates()
        plan.leaves |= leaves
        if not RunPlan.is_in(self.env):
            plan.write_down()
        return None

    def _paper_take_dates(self):
        """Let the order begin and end with its work."""
        leaves = self.workorder_ids.filtered(lambda work: work.state not in ("done", "cancel")).leave_id
        self.with_context(force_date=True).write(
            {"date_start": min(leaves.mapped("date_from")), "date_finished": max(leaves.mapped("date_to"))}
        )

    def _paper_works_to_plan(self, replan=False):
        """Return the work orders that have no time yet, what comes before first; planned anew, those that have not begun."""
        works = self.workorder_ids.filtered(lambda work: work.state in ("blocked", "ready"))
        if replan:
            works.leave_id.unlink()
        found, todo = self.env["mrp.workorder"], works.filtered(lambda work: not work.leave_id)
        while todo:
            free = todo.filtered(lambda work, rest=todo: not work.blocked_by_workorder_ids & rest)
            found, todo = found + free, todo - free
        return found

    def _paper_job(self, plan, works):
        """Return when and where the work orders run, and book it in ``plan``: a slot for each."""
        # sudo: who plans a work order need not read what machines can make
        steps = works.sudo()._paper_steps()
        waits, limit = works._paper_waits(), self._paper_begins_earlier() and self._paper_late_by()
        ready = max([to_seconds(self.date_start), *waits])
        # What waits for other work cannot begin before it, however late it is.
        job = plan.run(self, steps, ready, to_seconds(limit) if limit and not waits else None)
        if job.stuck is not None:
            raise works[job.stuck].sudo()._paper_no_room_error()  # sudo: as above
        return job

    def _paper_begins_earlier(self):
        """Say whether the order may begin before its start so that it is not late. Override where its place is decided."""
        return True

    def _paper_planned_end(self, plan):
        """Return the moment at which the order will be done by what ``plan`` holds, and book it there: of what is planned
        already its end; False where no machine can ever do it, which planning it tells."""
        self.ensure_one()
        works = self.workorder_ids.filtered(lambda work: work.state in ("blocked", "ready") and not work.leave_id)
        if not works:
            return self.date_finished
        try:
            return to_datetime(self._paper_job(plan, self._paper_works_to_plan()).finish)
        except CapabilityError:
            return False

    def _paper_take_slot(self, slots):
        """Let an order that is not planned yet begin with the slots that were promised for it."""
        for production in self.filtered(lambda rec: not rec.is_planned and rec.state in ("draft", "confirmed")):
            own = slots.filtered(lambda slot, rec=production: slot.product_id == rec.product_id)
            if own and production.date_start != min(own.mapped("date_from")):
                production.write({"date_start": min(own.mapped("date_from"))})

    def _paper_own_slots(self):
        """Return the slots that were reserved for what this order makes: of its line, or of its product where it has none."""
        # sudo: whoever plans a work order need not read orders under evaluation
        production = self.sudo()
        slots = production._paper_orders().paper_reservation_ids.filtered(lambda slot: slot.product_id in production.product_id)
        lines = production.sale_line_id
        return slots.filtered(lambda slot: slot.line_id <= lines) if lines else slots

    def _paper_late_by(self):
        """Return the last moment at which the order may be done for what was promised of it; False where nothing was."""
        self.ensure_one()
        # sudo: who plans need not read the customer's order
        return self.sudo().sale_line_id._paper_finish_by() if self.sudo().sale_line_id else False  # sudo: as above


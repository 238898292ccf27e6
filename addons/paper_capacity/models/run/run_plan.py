"""The machines while manufacturing orders are put on them, read once for all that are planned in one go."""

from datetime import timedelta
from itertools import count

from odoo import fields
from odoo.addons.paper_base.models.steps.permit import ServerToken

from ...lib.moments import to_datetime, to_seconds
from ...lib.scheduling import schedule

# The key is public, its value is not: a client's context holds plain JSON, never an instance of the class below.
KEY = "paper_run_plan"
NEAR_DAYS, HORIZON_DAYS = 120, 728  # what is looked at first, and as far as Odoo's own planner looks
_numbers = count()


class RunPlan(ServerToken):
    """What is planned in one go.

    :param productions: the manufacturing orders that will be planned with it
    """

    def __new__(cls, productions):
        plan = super().__new__(cls, f"{KEY} {next(_numbers)}")
        # sudo: whoever plans a work order need not read orders under evaluation
        plan._productions, plan._machines, plan._promised, plan._days = productions.sudo(), {}, {}, 0
        plan.planned, plan.booked, plan.leaves = set(), [], productions.env["resource.calendar.leaves"]
        return plan

    @classmethod
    def of(cls, env, productions):
        """Return the plan that the environment has for these orders; a new one without it."""
        plan = env.context.get(KEY)
        return plan if isinstance(plan, cls) and productions <= plan._productions else cls(productions)

    @classmethod
    def is_in(cls, env):
        """Say whether something is being planned with one in this environment."""
        return isinstance(env.context.get(KEY), cls)

    def run(self, production, steps, ready, by=None):
        """Book a chain of steps as early as it can be, from ``ready`` (seconds) on: :class:`~...lib.scheduling.Job`.

        Where that is later than ``by`` (seconds), it begins as much earlier as it takes, if need be at once: the start of an
        order that was told from its delivery is a wish, the delivery is not. What was promised to the orders that are still to
        be planned is kept for them; the own promise has given way.
        """
        now = fields.Datetime.now()
        at_once = to_seconds(now)
        begin = max(ready, at_once)
        wanted = (to_datetime(ready) - now).days + NEAR_DAYS
        for days in (min(wanted, HORIZON_DAYS), HORIZON_DAYS):
            if days > self._days:
                self._read(now, days)
            self.planned.add(production.id)
            job = self._try(steps, begin)
            if by is not None and job.stuck is None and job.finish > by and begin > at_once:
                for earlier in dict.fromkeys((max(begin - (job.finish - by), at_once), at_once)):
                    other = self._try(steps, earlier)
                    job = other if other.stuck is None and other.finish < job.finish else job
                    if job.finish <= by:
                        break
            if job.stuck is None:
                break
        taken = [(slot.machine, slot.start, slot.stop) for slot in job.slots]
        self._book(self._machines, taken)
        self.booked += taken
        return job

    def _try(self, steps, ready):
        """Return when and where the steps would run from a moment (seconds) on, without booking it."""
        machines = {key: machine.copy() for key, machine in self._machines.items()}
        self._book(machines, [span for key, spans in self._promised.items() if key not in self.planned for span in spans])
        return schedule(machines, steps, ready)

    def write_down(self):
        """Take the hours that work orders were given into the list of slots."""
        leaves, self.leaves = self.leaves, self.leaves.browse()
        # The environment of the orders is sudo's: the list follows what people may do with the hours themselves.
        slots = self._productions.env["paper.slot.reservation"]
        slots._mirror(leaves.with_env(slots.env), check=False)

    def _read(self, now, days):
        centres = self._productions.workorder_ids.workcenter_id
        centres |= centres.alternative_workcenter_ids
        if not self._days:
            centres._paper_lock_plan()
            centres.env["paper.slot.reservation"]._let_go_expired(centres)
        orders = self._productions._paper_orders()
        self._machines = centres._paper_machines(now.replace(microsecond=0), now + timedelta(days=days), orders)
        self._days = days
        slots = orders.paper_reservation_ids.filtered(lambda slot: slot._is_alive() and slot.date_to > now)
        for production in self._productions:
            own = production._paper_own_slots() & slots
            self._promised[production.id] = own._paper_spans()
            slots -= own
        self._book(self._machines, [*slots._paper_spans(), *self.booked])

    def _book(self, machines, spans):
        for machine, start, stop in spans:
            if machine in machines:
                machines[machine].book(start, stop)

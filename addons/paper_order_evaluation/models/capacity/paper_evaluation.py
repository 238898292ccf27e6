from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.mill import (
    Demand,
    Mill,
    bottleneck,
    finish_date,
    midnight,
    name_closures,
    promise_date,
    week_starts,
)
from odoo.addons.paper_capacity.lib.moments import HOLIDAY, to_datetime, to_seconds, unnamed, zone_of
from odoo.addons.paper_capacity.lib.scheduling import FULL, Job, Machine, subtract_intervals

HORIZON_DAYS = 728  # as far as Odoo's own planner looks
@dataclass
class Plan:
    """The plan of a company's machines while the orders of a batch are put into it."""

    mill: Mill
    centres: dict
    now: int
    zone: object
    steps: dict
    waits: dict
    routed: dict
    evaluations: object
    closures: dict
    memo: dict = field(default_factory=dict)


class PaperEvaluation(models.Model):
    """Capacity: when the machines can make an order, by today's plan. All orders of a batch are put into one plan, the one
    that is due first goes first, so they compete for the same hours; what the days before the promise are spent on is its
    reasons (R3.3.2).
    """

    _inherit = "paper.evaluation"

    capacity_board = fields.Json(string="Plan", compute="_compute_capacity_board")

    def _facts_capacity(self):
        """Return, for each order: promise date with the reasons of each earlier day, bottleneck, load, slots, offers.

        Hours are worked hours of a machine, moments UTC, dates those of the company's calendar.
        """
        netted = self._net_orders()
        steps, waits = self._line_steps(netted), self._line_waits(netted)
        result = {}
        for company, evaluations in self.grouped("company_id").items():
            plan = evaluations._open_plan(company, steps, waits, {line: net.recipe for line, net in netted["nets"].items()})
            for evaluation in evaluations.sorted(lambda rec: (rec._first_delivery(), rec.id)):
                result[evaluation] = evaluation._plan_order(plan)
        return result

    def _first_delivery(self):
        """Return when the first line of the order is to be delivered; the latest moment there is where no date is known."""
        self.ensure_one()
        return min((line._paper_delivery_date() or datetime.max for line in self._paper_lines()), default=datetime.max)

    # The plan

    def _open_plan(self, company, steps, waits, routed):
        """Read the machines that the orders can use, once for all of them."""
        self._asked_orders().order_line.paper_spec_id.mapped("display_name")
        ids = {
            choice.machine
            for evaluation in self
            for line in evaluation._paper_lines()
            for step in steps.get(line, ())
            for choice in step.choices
        }
        centres = self.env["mrp.workcenter"].with_context(active_test=False).browse(sorted(ids))
        start = fields.Datetime.now().replace(microsecond=0)
        read = centres._paper_read_plan(start, start + timedelta(days=HORIZON_DAYS), self.order_id)
        overtime = {
            centre.id: centres._paper_overtime(hours, closed, company.paper_overtime_hours, zone_of(centre.resource_calendar_id))
            for centre, (hours, closed, _booked) in read.items()
        }
        machines = {
            centre.id: Machine(subtract_intervals(hours, unnamed(closed)), booked)
            for centre, (hours, closed, booked) in read.items()
        }
        plan = Plan(
            Mill(machines, overtime),
            {centre.id: centre for centre in centres},
            to_seconds(start),
            zone_of(company.sudo().resource_calendar_id),  # sudo: only the time zone is read
            steps,
            waits,
            routed,
            self,
            {centre.id: closed for centre, (_hours, closed, _booked) in read.items()},
        )
        centres._paper_book_backlog(plan.mill, plan.now)
        return plan

    def _demands(self, plan):
        """Return the lines as the scheduler takes them, what has to be done first in front; work begins on the day after
        what it waits for is there."""
        demands = [
            Demand(
                line,
                plan.steps[line],
                [
                    (midnight(wait["date"] + timedelta(days=1), plan.zone), wait)
                    for wait in plan.waits[line]
                    if wait["date"]
                ],
                self._finish_limit(plan, line),
            )
            for line in self._paper_lines()
        ]
        return sorted(demands, key=lambda demand: float("inf") if demand.limit is None else demand.limit)

    def _finish_limit(self, plan, line):
        """Return the moment at which a line has to be done for the date that the customer asked for; None without one."""
        asked = line._paper_delivery_day()
        return midnight(asked - timedelta(days=line._paper_transit_days() - 1), plan.zone) if asked else None

    def _last_wait(self, plan, line):
        """Return the last day on which what a line waits for may come for it to be in time, None where it cannot be.

        Each line is tried alone against today's plan; the later it begins the later it is done.
        """
        self.ensure_one()
        limit, asked = self._finish_limit(plan, line), line._paper_delivery_day()
        today = self.company_id._paper_today()
        steps = plan.steps.get(line)
        if not steps or limit is None:
            return None
        keys = {choice.machine for step in steps for choice in step.choices}

        def in_time(days):
            begin = midnight(today + timedelta(days=days + 1), plan.zone)
            job = plan.mill.fork(keys).plan([Demand(line, steps, [(begin, {})], limit)], plan.now)[line]
            return job.finish is not None and job.finish <= limit

        first, last = 0, (asked - today).days - 1
        if last < 0 or not in_time(0):
            return None
        while first < last:
            middle = (first + last + 1) // 2
            if in_time(middle):
                first = middle
            else:
                last = middle - 1
        return today + timedelta(days=first)

    # One order

    def _plan_order(self, plan):
        """Put one order into the plan and say what that means; ``plan.mill`` is booked."""
        self.ensure_one()
        demands = self._demands(plan)
        unknown = [demand.key.product_id.display_name for demand in demands if not demand.steps]
        keys = {choice.machine for demand in demands for step in demand.steps for choice in step.choices}
        before = plan.mill.fork(keys)
        limit = max((demand.limit for demand in demands if demand.limit is not None), default=None)
        jobs = plan.mill.plan(demands, plan.now)
        facts = {demand.key: self._line_facts(plan, demand, jobs[demand.key]) for demand in demands}
        lines = [facts[line] for line in self._paper_lines()]
        known = bool(lines) and not unknown
        promise = max((line["promise"] or "" for line in lines), default="") if known else ""
        if any(not line["promise"] for line in lines):
            promise = ""
        late = known and any(line["late"] for line in lines)
        last = self._deciding_line(lines, late)
        worst, waited = self._bottleneck(plan, before, demands, jobs, last)
        done = [jobs[demand.key].finish for demand in demands]
        result = {
            "until": last and (last["until"] or max((line["until"] or "" for line in lines), default="")) or None,
            "promise": promise or None,
            "late": late,
            "reasons": last["reasons"] if last and known else [],
            "lines": lines,
            "rows": self._machine_rows(plan, before, demands, limit),
            "bottleneck": worst
            and {"id": worst, "workcenter": plan.centres[worst].display_name, "waited": waited / 3600},
            "load": self._load(plan, before, jobs, done),
            "slots": self._slots(plan, jobs),
            "without_bom": [demand.key.product_id.display_name for demand in demands if not plan.routed[demand.key]],
            "unrouted": unknown,
            "offers": [],
            "remedies": [],
        }
        if late:
            twin = before.fork(before.machines)
            parts = twin.plan_parts(demands, plan.now)
            result["offers"] = self._offers(plan, parts)
            result["remedies"] = self._compute_remedies(plan, before, demands, jobs, worst, parts)
        result["proposal"] = self._propose_capacity(plan, before, demands, result) if known else False
        return result

    def _deciding_line(self, lines, late):
        """Return the line on which the order's date hangs: the one that is latest against its own date, or else the one
        that comes last."""

        def rank(line):
            if not line["promise"]:
                return 2, 0
            if not late:
                return 1, line["promise"]
            if not line["late"]:
                return 0, 0
            return 1, (date.fromisoformat(line["promise"]) - date.fromisoformat(line["until"])).days

        return max(lines, key=rank, default=None)

    def _line_facts(self, plan, demand, job):
        line, transit = demand.key, demand.key._paper_transit_days()
        asked = line._paper_delivery_day()
        missed = bool(demand.steps) and (job.finish is None or job.finish > (demand.limit or 0))
        facts = {
            "line": line._origin.id,
            "name": line.paper_spec_id.display_name or line.product_id.display_name,
            "quantity": line.paper_quantity or line.product_uom_qty,
            "unit": line.paper_unit or line.product_uom_id.name,
            "until": asked.isoformat() if asked else None,
            "late": demand.limit is not None and missed,
            "finish": None,
            "promise": None,
            "reasons": [],
        }
        if job.stuck is not None:
            step = demand.steps[job.stuck]
            centre = plan.centres.get(step.choices[0].machine)
            if not any(choice.able for choice in step.choices):
                words = self._unable_words(step, centre, line.paper_spec_id)
                facts["reasons"] = [{"kind": "cannot", "what": words, "from": plan.now, "until": None}]
                return facts
            kind = "never" if centre.resource_calendar_id and centre.active else "no_hours"
            facts["reasons"] = [{"kind": kind, "what": centre.display_name, "from": plan.now, "until": None}]
            return facts
        if not demand.steps:
            return facts
        today = finish_date(plan.now + 1, plan.zone)
        facts["finish"] = fields.Datetime.to_string(to_datetime(job.finish))
        unknown = next((wait for wait in plan.waits[line] if not wait["date"]), None)
        if unknown:
            facts["reasons"] = [{"kind": unknown["kind"], "what": unknown["what"], "from": plan.now, "until": None}]
            return facts
        facts["promise"] = promise_date(job.finish, transit, today, plan.zone).isoformat()
        facts["reasons"] = self._told_reasons(plan, demand, job, transit)
        return facts

    def _line_days(self, plan, jobs):
        """Return the day on which each line can be with the customer, ``{line: date}``; None where it is never done."""
        today = finish_date(plan.now + 1, plan.zone)
        done = {line: job.finish for line, job in jobs.items()}
        return {
            line: None if moment is None else promise_date(moment, line._paper_transit_days(), today, plan.zone)
            for line, moment in done.items()
        }

    def _is_in_time(self, days):
        """Say whether each line comes by its own date; a line without one does, if it comes at all."""
        return all(day is not None and day <= (line._paper_delivery_day() or day) for line, day in days.items())

    def _machine_rows(self, plan, before, demands, limit):
        """Return hours needed and free until the limit for each machine that the routing names, the scarcest first."""
        needed = {}
        for demand in demands:
            for step in demand.steps:
                own = step.choices[0]
                seconds, _others = needed.setdefault(own.machine, (0, set()))
                needed[own.machine] = (
                    seconds + own.duration(step.quantity),
                    needed[own.machine][1] | {choice.machine for choice in step.choices[1:]},
                )

        def free(key):
            return before.machines[key].free(plan.now, limit) / 3600 if limit and limit > plan.now else 0.0

        rows = [
            {
                "workcenter": plan.centres[key].display_name,
                "needed": seconds / 3600,
                "free": free(key) if limit is not None else None,
                "alternatives": sum(free(other) for other in others),
            }
            for key, (seconds, others) in needed.items()
        ]
        return sorted(rows, key=lambda row: (row["free"] or 0.0) - row["needed"])

    def _load(self, plan, before, jobs, done):
        """Return open, booked and added hours of each machine that the order uses, by week."""
        until = max([moment for moment in done if moment] + [plan.now])
        edges = week_starts(plan.now, until, plan.zone)
        machines = []
        for key in dict.fromkeys(slot.machine for job in jobs.values() for slot in job.slots):
            machine, slots = before.machines[key], [s for job in jobs.values() for s in job.slots if s.machine == key]
            row = {"id": key, "workcenter": plan.centres[key].display_name, "open": [], "before": [], "added": []}
            for start, stop in zip(edges, edges[1:], strict=False):
                opened = machine.open(start, stop)
                row["open"].append(round(opened / 3600, 2))
                row["before"].append(round((opened - machine.free(start, stop)) / 3600, 2))
                met = ((max(slot.start, start), min(slot.stop, stop)) for slot in slots)
                row["added"].append(round(sum(machine.open(one, two) for one, two in met if one < two) / 3600, 2))
            machines.append(row)
        weeks = [finish_date(edge + 1, plan.zone).isoformat() for edge in edges[:-1]]
        return {"weeks": weeks, "machines": machines}

    def _slots(self, plan, jobs):
        result = []
        for line, job in jobs.items():
            for slot in job.slots:
                operation, product = plan.steps[line][slot.step].key
                if slot.stop > slot.start:
                    result.append(
                        {
                            "line": line._origin.id,
                            "operation": operation.id,
                            "name": operation.name,
                            "product": product.id,
                            "workcenter": slot.machine,
                            "workcenter_name": plan.centres[slot.machine].display_name,
                            "from": fields.Datetime.to_string(to_datetime(slot.start)),
                            "to": fields.Datetime.to_string(to_datetime(slot.stop)),
                            "hours": plan.mill.machines[slot.machine].open(slot.start, slot.stop) / 3600,
                        }
                    )
        return result

    def _offers(self, plan, parts):
        """Return what of a late order can come on the days that were asked for, and when the rest."""
        jobs = [job for _share, made in parts.values() for job in made]
        if not any(share for share, _jobs in parts.values()) or any(job.finish is None for job in jobs):
            return []
        whole = {line: Job([slot for job in made for slot in job.slots], plan.now) for line, (_share, made) in parts.items()}
        days = self._line_days(plan, whole)
        if self._is_in_time(days):
            return []  # two runs keep the date: that is a way out, not an offer
        rest = max(day for line, day in days.items() if parts[line][0] < 1).isoformat()
        asked = {line._paper_delivery_day() for line in parts}
        first = [
            {
                "line": line._origin.id,
                "name": line.paper_spec_id.display_name or line.product_id.display_name,
                "quantity": (line.paper_quantity or line.product_uom_qty) * share,
                "unit": line.paper_unit or line.product_uom_id.name,
                "share": share,
            }
            for line, (share, _jobs) in parts.items()
        ]
        return [{"date": asked.pop().isoformat() if len(asked) == 1 else None, "lines": first, "rest": rest}]

    def _propose_capacity(self, plan, before, demands, facts):
        """Say yes where the dates hold, or where only what the order waits for breaks them; with a remedy, yes if."""
        if not facts["late"]:
            return "yes" if demands and all(demand.limit is not None for demand in demands) else False
        if any(demand.waits for demand in demands) and not any(
            reason["kind"] == FULL for line in facts["lines"] for reason in line["reasons"]
        ):
            at_once = [Demand(demand.key, demand.steps, limit=demand.limit) for demand in demands]
            days = self._line_days(plan, before.fork(before.machines).plan(at_once, plan.now))
            if self._is_in_time(days):
                return "yes"
        return "conditional" if any(remedy["in_time"] for remedy in facts["remedies"]) else "no"

    def _bottleneck(self, plan, before, demands, jobs, last):
        """Return (work centre id, seconds waited for it) of the line that is done last; of all where none waits there."""
        spent = {demand.key.id: before.reasons(demand, jobs[demand.key], plan.now) for demand in demands}
        worst, waited = bottleneck(spent.get(last["line"], []) if last else [])
        return (worst, waited) if worst else bottleneck([span for spans in spent.values() for span in spans])

    def _told_reasons(self, plan, demand, job, transit):
        """Return the reasons of the days before the promise: [{"kind", "what", "from", "until"}], moments in seconds."""
        told = []
        for kind, what, start, stop in plan.mill.reasons(demand, job, plan.now):
            if kind == "wait":
                told.append({"kind": what["kind"], "what": what["what"], "from": start, "until": stop})
            else:
                centre = plan.centres[what].display_name
                for named, name, begin, end in name_closures(kind, start, stop, plan.closures[what]):
                    reason = {"kind": named, "what": centre, "from": begin, "until": end}
                    if name == HOLIDAY:
                        reason["kind"] = "holiday"
                    elif name:
                        reason["name"] = name
                    told.append(reason)
        if transit:
            told.append({"kind": "transit", "what": transit, "from": job.finish, "until": job.finish + transit * 86400})
        return told

    @api.depends("opinion_ids.capacity_board")
    @api.depends_context("lang", "uid")
    def _compute_capacity_board(self):
        for evaluation in self:
            opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
            evaluation.capacity_board = opinion.capacity_board

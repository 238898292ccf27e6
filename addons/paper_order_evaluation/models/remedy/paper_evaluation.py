from datetime import timedelta

from odoo import models
from odoo.addons.paper_capacity.lib.mill import finish_date
from odoo.addons.paper_capacity.lib.scheduling import Job

MADE = ("material", "electricity", "steam", "machine", "labour", "allowance")


class PaperEvaluation(models.Model):
    """Ways out of a late date, computed: overtime, more machines at once, buying the paper in. Each is planned like the order
    itself, so its date holds as well as the order's own (R3.3.2).
    """

    _inherit = "paper.evaluation"

    def _compute_remedies(self, plan, before, demands, jobs, worst, parts):
        """Return what makes a late order earlier, the cheapest that is in time first.

        :param before: the mill before the order was put into it
        :param jobs: what became of the lines as they stand
        :param worst: id of the bottleneck
        :param parts: what :meth:`~..lib.mill.Mill.plan_parts` gives
        :return: [{"kind", "what" (names), "hours" (of overtime), "cost" (added, company currency, None unknown), "date",
            "days" (against the plan as it stands), "in_time", "lines" ({id of a line: ISO date}), "slots"}]
        """
        self.ensure_one()
        used = list(dict.fromkeys(slot.machine for job in jobs.values() for slot in job.slots)) or [worst]
        found = []
        steps = [step for demand in demands for step in demand.steps]
        every = list(dict.fromkeys([*used, *(choice.machine for step in steps for choice in step.choices)]))
        for machines in ([worst], used, every):
            found.append(self._remedy_overtime(plan, before, demands, jobs, machines))
            if found[-1] and found[-1]["in_time"]:
                break
        found.append(self._remedy_equipment(plan, before, demands, jobs, used))
        found.append(self._remedy_subcontracting(plan, demands, jobs))
        found.append(self._remedy_two_runs(plan, before, jobs, parts))
        kept = {}
        for remedy in found:
            if remedy and (remedy["days"] is None or remedy["days"] < 0):
                kept.setdefault((remedy["kind"], remedy["date"]), remedy)
        return sorted(kept.values(), key=lambda one: (not one["in_time"], one["cost"] is None, one["cost"] or 0.0, one["date"]))

    def _remedy_overtime(self, plan, before, demands, jobs, machines):
        machines = [key for key in machines if key in before.overtime]
        if not machines:
            return None
        mill = before.with_overtime(machines)
        tried = mill.plan(demands, plan.now)
        if any(job.finish is None for job in tried.values()):
            return None
        hours, cost = {}, self._machine_cost(plan, mill, tried) - self._machine_cost(plan, before, jobs)
        for job in tried.values():
            for slot in job.slots:
                regular = before.machines[slot.machine].open(slot.start, slot.stop)
                extra = (mill.machines[slot.machine].open(slot.start, slot.stop) - regular) / 3600
                hours[slot.machine] = hours.get(slot.machine, 0) + extra
        surcharge = self.company_id.paper_overtime_surcharge / 100
        cost += sum(amount * self._hour_cost(plan, plan.centres[key])[1] * surcharge for key, amount in hours.items())
        names = [plan.centres[key].display_name for key, amount in hours.items() if amount]
        return self._remedy(plan, "overtime", names, tried, jobs, cost, hours=sum(hours.values()))

    def _remedy_equipment(self, plan, before, demands, jobs, used):
        mill = before.fork(before.machines)
        tried = mill.plan(demands, plan.now, split=set(used))
        if any(job.finish is None for job in tried.values()):
            return None
        cost = self._machine_cost(plan, mill, tried) - self._machine_cost(plan, before, jobs)
        shared = {}
        for line, job in tried.items():
            for slot in job.slots:
                shared.setdefault((line, slot.step), []).append(slot.machine)
        keys = dict.fromkeys(key for machines in shared.values() if len(machines) > 1 for key in machines)
        if not keys:
            return None
        return self._remedy(plan, "equipment", [plan.centres[key].display_name for key in keys], tried, jobs, cost)

    def _remedy_two_runs(self, plan, before, jobs, parts):
        """Make a line in two runs, where one has no gap that is long enough."""
        made = {line: pair for line, (_share, pair) in parts.items()}
        if not any(len(pair) > 1 for pair in made.values()):
            return None
        if any(job.finish is None for pair in made.values() for job in pair):
            return None
        tried = {line: Job([slot for job in pair for slot in job.slots], plan.now) for line, pair in made.items()}
        cost = self._machine_cost(plan, before, tried) - self._machine_cost(plan, before, jobs)
        names = [line.paper_spec_id.display_name or line.product_id.display_name for line, pair in made.items() if len(pair) > 1]
        return self._remedy(plan, "other", list(dict.fromkeys(names)), tried, jobs, cost)

    def _remedy_subcontracting(self, plan, demands, jobs):
        """Buy the late lines from the supplier that their product names; the other lines stay as planned."""
        today, days = finish_date(plan.now + 1, plan.zone), self._line_days(plan, jobs)
        before, names, cost = dict(days), [], 0.0
        for demand in demands:
            line = demand.key
            if self._is_in_time({line: days[line]}):
                continue
            quantity = line._product_quantity()
            seller = line.product_id.with_company(self.company_id)._select_seller(
                quantity=quantity, date=today, uom_id=line.product_id.uom_id
            )
            if not seller:
                return None
            own = self._own_cost(plan, line)
            price = seller.currency_id._convert(seller.price, self.company_id.currency_id, self.company_id, today)
            price = seller.product_uom_id._compute_price(price, line.product_id.uom_id)
            cost = None if cost is None or own is None else cost + price * quantity - own
            days[line] = today + timedelta(days=seller.delay + line._paper_transit_days())
            names.append(seller.partner_id.display_name)
        if not names:
            return None
        return self._prepare_remedy("subcontracting", list(dict.fromkeys(names)), days, before, cost)

    def _remedy(self, plan, kind, names, tried, jobs, cost, hours=0.0):
        days, before = self._line_days(plan, tried), self._line_days(plan, jobs)
        return self._prepare_remedy(kind, names, days, before, cost, hours, self._slots(plan, tried))

    def _prepare_remedy(self, kind, names, days, before, cost, hours=0.0, slots=()):
        """Return a way out.

        :param days: ``{line: date}`` on which each line is with the customer this way
        :param before: the same as the plan stands
        """
        return {
            "kind": kind,
            "what": names,
            "hours": hours,
            "cost": cost,
            "date": max(days.values()).isoformat(),
            "days": self._days_moved(days, before),
            "in_time": self._is_in_time(days),
            "lines": {str(line._origin.id): day.isoformat() for line, day in days.items()},
            "slots": list(slots),
        }

    def _days_moved(self, days, before):
        """Return by how many days a way out moves what is latest against its own date, negative is earlier; None where
        no date could be promised before."""
        if None in before.values():
            return None
        return self._days_behind(days) - self._days_behind(before)

    def _days_behind(self, days):
        """Return how many days the line that is latest against its own date comes after it."""
        asked = {line: line._paper_delivery_day() for line in days}
        return max((day - asked[line]).days for line, day in days.items() if asked[line])

    # What it costs

    def _hour_cost(self, plan, workcenter):
        """Return what an hour of a machine costs and how much of it is wages, in company currency.

        Where no crew or rate of labour is known, the whole cost per hour counts as wages.
        """
        if workcenter not in plan.memo:
            rates = plan.memo.get("rates")
            if rates is None:
                rates = plan.memo["rates"] = self.env["paper.cost.rate"]._rates_of(
                    self.company_id, self.company_id._paper_today()
                )
            work = dict.fromkeys(("machine", "labour", "electricity", "steam"), 0.0)
            work["unrated"] = []
            self._add_hour_cost(work, workcenter, 1.0, rates)
            wages = work["labour"] or work["machine"]
            plan.memo[workcenter] = work["machine"] + work["labour"] + work["electricity"] + work["steam"], wages
        return plan.memo[workcenter]

    def _own_cost(self, plan, line):
        """Return what making a line costs the mill, in company currency; None where it is not known. Packing, freight and
        financing stay with the mill, whoever makes the paper."""
        if "costs" not in plan.memo:
            plan.memo["costs"] = {
                row["line"]: None if row["unpriced"] or row["unrated"] else sum(row["elements"][name] for name in MADE)
                for facts in plan.evaluations._facts_cost().values()
                for row in facts["rows"]
            }
        return plan.memo["costs"].get(line._origin.id)

    def _machine_cost(self, plan, mill, jobs):
        return sum(
            mill.machines[slot.machine].open(slot.start, slot.stop) / 3600 * self._hour_cost(plan, plan.centres[slot.machine])[0]
            for job in jobs.values()
            for slot in job.slots
        )

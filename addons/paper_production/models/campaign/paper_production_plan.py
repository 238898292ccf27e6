from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_capacity.lib.machine import Machine, subtract_intervals
from odoo.addons.paper_capacity.lib.moments import to_datetime, to_seconds, unnamed

from ...exceptions import PlanInputError, PlanOvertakenError, PlanStaleError, SheetConfirmedError
from ...lib.campaigns import MOST_DEMANDS, Line, faults
from ...lib.plan_rules import Paper
from ..plan.paper_production_plan import AGREED, SUPERVISOR
from .problem import Problem

HORIZON_DAYS = 180


class PaperProductionPlan(models.Model):
    """A plan puts what it holds in sequence: campaigns on the paper machines, in versions of which one is approved (R5.1.1)."""

    _inherit = "paper.production.plan"

    version_ids = fields.One2many("paper.plan.version", "plan_id", string="Versions", readonly=True)
    version_id = fields.Many2one(
        "paper.plan.version", string="Version", by_steps=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    sheet_ids = fields.One2many("paper.plan.sheet", "plan_id", string="Sheets", readonly=True)
    campaign_ids = fields.One2many(related="version_id.campaign_ids", string="Campaigns")
    can_compute = fields.Boolean(compute="_compute_can_steps")
    can_replan = fields.Boolean(compute="_compute_can_steps")
    disturbed = fields.Text(
        string="Disturbed", by_steps=True, copy=False, help="What of the approved plan its machines can no longer keep."
    )

    # The problem

    def _demand_productions(self):
        """Return the open orders of the plan that a paper machine works for."""
        return self._open_productions().filtered(lambda rec: rec.paper_kind != "run")

    def _problem(self, stands=None, ready=None, urgent=(), without=(), more=None):
        """Return the :class:`.problem.Problem` of this plan.

        :param stands: the version in force; what of it has begun or lies within the freeze fence stays
        :param ready: ``{manufacturing order: moment before which it cannot be made}``
        :param urgent: orders that come before others
        :param without: orders that are left out
        :param more: orders that are added
        :raises PlanInputError: naming each order that cannot be planned, and why
        :raises PlanRuleError: where the rules cannot hold together
        """
        self.ensure_one()
        now, stands = fields.Datetime.now().replace(microsecond=0), stands or self.env["paper.plan.version"]
        rules = self.env["paper.plan.rule"]._rules_of(self.company_id)
        stays = stands.campaign_ids.filtered(lambda one: one._stays(now))
        productions = self._demand_productions() | (more or self.production_ids.browse())
        productions -= stays.line_ids.production_id
        for production in without:
            productions -= production
        demands, ready = [], ready or {}
        for production in productions:
            moment = ready.get(production)
            demand = production._paper_demand(to_seconds(moment) if moment else 0, 8.0 if production in urgent else 1.0)
            if demand:
                demands.append(demand)
        lines = self._lines(demands, stays, stands, now)
        self._check_input(demands, lines, now)
        moves = stands.campaign_ids - stays
        before = {
            line.production_id.id: (line.campaign_id.workcenter_id.id, to_seconds(line.date_end)) for line in moves.line_ids
        }
        known = {demand.key for demand in demands}
        before = {key: value for key, value in before.items() if key in known}
        fixed = [campaign._prepare_copy() for campaign in stays.sorted("date_from")]
        for values, campaign in zip(fixed, stays.sorted("date_from"), strict=True):
            values["date_to"] = self._new_end(campaign, lines)
        return Problem(demands, list(lines.values()), rules, fixed, before, to_seconds(now))

    def _lines(self, demands, stays, stands, now):
        """Return ``{machine: Line}`` of the machines on which the demands can be made."""
        # sudo: whoever plans need not read what is promised to orders under evaluation
        centres = self.env["mrp.workcenter"].sudo().browse({key for demand in demands for key in demand.seconds})
        centres = (centres | stays.workcenter_id.sudo()).sorted(lambda one: (one.sequence, one.id))
        plans = centres._paper_read_plan(now, fields.Datetime.add(now, days=HORIZON_DAYS), self.sudo()._moved_orders())
        own = self._open_productions().workorder_ids
        begun = stays.line_ids.production_id | stays.production_ids
        spans = {}
        for work in own.filtered(lambda one: one.leave_id and one.production_id not in begun):
            span = to_seconds(work.leave_id.date_from), to_seconds(work.leave_id.date_to)
            spans.setdefault(work.workcenter_id.id, []).append(span)
        lines = {}
        for centre, (hours, closed, booked) in plans.items():
            gone = spans.get(centre.id, [])
            machine = Machine(subtract_intervals(hours, unnamed(closed)), [span for span in booked if span not in gone])
            line = Line(centre.id, machine, to_seconds(now), self._paper_on(centre, stays, now), centre.name)
            lines[centre] = line
        for centre in lines:
            own = stays.filtered(lambda one, at=centre: one.workcenter_id.id == at.id)
            ends = [to_seconds(self._new_end(one, lines)) for one in own]
            if ends:
                line = lines[centre]
                lines[centre] = Line(line.key, line.machine, max(line.begin, *ends), line.last, line.name)
        return lines

    def _new_end(self, campaign, lines):
        """Return when a campaign that stays is done: later where its machine was closed in the meantime."""
        line = next((one for one in lines.values() if one.key == campaign.workcenter_id.id), None)
        if not line:
            return campaign.date_to
        now = to_seconds(fields.Datetime.now().replace(microsecond=0))
        start, stop = max(to_seconds(campaign.date_from), now), to_seconds(campaign.date_to)
        if stop <= now:
            return campaign.date_to
        left = min(campaign.hours * 3600, stop - start)
        open_time = line.machine.open(start, stop)
        if open_time >= left - 60:
            return campaign.date_to
        return to_datetime(line.machine.reaches(line.machine.worked(start) + round(left)))

    def _paper_on(self, centre, stays, now):
        """Return the paper that the machine makes last of what stays: the first campaign begins with it."""
        own = stays.filtered(lambda one: one.workcenter_id.id == centre.id).sorted("date_to")
        if not own:
            # sudo: what the machine makes may be in a plan of whomever
            own = self.env["paper.campaign"].sudo().search(
                [
                    ("workcenter_id", "=", centre.id),
                    ("version_id.state", "=", "in_force"),
                    ("date_from", "<=", now),
                    ("plan_id", "!=", self.id),
                ],
                order="date_to desc",
                limit=1,
            )
        last = own[-1:]
        return last and Paper(last.grade_id.id, last.basis_weight, last.grade_id.paper_shade, last.name) or None

    def _check_input(self, demands, lines, now):
        """Refuse demands that cannot be planned, each with its reason.

        :raises PlanInputError: one line an order
        """
        if len(demands) > MOST_DEMANDS:
            raise PlanInputError(
                self.env._(
                    "%(plan)s holds %(number)s orders; %(most)s are planned at once. Shorten its period.",
                    plan=self.name,
                    number=len(demands),
                    most=MOST_DEMANDS,
                )
            )
        if not lines:
            raise PlanInputError(self.env._("%(plan)s holds nothing that a paper machine makes.", plan=self.name))
        said_of = {
            "no_machine": self.env._("no machine can make it"),
            "no_weight": self.env._("it has no weight, or its specification no basis weight"),
            "no_time": self.env._("its machine takes no time for it: enter its speed, or the time of the operation"),
        }
        words = []
        for fault in faults(demands, list(lines.values()), to_seconds(now)):
            if fault.stops:
                production = self.env["mrp.production"].browse(fault.demand)
                spec = production.paper_spec_id.display_name
                words.append(f"{production.name} ({production.origin or ''}, {spec}): {said_of[fault.kind]}")
        if words:
            raise PlanInputError("\n".join(words), action=self.env["paper.way.out"]._lead_to(self))
        closed = [line.name for line in lines.values() if not line.machine.total]
        if closed:
            raise PlanInputError(self.env._("%s has no open hours: give it a calendar and crew.", ", ".join(closed)))

    def _past_due(self, problem):
        """Return the orders that were due before they can be made at all, as notes."""
        return [fault.demand for fault in faults(problem.demands, problem.lines, problem.now) if fault.kind == "past_due"]

    # Computing

    def action_compute(self):
        """Compute a version: campaigns in the best sequence that is found in the company's time, under the rules (R5.1.1)."""
        self.ensure_one()
        self.check_access("write")
        self._check_act("compute")
        problem = self._problem()
        return self._keep_version(problem, problem.solve(self.company_id.paper_plan_seconds), "computed")

    def _keep_version(self, problem, found, kind, reason=False, based_on=None):
        """Keep what was found as the next version, and choose it where the plan is not decided."""
        # Two people who compute at once get two numbers.
        lock_or_tell(self, PlanOvertakenError)
        versions = self.env["paper.plan.version"].sudo()  # sudo: the act was checked; a version is nobody's to write
        number = max(self.sudo().version_ids.mapped("number"), default=0) + 1
        values = {"plan_id": self.id, "number": number, "kind": kind, "reason": reason, "based_on_id": based_on and based_on.id}
        version = versions._by_step().create({**values, **versions._prepare_found(problem, found)})
        notes = [version._difference_words(based_on)] if based_on else []
        past = self._past_due(problem)
        if past:
            names = ", ".join(self.production_ids.browse(past).mapped("name"))
            notes.append(self.env._("Due before they can be made at all: %s", names))
        version._by_step().difference = "\n".join(notes) or False
        if self.state in AGREED:
            # sudo: the act was checked
            self.sudo()._by_step().write({"version_id": version.id})
        return version.sudo(False)

    # What an approved version does

    def _check_version(self):
        """Refuse to decide on a version that breaks rules or does not hold what the plan holds.

        :raises PlanStaleError: naming the orders
        """
        for plan in self.filtered("version_id"):
            version = plan.version_id.sudo()  # sudo: the rule is the same whatever the user may read
            version._check_rules()
            planned = version.campaign_ids.line_ids.production_id
            wanted = plan._demand_productions().filtered(lambda rec: rec.sudo()._paper_web()[0])  # sudo: as above
            other = (planned - plan.production_ids) | (wanted - planned)
            if other:
                raise PlanStaleError(
                    plan.env._(
                        "%(version)s was computed for other orders: %(orders)s came or went since. Compute the plan again.",
                        version=version.display_name,
                        orders=", ".join(other.mapped("name")),
                    ),
                    action=self.env["paper.way.out"]._lead_to(plan),
                )

    def _take_campaigns(self):
        """Give the orders of the version the times and machines of their campaigns, before they are scheduled."""
        self.ensure_one()
        now = fields.Datetime.now()
        # sudo: the step was checked; it reads and writes whatever the person may
        for campaign in self.version_id.sudo().campaign_ids.sorted("date_from"):
            runs = campaign.production_ids.filtered(lambda rec: rec.paper_kind == "run" and rec.state not in ("done", "cancel"))
            runs._take_campaign(campaign, campaign.date_from, campaign.hours * 60 / (len(runs) or 1))
            begin = campaign.date_from
            for line in campaign.line_ids:
                production = line.production_id
                production._by_step().paper_campaign_id = campaign
                if production.paper_kind == "cut" or production.state in ("done", "cancel", "progress", "to_close"):
                    begin = line.date_end
                    continue
                share = campaign.hours * 60 * line.kg / (campaign.kg or 1.0)
                production._take_campaign(campaign, max(begin, now), share)
                begin = line.date_end

    def _make_campaign_runs(self):
        """Make a run for each campaign of cuts, in the place of those that were made before the plan was computed."""
        self.ensure_one()
        runs = self._open_productions().filtered(lambda rec: rec.paper_kind == "run" and rec.state == "confirmed")
        stays = runs.filtered(lambda rec: rec.paper_campaign_id.version_id == self.version_id)
        # sudo: base paper is made of what the recipe says, whether or not planning reads recipes
        old = (runs - stays).sudo()
        self._drop_runs(old)
        campaigns = self.version_id.sudo().campaign_ids - stays.paper_campaign_id  # sudo: as above
        bases = self._demand_productions().paper_base_id
        lacking = self._paper_lacking(bases) if bases else {}
        vals_list = []
        for campaign in campaigns.sorted("date_from"):
            cuts = campaign.line_ids.production_id.filtered(lambda rec: rec.paper_kind == "cut")
            for base, own in cuts.grouped("paper_base_id").items():
                need = sum(move.product_qty for move in own.move_raw_ids if move.product_id == base)
                kg = min(need, lacking[base])
                lacking[base] -= kg
                if base.uom_id.compare(kg, 0) > 0:
                    vals_list.append(self._prepare_run(base, kg, campaign.date_from, campaign))
        self.env["mrp.production"].sudo()._by_step().create(vals_list).action_confirm()  # sudo: as above

    def _drop_runs(self, runs):
        if runs:
            runs = runs._as_released()
            runs.filtered("is_planned")._unplan_each()
            runs._by_step().write({"paper_plan_id": False})
            runs.action_cancel()
            runs.unlink()

    def _prepare_run(self, base, kg, date_start, campaign=None):
        """Return the values of a run of ``kg`` of a base paper."""
        return {
            "product_id": base.id,
            "product_qty": kg,
            "product_uom_id": base.uom_id.id,
            "company_id": self.company_id.id,
            "paper_spec_id": base.paper_web_spec_id.id,
            "paper_plan_id": self.id,
            "origin": self.name,
            "date_start": date_start,
            **({"paper_campaign_id": campaign.id} if campaign else {}),
        }

    def _distribute(self):
        """Bring the version into force and give each department its sheet (R5.1.2)."""
        for plan in self.filtered("version_id"):
            version = plan.version_id.sudo()  # sudo: the step was checked; sheets are nobody's to write
            if version.state == "proposed":
                version._by_step().write({"state": "in_force"})
            sheets = self.env["paper.plan.sheet"].sudo()._by_step()
            there = version.sheet_ids.mapped("department")
            lacking = [name for name in sheets._departments() if name not in there]
            made = sheets.create([{"version_id": version.id, "department": name} for name in lacking])
            made._remind()
        self._make_setups()

    # Planning anew

    def _what_if(self, **changes):
        """Return the problem, what is found, and what would move; nothing is kept. See :meth:`_problem` for the changes."""
        self.ensure_one()
        problem = self._problem(self.version_id, **changes)
        return problem, problem.solve(min(self.company_id.paper_plan_seconds, 15))

    def _what_if_words(self, problem, found):
        """Return what would move by what was found, in words."""
        ends = {demand.key: demand.due for demand in problem.demands}
        after = {}
        productions = self.env["mrp.production"]
        for campaign in found.campaigns:
            for key, end in campaign.ends.items():
                late = max(end - ends[key], 0) / 3600 if ends[key] is not None else 0.0
                after[productions.browse(key)] = (self.env["mrp.workcenter"].browse(campaign.machine), to_datetime(end), late)
        stays = {command[2]["production_id"] for values in problem.fixed for command in values["line_ids"]}
        for line in self.version_id.campaign_ids.line_ids.filtered(lambda one: one.production_id.id in stays):
            after[line.production_id] = (line.campaign_id.workcenter_id, line.date_end, line.late_hours)
        return self.env["paper.plan.version"]._words_of_difference(self.version_id._places(), after)

    def _replan(self, reason, **changes):
        """Compute a version in the place of the one in force; it is proposed, the supervisor puts it in force.

        :return: the version
        """
        self.ensure_one()
        self.check_access("write")
        self._check_act("replan")
        problem, found = self._what_if(**changes)
        version = self._keep_version(problem, found, "replanned", said(reason), self.version_id)
        self.company_id._paper_tell(
            SUPERVISOR, self, lambda plan: version.with_env(plan.env)._proposed_words(), kind=f"replan {version.id}",
            activity_type="paper_production.activity_approval",
        )
        return version

    def _put_in_force(self, version, reason):
        """Change the approved plan to another version: all of it or nothing (R5.1.2)."""
        self.ensure_one()
        # Of two who do this at once the second one finds that it was overtaken.
        lock_or_tell(self, PlanOvertakenError)
        self.invalidate_recordset(["version_id"])
        # sudo: the act was checked; versions are nobody's to write
        old, own = self.version_id.sudo(), version.sudo()
        own._check_current()
        (old.campaign_ids.workcenter_id | own.campaign_ids.workcenter_id)._paper_lock_plan()
        if not self._own_amendment():
            self.action_amend(reason)
        added = own.campaign_ids.line_ids.production_id - self.production_ids
        added._by_step().write({"paper_plan_id": self.id})
        now = fields.Datetime.now()
        stays = old.campaign_ids.filtered(lambda one: one._stays(now))
        kept = stays.line_ids.production_id | stays.production_ids
        gone = old.campaign_ids.line_ids.production_id - own.campaign_ids.line_ids.production_id
        moving = self._open_productions().filtered(
            lambda rec: rec not in kept and rec.state in ("confirmed",) and rec.paper_campaign_id
        ) | added
        released = moving._as_released()
        released.filtered("is_planned")._unplan_each()
        self._keep_fixed(stays, own)
        old._by_step().write({"state": "superseded"})
        own._by_step().write({"state": "in_force"})
        # sudo: as above
        self.sudo()._by_step().write({"version_id": own.id, "disturbed": False})
        self._drop_runs(moving.filtered(lambda rec: rec.paper_kind == "run").sudo())
        (gone - kept)._as_released()._by_step().write({"paper_plan_id": False, "paper_campaign_id": False})
        self._make_campaign_runs()
        plan = self.with_context(**self._open_productions()._as_released().env.context)
        plan._take_campaigns()
        plan._schedule_all()
        self._keep_lines()
        self._record_changes(
            [
                {
                    "production_id": production.id,
                    "production_name": production.name,
                    "kind": "planned",
                    "res_model": "mrp.production",
                    "old_value": self.company_id._paper_moment(was[1]),
                    "new_value": self.company_id._paper_moment(end),
                }
                for production, (machine, end, _late) in own._places().items()
                if (was := old._places().get(production)) and (was[0] != machine or was[1] != end)
            ]
        )
        self._distribute()

    def _keep_fixed(self, stays, version):
        """Let what stays be what it is in the new version too, with the end that it has now."""
        for old in stays:
            new = version.campaign_ids.filtered(
                lambda one, old=old: one.workcenter_id == old.workcenter_id
                and one.line_ids.production_id == old.line_ids.production_id
            )[:1]
            if not new:
                continue
            productions = (old.production_ids | old.line_ids.production_id)._as_released()
            productions._by_step().write({"paper_campaign_id": new.id})
            for work in productions.workorder_ids.filtered(lambda one: one._paper_is_web() and one.leave_id):
                if work.leave_id.date_to == old.date_to and new.date_to != old.date_to:
                    work.leave_id.write({"date_to": new.date_to})

    @api.model
    def _cron_remind_sheets(self):
        """Put sheets that nobody confirmed before their departments again."""
        sheets = self.env["paper.plan.sheet"].search([("confirmed_on", "=", False), ("version_id.state", "=", "in_force")])
        sheets._remind()

    def _sheet_of(self, department):
        """Return the sheet of a department in the version in force.

        :raises SheetConfirmedError: where there is none
        """
        sheet = self.sheet_ids.filtered(lambda one: one.department == department and one.is_current)
        if not sheet:
            raise SheetConfirmedError(self.env._("%s has no version in force.", self.name))
        return sheet[:1]

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.fields import Command
from odoo.tools import LazyTranslate
from odoo.tools.misc import formatLang

from ...exceptions import PlanApprovalError, PlanFrozenError, PlanOvertakenError, PlanRuleError, PlanStateError
from ..plan.paper_production_plan import AGREED, PLANNING, SUPERVISOR

_lt = LazyTranslate(__name__)


class PaperPlanVersion(models.Model):
    """One way to make what a plan holds: its campaigns in sequence, with figures to compare (R5.1.1).

    Computed as often as planning likes; the chosen one is submitted and approved with its plan and is then in force. Another one
    takes its place after a breakdown or a rush order, put in force by the supervisor with a reason; it says what moved.
    """

    _name = "paper.plan.version"
    _description = "Version of a Production Plan"
    _inherit = ["paper.step.mixin"]
    _order = "plan_id desc, number desc"
    _all_by_steps = True
    _evidence_states = ()
    _steps = {
        "proposed": {"in_force": (SUPERVISOR,)},
        "in_force": {"superseded": ()},
        "superseded": {},
    }
    _acts = {
        "choose": (("proposed",), (PLANNING, SUPERVISOR)),
        "put_in_force": (("proposed",), (SUPERVISOR,)),
    }
    _reason_steps = {
        "action_put_in_force": ReasonStep(_lt("Put This Version in Force"), hint=_lt("What makes the change necessary"))
    }
    _state_error = PlanStateError
    _right_error = PlanApprovalError

    plan_id = fields.Many2one("paper.production.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    number = fields.Integer(string="Version", required=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("in_force", "In Force"), ("superseded", "Superseded")], required=True, default="proposed"
    )
    kind = fields.Selection(
        [("computed", "Computed"), ("adjusted", "Adjusted by Hand"), ("replanned", "Planned Anew")],
        required=True,
        default="computed",
    )
    reason = fields.Text()
    based_on_id = fields.Many2one("paper.plan.version", string="Based on", index="btree_not_null", ondelete="set null")
    difference = fields.Text(help="What moved against the version that it is based on, and which orders are late by it.")
    campaign_ids = fields.One2many("paper.campaign", "version_id", string="Campaigns")
    sheet_ids = fields.One2many("paper.plan.sheet", "version_id", string="Sheets")
    revision = fields.Integer(help="Counts the changes by hand, so that no two people's meet unseen.")
    history = fields.Json(help="The sequence before each change by hand, to undo it.")
    is_chosen = fields.Boolean(string="Chosen", compute="_compute_is_chosen")
    campaign_count = fields.Integer(string="Number of Campaigns")
    late_count = fields.Integer(string="Late Orders")
    late_tonne_days = fields.Float(string="Late (t·d)", digits=(16, 1))
    changeover_hours = fields.Float(string="Change-Overs (h)", digits=(16, 1))
    broke_kg = fields.Float(string="Broke of Change-Overs (kg)", digits=(16, 0))
    busy_hours = fields.Float(string="Machine Hours", digits=(16, 1))
    bound_hours = fields.Float(
        string="At Least (h)", digits=(16, 1), help="No sequence without a broken rule takes fewer machine hours."
    )
    utilisation = fields.Float(
        string="Utilisation (%)", digits=(16, 1), help="Of the open hours up to the end of the last campaign."
    )
    broken = fields.Integer(string="Broken Rules")
    can_choose = fields.Boolean(compute="_compute_can_steps")
    can_put_in_force = fields.Boolean(compute="_compute_can_steps")

    _number = models.UniqueIndex("(plan_id, number)", "A plan has one version of each number.")

    @api.depends("number", "plan_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._("%(plan)s, version %(number)s", plan=version.plan_id.name, number=version.number)

    @api.depends("plan_id.version_id")
    def _compute_is_chosen(self):
        for version in self:
            version.is_chosen = version.plan_id.version_id == version

    @api.depends("state", "plan_id.state", "plan_id.version_id")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        plan = self.plan_id
        if verb == "choose" and (self.is_chosen or not plan._is_hand_allowed("production_ids", plan)):
            return self.env._("%(version)s is chosen already, or its plan is decided.", version=self.display_name)
        if verb == "put_in_force" and plan.state != "approved":
            return self.env._("%(plan)s is not approved: its version is approved with it.", plan=plan.name)
        if verb == "put_in_force" and self.create_uid == self.env.user:
            return self.env._("You made %(version)s: somebody else has to put it in force.", version=self.display_name)
        return super()._act_objection(verb)

    # Steps

    def action_choose(self):
        """Choose the version that is submitted with its plan."""
        self.ensure_one()
        self._check_act("choose")
        # sudo: the act was checked; which version is chosen only it writes
        self.plan_id.sudo()._by_step().write({"version_id": self.id})
        return True

    def action_put_in_force(self, reason=None):
        """Let this version take the place of the one in force, saying why: a change after approval (R5.1.2).

        :raises PlanOvertakenError: where another version came into force since it was made
        :raises PlanRuleError: where it breaks a rule
        """
        self.ensure_one()
        self.plan_id.check_access("write")
        self._check_act("put_in_force")
        if not said(reason):
            return self._ask_reason("action_put_in_force")
        self._check_rules()
        self.plan_id._put_in_force(self, said(reason))
        return True

    def _check_rules(self):
        """Refuse a version that breaks rules.

        :raises PlanRuleError: naming campaign and rule
        """
        broken = self.campaign_ids.filtered("breaks")
        if broken:
            words = "\n".join(f"{campaign.display_name}: {campaign.breaks}" for campaign in broken)
            raise PlanRuleError(
                self.env._("%(version)s breaks rules of planning:\n%(words)s", version=self.display_name, words=words),
                action=self.env["paper.way.out"]._lead_to(self.plan_id),
            )

    def _check_current(self):
        """Refuse a version that was made of another one than that in force now.

        :raises PlanOvertakenError: naming both
        """
        now = self.plan_id.version_id
        if self.based_on_id != now:
            raise PlanOvertakenError(
                self.env._(
                    "%(version)s was made before %(now)s came into force: nothing of that would be left. Plan anew from what "
                    "is in force now.",
                    version=self.display_name,
                    now=now.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(self.plan_id),
            )

    # By hand

    def _may_move(self):
        """Say whether this person may change the sequence of this version by hand now."""
        self.ensure_one()
        plan = self.plan_id
        if not self._is_one_of((PLANNING, SUPERVISOR)):
            return False
        if plan.state in AGREED:
            return self.is_chosen and plan._is_hand_allowed("production_ids", plan)
        return self.state == "proposed" and plan.state == "approved" and self._is_one_of((PLANNING, SUPERVISOR))

    def _sequence_now(self):
        """Return ``{machine id: [[manufacturing order id, …] of each campaign]}`` in the order of time, without what stays."""
        found = {}
        for campaign in self.campaign_ids.filtered(lambda one: not one.is_fixed).sorted(lambda one: (one.date_from, one.id)):
            found.setdefault(campaign.workcenter_id.id, []).append(campaign.line_ids.production_id.ids)
        return found

    def move_campaign(self, campaign_id, workcenter_id, before_id, revision):
        """Put a campaign on a machine, before another one or at the end; all others make room.

        :param before_id: id of the campaign before which it comes; False: at the end
        :param revision: of the version as the person sees it
        :raises PlanOvertakenError: if somebody changed it in the meantime
        :raises PlanFrozenError: if it, or the place, is within the freeze fence
        :raises PlanRuleError: if a rule would be broken that is kept now, or the machine cannot make it
        """
        self.ensure_one()
        self._check_movable(revision)
        campaign = self.campaign_ids.browse(campaign_id)
        before = self.campaign_ids.browse(before_id or ())
        if (campaign | before) - self.campaign_ids:
            raise PlanOvertakenError(self.env._("This campaign is not in %(version)s.", version=self.display_name))
        if campaign.is_fixed or before.is_fixed:
            raise PlanFrozenError(
                self.env._(
                    "%(campaign)s stays: it has begun, or begins within the freeze fence of %(machine)s.",
                    campaign=(campaign if campaign.is_fixed else before).display_name,
                    machine=(campaign if campaign.is_fixed else before).workcenter_id.name,
                )
            )
        moved, order = campaign.line_ids.production_id.ids, self._sequence_now()
        for own in order.values():
            if moved in own:
                own.remove(moved)
        target = order.setdefault(workcenter_id, [])
        mark = before.line_ids.production_id.ids
        target.insert(target.index(mark) if mark in target else len(target), moved)
        return self._reorder(order, keep=True)

    def undo_move(self, revision):
        """Take the last change by hand back."""
        self.ensure_one()
        self._check_movable(revision)
        if not self.history:
            raise PlanStateError(self.env._("There is nothing to undo in %(version)s.", version=self.display_name))
        order = {int(machine): campaigns for machine, campaigns in self.history[-1].items()}
        return self._reorder(order, keep=False)

    def _check_movable(self, revision):
        self.plan_id.check_access("write")
        if not self._may_move():
            raise PlanStateError(
                self.env._(
                    "%(version)s is not changed by hand now. Of an approved plan, make a new version first.",
                    version=self.display_name,
                )
            )
        # Whoever comes second waits here, and sees then what the first one did.
        lock_or_tell(self.plan_id, PlanOvertakenError)
        self.invalidate_recordset(["revision"])
        if revision != self.revision:
            raise PlanOvertakenError(
                self.env._(
                    "Somebody else changed %(version)s in the meantime: look at it as it is now.", version=self.display_name
                )
            )

    def _reorder(self, order, keep):
        """Put the campaigns in this order, refusing what breaks a rule that is kept now.

        :return: the revision that it makes
        """
        old, stood = self._sequence_now(), set(self.campaign_ids.filtered("breaks").mapped("breaks"))
        problem = self.plan_id._problem(self.based_on_id if self.plan_id.state == "approved" else self.browse())
        found = problem.replay(order)
        if keep:
            words = [
                f"{self._campaign_name(one)}: {text}"
                for one in found.campaigns
                if one.breaks and (text := self._break_words(one.breaks)) not in stood
            ]
            if words:
                raise PlanRuleError("\n".join(words))
        history = [*(self.history or []), old][-30:] if keep else self.history[:-1]
        values = {"history": history, "revision": self.revision + 1, **self._prepare_found(problem, found)}
        # sudo: whether this person may move it was checked
        self.sudo()._by_step().write(values)
        return self.revision

    # What was found

    def _prepare_found(self, problem, found):
        """Return the values of a version for what was found: its campaigns, those first that stay, and its figures."""
        lines = []
        for campaign in found.campaigns:
            lines.append(Command.create(self._prepare_campaign(problem, campaign)))
        fixed = [Command.create(values) for values in problem.fixed]
        ends = [campaign.stop for campaign in found.campaigns]
        open_hours = problem.open_hours(max(ends)) if ends else 0.0
        kg = {demand.key: demand.kg for demand in problem.demands}
        return {
            "campaign_ids": [Command.clear(), *fixed, *lines],
            "campaign_count": len(found.campaigns) + len(fixed),
            "late_count": len(found.late),
            "late_tonne_days": sum(kg[key] / 1000 * late / 86400 for key, late in found.late.items()),
            "changeover_hours": sum(campaign.seconds for campaign in found.campaigns) / 3600,
            "broke_kg": sum(campaign.broke for campaign in found.campaigns),
            "busy_hours": found.length / 3600,
            "bound_hours": found.bound / 3600,
            "utilisation": 100 * found.length / 3600 / open_hours if open_hours else 0.0,
            "broken": found.broken,
        }

    def _prepare_campaign(self, problem, campaign):
        to_moment, due = problem.to_moment, {demand.key: demand.due for demand in problem.demands}
        kg = {demand.key: demand.kg for demand in problem.demands}
        work = sum(problem.seconds(key, campaign.machine) for key in campaign.demands)
        return {
            "workcenter_id": campaign.machine,
            "grade_id": campaign.paper.grade,
            "basis_weight": campaign.paper.weight,
            "kg": campaign.kg,
            "date_from": to_moment(campaign.start),
            "date_to": to_moment(campaign.stop),
            "hours": (work + campaign.seconds) / 3600,
            "changeover_minutes": campaign.seconds / 60,
            "broke_kg": campaign.broke,
            "breaks": self._break_words(campaign.breaks) or False,
            "line_ids": [
                Command.create(
                    {
                        "sequence": place,
                        "production_id": key,
                        "kg": kg[key],
                        "date_end": to_moment(campaign.ends[key]),
                        "due": to_moment(due[key]) if due[key] is not None else False,
                        "late_hours": max(campaign.ends[key] - due[key], 0) / 3600 if due[key] is not None else 0.0,
                    }
                )
                for place, key in enumerate(campaign.demands)
            ],
        }

    def _campaign_name(self, campaign):
        machine = self.env["mrp.workcenter"].browse(campaign.machine)
        return f"{machine.name} {campaign.paper.name}"

    def _break_words(self, breaks):
        """Return the broken rules of a campaign in words, the conflict by name."""
        words = []
        for kind, key in dict.fromkeys(breaks):
            rule = self.env["paper.plan.rule"].sudo().browse(key or ())  # sudo: whoever sees the campaign may see the rule
            words.append(rule.name if kind != "no_room" else self.env._("no room on the machine"))
        return "; ".join(words)

    # What moved

    def _places(self):
        """Return ``{manufacturing order: (machine, end, late hours)}``."""
        return {
            line.production_id: (line.campaign_id.workcenter_id, line.date_end, line.late_hours)
            for line in self.campaign_ids.line_ids
        }

    def _difference_words(self, other):
        """Return what is different from another version, in words: machines, times, orders that are late now.

        :param other: the version that it is compared with
        """
        return self._words_of_difference(other._places(), self._places())

    @api.model
    def _words_of_difference(self, before, after):
        hour, words = 3600, []
        for production, (machine, end, late) in after.items():
            was = before.get(production)
            name = " ".join(filter(None, (production.origin, f"({production.name})")))
            if not was:
                words.append(self.env._("%(order)s: new, on %(machine)s", order=name, machine=machine.name))
                continue
            shift = (end - was[1]).total_seconds()
            texts = []
            if machine != was[0]:
                texts.append(self.env._("%(old)s → %(new)s", old=was[0].name, new=machine.name))
            if abs(shift) >= hour:
                hours = formatLang(self.env, abs(shift) / hour, digits=0)
                texts.append(self.env._("%s h later", hours) if shift > 0 else self.env._("%s h earlier", hours))
            if late > 0 and not was[2] > 0:
                texts.append(self.env._("late now by %s h", formatLang(self.env, late, digits=0)))
            if texts:
                words.append(f"{name}: {', '.join(texts)}")
        gone = before.keys() - after.keys()
        words += [self.env._("%(order)s: taken out", order=production.name) for production in gone]
        return "\n".join(words) or self.env._("Nothing moves.")

    def _proposed_words(self):
        return self.env._("%(version)s waits to be put in force: %(reason)s", version=self.display_name, reason=self.reason or "")

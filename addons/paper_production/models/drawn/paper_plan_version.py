from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.machine import Machine, merge_intervals, subtract_intervals
from odoo.addons.paper_capacity.lib.mill import midnight
from odoo.addons.paper_capacity.lib.moments import to_datetime, to_seconds, zone_of
from odoo.exceptions import AccessError

DAY, SHIFT = 86400, 28800
MOST_DAYS = 60
CAMPAIGN_FIELDS = ["version_id", "workcenter_id", "grade_id", "basis_weight", "kg"]
CAMPAIGN_FIELDS += ["plan_id", "company_id", "date_from", "date_to", "changeover_minutes", "breaks"]
FIGURES = ["broken", "late_count", "late_tonne_days", "changeover_hours", "busy_hours", "bound_hours", "utilisation"]
VERSION_FIELDS = ["plan_id", "company_id", "number", "state", "revision", "history", *FIGURES]
LINE_FIELDS = ["campaign_id", "production_id", "late_hours"]


class PaperPlanVersion(models.Model):
    """The campaigns of a version as they are drawn: a row a machine, time from left to right (R5.1.1)."""

    _inherit = "paper.plan.version"

    def action_board(self):
        """Open the board of this version."""
        action = self.env["ir.actions.client"]._for_xml_id("paper_production.action_paper_campaign_board")
        return {**action, "params": {"version_id": self.id}}

    @api.model
    def _board_version(self):
        """Return the version that planning works on: of the plan that is still to be decided, else of the last one in force."""
        domain = [("company_id", "=", self.env.company.id), ("version_id", "!=", False)]
        plans = self.env["paper.production.plan"]
        for states in (("draft", "submitted"), ("approved",)):
            plan = plans.search([*domain, ("state", "in", states)], order="date_from desc, id desc", limit=1)
            if plan:
                return plan.version_id
        return self.browse()

    @api.model
    @api.readonly
    def campaign_board(self, version_id=None, date_from=None, days=14):
        """Return what the board shows, in words of the reader's language; places are shares of the width, 0 to 1.

        :param version_id: the version; that which planning works on where it is missing
        :param date_from: ISO date on which the drawing begins; the day of the first campaign where it is missing
        :param days: how many days, 60 at most
        :return: None without a version, else a dictionary: ``version``, ``plan``, ``versions``, ``days``, ``machines`` (each with
            its ``campaigns``, ``closed`` hours and ``shifts``: the share of each shift that is taken), ``late``
        :raises AccessError: for whoever does not work in the mill
        """
        if not self.env.user.has_group("paper_base.group_paper_user"):
            raise AccessError(self.env._("The board of the campaigns is for the people of the mill."))
        version = self.search_fetch([("id", "=", version_id)], VERSION_FIELDS) if version_id else self._board_version()
        if not version:
            return None
        days = min(max(int(days), 1), MOST_DAYS)
        # Read at once, whatever is drawn of them: the number of queries does not grow with the campaigns.
        of_version = [("version_id", "=", version.id)]
        campaigns = self.env["paper.campaign"].search_fetch(of_version, CAMPAIGN_FIELDS, order="date_from, id")
        lines = self.env["paper.campaign.line"].search_fetch([("campaign_id", "in", campaigns.ids)], LINE_FIELDS)
        by_campaign = lines.grouped("campaign_id")
        zone = zone_of(version.company_id.sudo().resource_calendar_id)  # sudo: only the time zone is read
        if date_from:
            first = fields.Date.to_date(date_from)
        else:
            moment = campaigns[:1].date_from or fields.Datetime.now()
            first = datetime.fromtimestamp(to_seconds(moment), zone).date()  # day: of the mill
        start = midnight(first, zone)
        stop = midnight(first + timedelta(days=days), zone)
        frame = _Frame(start, stop)
        versions = self.search_fetch([("plan_id", "=", version.plan_id.id)], ["number", "state"])
        return {
            "version": version._draw_version(),
            "plan": {"id": version.plan_id.id, "name": version.plan_id.name, "disturbed": version.plan_id.disturbed or ""},
            "versions": [{"id": one.id, "number": one.number, "state": one.state} for one in versions],
            "date_from": first.isoformat(),
            "days": [version._draw_day(first + timedelta(days=number)) for number in range(days)],
            "now": frame.share(to_seconds(fields.Datetime.now())),
            "machines": version._draw_machines(campaigns, by_campaign, frame),
            "late": [
                {
                    "campaign": line.campaign_id.id,
                    "id": line.production_id.id,
                    "name": line.origin or line.production_id.name,
                    "hours": round(line.late_hours, 1),
                }
                for line in lines.sorted("late_hours", reverse=True)
                if line.late_hours > 0
            ][:50],
        }

    def _draw_version(self):
        labels = self.fields_get(FIGURES, ["string"])
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "revision": self.revision,
            "may": self._may_move(),
            "can_undo": bool(self.history),
            "figures": [[labels[name]["string"], round(self[name], 1)] for name in FIGURES],
        }

    def _draw_day(self, day):
        return {
            "label": f"{day.month}-{day.day}",
            "number": day.isoweekday(),
            "date": day.isoformat(),
        }

    def _draw_machines(self, campaigns, by_campaign, frame):
        # sudo: whoever sees the board need not read calendars and closures
        centres = campaigns.workcenter_id.sudo().sorted(lambda one: (one.sequence, one.id))
        opened = centres._paper_open_hours_left(to_datetime(frame.start), to_datetime(frame.stop))
        by_machine = campaigns.grouped("workcenter_id")
        found = []
        for centre in centres:
            hours = opened[centre]
            own = by_machine.get(campaigns.workcenter_id.browse(centre.id), campaigns.browse())
            spans = [(to_seconds(one.date_from), to_seconds(one.date_to)) for one in own]
            found.append(
                {
                    "id": centre.id,
                    "name": centre.name,
                    "closed": [frame.span(*pause) for pause in subtract_intervals([(frame.start, frame.stop)], hours)],
                    "campaigns": [one._draw(frame, by_campaign.get(one, ())) for one in own],
                    "shifts": frame.shifts(Machine(hours), spans),
                }
            )
        return found


class _Frame:
    """The time that is drawn, and where in it a moment stands."""

    def __init__(self, start, stop):
        self.start, self.stop = start, stop

    def share(self, moment):
        return (moment - self.start) / (self.stop - self.start) if self.start <= moment <= self.stop else None

    def span(self, start, stop):
        """Return [place, width] of a time, cut at the edges."""
        whole = self.stop - self.start
        begin, end = max(start, self.start), min(stop, self.stop)
        return [(begin - self.start) / whole, max(end - begin, 0) / whole]

    def shifts(self, machine, spans):
        """Return [place, width, per cent taken] of each shift of eight hours in which the machine is open."""
        taken, found = merge_intervals(spans), []
        for start in range(self.start, self.stop, SHIFT):
            stop = min(start + SHIFT, self.stop)
            open_time = machine.open(start, stop)
            if open_time:
                busy = sum(machine.open(max(one, start), min(two, stop)) for one, two in taken if one < stop and two > start)
                found.append([*self.span(start, stop), round(100 * busy / open_time)])
        return found

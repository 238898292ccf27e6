from collections import defaultdict
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...lib.machine import Machine, intersect_intervals, merge_intervals, subtract_intervals
from ...lib.mill import midnight
from ...lib.moments import EPOCH, HOLIDAY, to_datetime, to_seconds, unnamed, zone_of

DAY = timedelta(days=1)


class MrpWorkcenter(models.Model):
    """The plan of a machine: open hours, crew, what is booked and what is reserved (R3.3.2)."""

    _inherit = "mrp.workcenter"

    paper_keeps_holidays = fields.Boolean(
        string="Closed on Public Holidays",
        compute="_compute_paper_keeps_holidays",
        store=True,
        readonly=False,
        help="Public holidays of the company's working calendar close this machine, make-up days open it. A machine that "
        "works all seven days runs through them unless this is set.",
    )
    paper_crew_ids = fields.One2many("paper.crew.capacity", "workcenter_id", string="Crew by Shift")
    paper_reservation_ids = fields.One2many("paper.slot.reservation", "workcenter_id", string="Reserved Slots")
    paper_plan_serial = fields.Integer(
        string="Plan Serial", copy=False, readonly=True, help="Counts the changes of the plan, so that no two meet unseen."
    )

    @api.depends("resource_calendar_id")
    def _compute_paper_keeps_holidays(self):
        for centre in self:
            lines = centre.resource_calendar_id.attendance_ids.filtered(lambda line: not line.display_type)
            centre.paper_keeps_holidays = len(set(lines.mapped("dayofweek"))) < 7

    def action_paper_slots(self):
        """Open what is reserved on the machine."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_capacity.action_paper_slot_reservation")
        return {**action, "domain": [("workcenter_id", "=", self.id)], "context": {"search_default_alive": 1}}

    def _paper_lock_plan(self):
        """Make sure that nobody else changes the plan of these machines until the transaction ends.

        A transaction that read the plan before another one changed it fails to serialise here; Odoo then runs it
        again, and it reads the plan as it is now.
        """
        if not self:
            return
        ids = tuple(sorted(self.ids))
        lock = SQL("SELECT id FROM mrp_workcenter WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", ids)
        self.env.cr.execute(lock, log_exceptions=False)
        self.env.cr.execute(
            SQL("UPDATE mrp_workcenter SET paper_plan_serial = COALESCE(paper_plan_serial, 0) + 1 WHERE id IN %s", ids)
        )
        self.invalidate_recordset(["paper_plan_serial"], flush=False)

    def _paper_machines(self, start, stop, skip_orders=None):
        """Read the plans of machines between two moments, in a number of queries that does not grow with them.

        :param start, stop: moments (UTC, naive)
        :param skip_orders: orders whose own reservations do not count
        :return: ``{work centre id: Machine}`` in seconds; a machine without working hours is never open
        """
        return {
            centre.id: Machine(subtract_intervals(hours, unnamed(closed)), booked)
            for centre, (hours, closed, booked) in self._paper_read_plan(start, stop, skip_orders).items()
        }

    def _paper_read_plan(self, start, stop, skip_orders=None):
        """Return ``{work centre: (working hours, closures, bookings)}``, each [(start, stop)] in seconds, closures with their
        name as a third."""
        begin, end = to_seconds(start), to_seconds(stop)
        opened, leaves = self._paper_open_hours(start, stop), self._paper_leaves(start, stop)
        closures, reserved = self._paper_closures(start, stop), self._paper_reserved(start, skip_orders)
        plans = {}
        for centre in self:
            closed, booked = list(closures.get(centre, [])), list(reserved.get(centre, []))
            closed += [(*span, HOLIDAY) for span in centre._paper_holidays(start, stop)]
            for leave, span in leaves:
                if not centre._paper_leave_counts(leave):
                    continue
                if leave.time_type == "other":
                    booked.append(span)
                else:
                    closed.append((*span, leave.name or ""))
            hours = opened[centre] if centre.active else []
            plans[centre] = hours, closed, [(max(one, begin), min(two, end)) for one, two in booked]
        return plans

    @api.model
    def _paper_overtime(self, hours, closed, per_day, zone):
        """Return the hours that overtime adds: after the last shift of each day that is worked.

        :param hours, closed: as :meth:`_paper_read_plan` gives them
        :param per_day: hours of overtime a day
        """
        last_stop = {}
        for _start, stop in hours:
            day = datetime.fromtimestamp(stop - 1, zone).date()  # day: of the machine's own calendar
            last_stop[day] = max(stop, last_stop.get(day, stop))
        extra = [(stop, stop + round(per_day * 3600)) for stop in last_stop.values()]
        return subtract_intervals(subtract_intervals(extra, hours), unnamed(closed))

    def _paper_leave_counts(self, leave):
        """Say whether a day off or a booking is this machine's: its own, or one of its calendar and company."""
        if leave.resource_id:
            return leave.resource_id == self.resource_id
        same_calendar = not leave.calendar_id or leave.calendar_id == self.resource_calendar_id
        return same_calendar and leave.company_id == self.resource_id.company_id

    def _paper_leaves(self, start, stop):
        """Return [(leave, (start, stop))]: maintenance and days off are ``leave``, booked work orders ``other``."""
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("date_from", "<", stop),
                ("date_to", ">", start),
                ("time_type", "in", ["leave", "other"]),
                "|",
                ("resource_id", "in", self.resource_id.ids),
                ("resource_id", "=", False),
            ],
            ["name", "date_from", "date_to", "time_type", "resource_id", "calendar_id", "company_id"],
        )
        return [(leave, (to_seconds(leave.date_from), to_seconds(leave.date_to))) for leave in leaves]

    def _paper_open_hours(self, start, stop):
        """Return ``{work centre: [(start, stop)]}``: calendar, public holidays, and shifts that have their crew."""
        patterns = {}
        for calendar in self.resource_calendar_id | self.paper_crew_ids.calendar_id:
            found = calendar._attendance_intervals_batch(
                start.replace(tzinfo=UTC), stop.replace(tzinfo=UTC), tz=zone_of(calendar)
            )[False]
            spans = [(round(one.timestamp()), round(two.timestamp())) for one, two, _record in found]
            patterns[calendar] = merge_intervals(spans)
        result = {}
        for centre in self:
            calendar = centre.resource_calendar_id
            opened = patterns.get(calendar, [])
            if centre.paper_keeps_holidays and calendar:
                opened = centre._paper_with_holidays(opened, start, stop)
            if centre.paper_crew_ids:
                opened = intersect_intervals(opened, centre.paper_crew_ids._manned(patterns))
            result[centre] = opened
        return result

    def _paper_with_holidays(self, opened, start, stop):
        """Close public holidays; a make-up day (调休) is worked like the first working day of the week."""
        calendar = self.resource_calendar_id
        company = self.company_id or calendar.company_id or self.env.company
        days, zone = company._paper_work_calendar(), zone_of(calendar)
        # day: of the machine's own calendar
        first, last = (moment.replace(tzinfo=UTC).astimezone(zone).date() for moment in (start, stop))
        closed = self._paper_holidays(start, stop)
        shifts = self._paper_first_shifts()
        extra = [
            (midnight(day, zone) + int(hour_from * 3600), midnight(day, zone) + int(hour_to * 3600))
            for day in days.makeup - days.holidays
            if first <= day <= last
            for hour_from, hour_to in shifts
        ]
        begin, end = to_seconds(start), to_seconds(stop)
        extra = [(max(one, begin), min(two, end)) for one, two in extra]
        return subtract_intervals(merge_intervals([*opened, *extra]), closed)

    def _paper_holidays(self, start, stop):
        """Return the public holidays that close this machine, [(start, stop)] in seconds, days in a row as one."""
        calendar = self.resource_calendar_id
        if not self.paper_keeps_holidays or not calendar:
            return []
        zone = zone_of(calendar)
        # day: of the machine's own calendar
        first, last = (moment.replace(tzinfo=UTC).astimezone(zone).date() for moment in (start, stop))
        days = (self.company_id or calendar.company_id or self.env.company)._paper_work_calendar().holidays
        return merge_intervals((midnight(day, zone), midnight(day + DAY, zone)) for day in days if first <= day <= last)

    def _paper_first_shifts(self):
        """Return [(hour from, hour to)] of the first weekday that the calendar works on."""
        by_day = defaultdict(list)
        for line in self.resource_calendar_id.attendance_ids:
            if not line.display_type and line.day_period != "lunch":
                by_day[line.dayofweek].append((line.hour_from, line.hour_to))
        return by_day[min(by_day)] if by_day else []

    def _paper_closures(self, start, stop):
        """Override to close machines for more than what stands in their calendars.

        :return: ``{work centre: [(start, stop, name)]}`` in seconds
        """
        return {}

    def _paper_reserved(self, start, skip_orders=None):
        """Return ``{work centre: [(start, stop)]}`` of slots that are reserved for orders."""
        reservations = self.env["paper.slot.reservation"].search_fetch(
            [
                ("workcenter_id", "in", self.ids),
                ("kind", "=", "promise"),
                ("state", "in", ("held", "firm")),
                ("date_to", ">", start),
            ],
            ["workcenter_id", "date_from", "date_to", "order_id", "expires_on", "state"],
        )
        result, skip = defaultdict(list), set(skip_orders.ids) if skip_orders else ()
        for reservation in reservations:
            if reservation.order_id.id not in skip and reservation._is_alive():
                span = to_seconds(reservation.date_from), to_seconds(reservation.date_to)
                result[reservation.workcenter_id].append(span)
        return result

    def _paper_book_backlog(self, mill, now):
        """Book what confirmed work orders without a date need, before anything new: on their machine, in the order in which
        they are to begin. An order that has a slot reserved stands in the plan with that one.

        :param mill: :class:`Mill`
        :param now: the moment of the plan, in seconds
        """
        waiting = self.env["mrp.workorder"].search_fetch(
            [
                ("workcenter_id", "in", self.ids),
                ("state", "in", ("blocked", "ready", "progress")),
                ("leave_id", "=", False),
                ("production_id.state", "in", ("confirmed", "progress", "to_close")),
            ],
            ["workcenter_id", "duration_expected", "duration", "production_id"],
        )
        if not waiting:
            return
        slots = self.env["paper.slot.reservation"].search_fetch(
            [
                ("workcenter_id", "in", self.ids),
                ("kind", "=", "promise"),
                ("state", "=", "firm"),
                ("date_to", ">", to_datetime(now)),
            ],
            ["order_id", "product_id"],
        )
        reserved = {(slot.order_id, slot.product_id) for slot in slots}
        for workorder in waiting.sorted(lambda rec: (rec.production_id.date_start or EPOCH, rec.id)):
            production = workorder.production_id
            orders = production._paper_orders()
            if any((order, production.product_id) in reserved for order in orders):
                continue
            minutes = max(workorder.duration_expected - workorder.duration, 0.0)
            begin = max(now, to_seconds(production.date_start)) if production.date_start else now
            found = mill.machines[workorder.workcenter_id.id].find(begin, round(minutes * 60))
            if found:
                mill.book(workorder.workcenter_id.id, *found)

    # Odoo's own planner keeps clear of reserved slots as well

    def _get_first_available_slot(
        self, start_datetime, duration, forward=True, leaves_to_ignore=False, extra_leaves_slots=()
    ):
        # sudo: whoever plans a work order need not read orders under evaluation
        reserved = self.sudo()._paper_reserved(fields.Datetime.now())[self]
        slots = [*extra_leaves_slots, *((to_datetime(one), to_datetime(two)) for one, two in reserved)]
        return super()._get_first_available_slot(start_datetime, duration, forward, leaves_to_ignore, slots)

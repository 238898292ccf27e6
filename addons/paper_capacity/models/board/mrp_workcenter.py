from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...lib.machine import Machine, merge_intervals, subtract_intervals
from ...lib.mill import midnight
from ...lib.moments import HOLIDAY, to_datetime, to_seconds, unnamed, zone_of

MOST_WEEKS = 12
DAY = 86400


class MrpWorkcenter(models.Model):
    """The plan of the machines as it is drawn: open hours, work orders, slots reserved for orders, maintenance (R3.3.2)."""

    _inherit = "mrp.workcenter"

    def action_paper_plan(self):
        """Open the drawing of the plan of these machines."""
        action = self.env["ir.actions.client"]._for_xml_id("paper_capacity.action_paper_machine_plan")
        return {**action, "params": {"workcenter_ids": self.ids}}

    @api.model
    @api.readonly
    def paper_plan_board(self, date_from=None, weeks=2, workcenter_ids=None, order_id=None):
        """Return what the drawing of the plan shows, in words of the reader's language; places are shares of the width, 0 to 1.

        :param date_from: ISO date on which the drawing begins, today where it is missing
        :param weeks: how many weeks
        :param workcenter_ids: the machines, all of the user's companies where it is missing
        :param order_id: a sale order whose slots stand out
        :return: ``days`` [{"label", "weekday", "number" (1 is Monday)}], ``now`` (share or None), ``date_from``, ``title`` and
            ``machines`` [{"id", "name", "load" (%), "closed" [[place, width]], "spans"}]
        :raises AccessError: for whoever does not work in the mill
        """
        if not self.env.user.has_group("paper_base.group_paper_user"):
            raise AccessError(self.env._("The plan of the machines is for the people of the mill."))
        begin, end, zone = self._paper_board_window(date_from, weeks)
        domain = [("company_id", "in", [False, *self.env.companies.ids])]
        if workcenter_ids:
            domain.append(("id", "in", workcenter_ids))
        # sudo: the departments see the plan of the machines; what an order or work order holds is opened with their own rights
        centres = self.sudo().search(domain)
        read = centres._paper_read_plan(to_datetime(begin), to_datetime(end))
        spans = centres._paper_board_spans(begin, end, read, order_id)
        first = datetime.fromtimestamp(begin, zone).date()  # day: the zone is the machines'
        days = [first + timedelta(days=number) for number in range(round((end - begin) / DAY))]
        now = (to_seconds(fields.Datetime.now()) - begin) / (end - begin)
        company = self.env.company
        return {
            "date_from": days[0].isoformat(),
            "title": f"{company._paper_date(days[0])} – {company._paper_date(days[-1])}",
            "days": [
                {
                    "label": company._paper_date(day, pattern=self.env._("MM/dd")),
                    "weekday": company._paper_date(day, pattern="EEE"),
                    "number": day.isoweekday(),
                }
                for day in days
            ],
            "now": now if 0 <= now <= 1 else None,
            "machines": [centre._paper_board_row(begin, end, read[centre], spans[centre]) for centre in centres],
        }

    @api.model
    def _paper_board_window(self, date_from, weeks):
        """Return begin and end in seconds, and the time zone; both at midnight of the company."""
        zone = zone_of(self.env.company.sudo().resource_calendar_id)  # sudo: only the time zone is read
        day = fields.Date.to_date(date_from) or self.env.company._paper_today()
        last = day + timedelta(weeks=min(max(int(weeks), 1), MOST_WEEKS))
        return midnight(day, zone), midnight(last, zone), zone

    def _paper_board_row(self, begin, end, read, spans):
        self.ensure_one()
        hours, closed, booked = read
        opened = subtract_intervals(hours, unnamed(closed))
        machine = Machine(opened, booked)
        total = machine.open(begin, end)
        pauses = subtract_intervals([(begin, end)], merge_intervals(hours))
        return {
            "id": self.id,
            "name": self.display_name,
            "load": round(100 * (total - machine.free(begin, end)) / total) if total else None,
            "closed": [self._paper_board_place(begin, end, *pause) for pause in pauses],
            "spans": sorted(spans, key=lambda span: span["place"]),
        }

    @api.model
    def _paper_board_place(self, begin, end, start, stop):
        """Return [place, width] of a time in the drawing, as shares of it."""
        start, stop = max(start, begin), min(stop, end)
        return [(start - begin) / (end - begin), max(stop - start, 0) / (end - begin)]

    def _paper_board_spans(self, begin, end, read, order_id):
        """Return ``{work centre: [span]}``: work orders, reserved slots and closures that have a name."""
        found = {centre: [] for centre in self}

        def add(centre, start, stop, **span):
            place, width = self._paper_board_place(begin, end, start, stop)
            if width > 0:
                when = f"{self._paper_board_moment(start)} – {self._paper_board_moment(stop)}"
                hint = " · ".join(part for part in (span["text"], span.pop("more", ""), when) if part)
                found[centre].append({"place": place, "width": width, "hint": hint, **span})

        for centre in self:
            for start, stop, name in read[centre][1]:
                text = self.env._("Public holiday") if name == HOLIDAY else name or self.env._("Closed")
                add(centre, start, stop, kind="maintenance", text=text)
        self._paper_board_workorders(begin, end, add)
        self._paper_board_slots(begin, end, order_id, add)
        return found

    def _paper_board_workorders(self, begin, end, add):
        leaves = self.env["resource.calendar.leaves"].search_fetch(
            [
                ("resource_id", "in", self.resource_id.ids),
                ("time_type", "=", "other"),
                ("date_from", "<", to_datetime(end)),
                ("date_to", ">", to_datetime(begin)),
            ],
            ["name", "date_from", "date_to", "resource_id"],
        )
        workorders = self.env["mrp.workorder"].search([("leave_id", "in", leaves.ids)])
        by_leave = {workorder.leave_id: workorder for workorder in workorders}
        by_resource = {centre.resource_id: centre for centre in self}
        opens = self._paper_board_opens("mrp.production")
        for leave in leaves:
            production = by_leave[leave].production_id if leave in by_leave else self.env["mrp.production"]
            add(
                by_resource[leave.resource_id],
                to_seconds(leave.date_from),
                to_seconds(leave.date_to),
                kind="done" if production.state in ("to_close", "done") else "booked",
                text=production.name or leave.name or self.env._("Booked"),
                more=production.product_id.display_name or "",
                model="mrp.production",
                id=opens and production.id,
            )

    def _paper_board_slots(self, begin, end, order_id, add):
        slots = self.env["paper.slot.reservation"].search(
            [
                ("workcenter_id", "in", self.ids),
                ("kind", "=", "promise"),
                ("state", "in", ("held", "firm")),
                ("date_from", "<", to_datetime(end)),
                ("date_to", ">", to_datetime(begin)),
            ]
        )
        opens = self._paper_board_opens("sale.order")
        for slot in slots.filtered(lambda rec: rec._is_alive()):
            order = slot.order_id
            held = slot.state == "held" and slot.expires_on
            add(
                slot.workcenter_id,
                to_seconds(slot.date_from),
                to_seconds(slot.date_to),
                kind=slot.state,
                text=f"{order.name} {order.partner_id.name or ''}".strip(),
                more=self.env._("held until %(date)s", date=slot.company_id._paper_date(slot.expires_on)) if held else "",
                model="sale.order",
                id=opens and order.id,
                mine=order.id == order_id,
            )

    @api.model
    def _paper_board_opens(self, model):
        """Say whether the reader of the drawing may open records of a model."""
        return self.env[model].with_user(self.env.user).has_access("read")

    @api.model
    def _paper_board_moment(self, seconds):
        return self.env.company._paper_moment(to_datetime(seconds), pattern="MM-dd HH:mm")

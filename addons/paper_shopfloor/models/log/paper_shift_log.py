from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import ShiftLogError
from ...lib.shifts import SHIFTS

WORKSHOP = ("paper_base.group_workshop", "paper_base.group_supervisor")


class PaperShiftLog(models.Model):
    """What happened at a machine in a shift and what is left open: handed over by who goes, taken over by who comes; each signs
    with the own badge or PIN at the tablet, then nothing of it is changed.
    """

    _name = "paper.shift.log"
    _description = "Shift Log"
    _inherit = ["mail.thread", "paper.step.mixin"]
    _order = "day desc, workcenter_id, id desc"
    _check_company_auto = True

    _steps = {"open": {"handed": WORKSHOP}, "handed": {"taken": WORKSHOP}, "taken": {}}
    _step_verbs = {"hand_over": "handed", "take_over": "taken"}
    _entering = {
        "handed": Entering(by="handed_by_id", on="handed_on", values="_prepare_figures"),
        "taken": Entering(check="_check_other_person", by="taken_by_id", on="taken_on"),
    }
    _evidence_states = ("taken",)
    _state_error = ShiftLogError
    _right_error = ShiftLogError
    _field_error = ShiftLogError
    _locked_error = ShiftLogError

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(
        [("open", "Open"), ("handed", "Handed Over"), ("taken", "Taken Over")],
        default="open",
        required=True,
        index=True,
        by_steps=True,
    )
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, by_hand={"new": ()})
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, by_hand={"new": ()}
    )
    day = fields.Date(required=True, index=True, by_hand={"new": ()})
    shift = fields.Selection([("early", "Early"), ("late", "Late"), ("night", "Night")], required=True, by_hand={"new": ()})
    text = fields.Text(string="What Happened", by_hand={"open": WORKSHOP})
    left_open = fields.Text(string="Left Open", by_hand={"open": WORKSHOP}, help="What the next shift has to know and to do.")
    handed_by_id = fields.Many2one("res.users", string="Handed Over by", by_steps=True)
    handed_on = fields.Datetime(by_steps=True)
    taken_by_id = fields.Many2one("res.users", string="Taken Over by", by_steps=True)
    taken_on = fields.Datetime(by_steps=True)
    made_kg = fields.Float(string="Made (kg)", digits=(16, 1), by_steps=True)
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 1), by_steps=True)
    roll_count = fields.Integer(string="Rolls", by_steps=True)
    stopped_minutes = fields.Integer(string="Stood Still (min)", by_steps=True)
    can_hand_over = fields.Boolean(compute="_compute_can_steps")
    can_take_over = fields.Boolean(compute="_compute_can_steps")

    _once = models.UniqueIndex("(workcenter_id, day, shift)", "This shift has its log already.")

    @api.depends("workcenter_id", "day", "shift")
    @api.depends_context("lang")
    def _compute_name(self):
        names = dict(self._fields["shift"]._description_selection(self.env))
        for log in self:
            log.name = f"{log.workcenter_id.name} {log.day} {names.get(log.shift, '')}"

    @api.model
    def _of(self, workcenter, company, day, shift):
        """Return the log of a machine's shift; it is begun when something is to be written down."""
        found = self.search([("workcenter_id", "=", workcenter.id), ("day", "=", day), ("shift", "=", shift)], limit=1)
        values = {"workcenter_id": workcenter.id, "company_id": company.id, "day": day, "shift": shift}
        return found or self.create(values)

    @api.model
    def _of_event(self, event):
        return self._of(event.workcenter_id, event.company_id, event.shift_date, event.shift)

    def _append(self, event, text):
        self.ensure_one()
        zone = self.company_id._paper_zone()
        at = fields.Datetime.context_timestamp(self.with_context(tz=str(zone)), event.happened_on)
        # sudo: only a name is asked
        line = f"{at:%H:%M} {event.operator_id.sudo().name}: {text}"
        self.text = "\n".join(part for part in (self.text, line) if part)

    def action_hand_over(self):
        """Hand the shift over: its figures are fixed, whoever hands over signs (R5.3.1)."""
        return self._take_step("handed")

    def action_take_over(self):
        """Take the shift over; not who handed it over (R5.3.1)."""
        return self._take_step("taken")

    def _check_other_person(self):
        for log in self:
            if log.handed_by_id == self.env.user:
                raise ShiftLogError(self.env._("%(log)s: who hands over does not take over.", log=log.name))

    def _prepare_figures(self):
        self.ensure_one()
        events = self._events()
        begin, end = self.company_id._paper_shift_span(self.day, self.shift)
        stops = self._stops(begin, end)
        return {
            "made_kg": sum(events.mapped("made_kg")),
            "broke_kg": sum(events.mapped("broke_kg")),
            "roll_count": len(events.filtered(lambda event: event.kind == "roll").lot_id),
            "stopped_minutes": round(sum(minutes for _stop, minutes in stops)),
        }

    def _events(self):
        # sudo: the log tells what was reported at its machine
        return (
            self.env["paper.floor.event"]
            .sudo()
            .search(
                [("workcenter_id", "=", self.workcenter_id.id), ("shift_date", "=", self.day), ("shift", "=", self.shift)],
                order="id",
            )
        )

    def _stops(self, begin, end):
        """Return the stops of the machine within two moments, with their minutes there: ``[(time, minutes)]``."""
        # sudo: as above
        times = (
            self.env["mrp.workcenter.productivity"]
            .sudo()
            .search(
                [("workcenter_id", "=", self.workcenter_id.id), ("loss_type", "not in", ("productive", "performance"))]
                + [("date_start", "<", end), "|", ("date_end", "=", False), ("date_end", ">", begin)],
                order="date_start",
            )
        )
        now = fields.Datetime.now()
        return [
            (time, max((min(time.date_end or now, end) - max(time.date_start, begin)).total_seconds() / 60, 0.0))
            for time in times
        ]

    # What is printed

    def _printed(self):
        """Return what the PDF of the log tells, as plain values."""
        self.ensure_one()
        log = self.sudo()  # sudo: whoever may print it
        if not log.day or not log.shift or not log.workcenter_id:
            return {"events": [], "stops": [], "calls": [], "orders": [], "out": []}
        begin, end = log.company_id._paper_shift_span(log.day, log.shift)
        events = log._events()
        orders = [
            {
                "name": production.name,
                "spec": production.paper_spec_id.display_name or "",
                "rolls": len(own.filtered(lambda event: event.kind == "roll").lot_id),
                "made": sum(own.mapped("made_kg")),
                "broke": sum(own.mapped("broke_kg")),
            }
            for production, own in events.filtered("production_id").grouped("production_id").items()
        ]
        within = [("workcenter_id", "=", log.workcenter_id.id)]
        calls = log.env["paper.floor.call"].search([*within, ("called_on", ">=", begin), ("called_on", "<", end)], order="id")
        out = log.env["paper.process.reading"].search(
            [*within, ("is_out", "=", True), ("read_on", ">=", begin), ("read_on", "<", end)], order="id"
        )
        meters = log.env["paper.meter.reading"].search([*within, ("read_on", ">=", begin), ("read_on", "<=", end)], order="id")
        return {
            "orders": orders,
            "stops": log._stops(begin, end),
            "calls": calls,
            "out": out,
            "meters": meters,
            "zone": log._zone_name(),
        }

    def _zone_name(self):
        return str(self.company_id._paper_zone())

    def _hand(self, verb, left_open=None):
        """Let who signs at a tablet hand over or take over."""
        self.ensure_one()
        if verb == "hand_over":
            if said(left_open):
                self.left_open = said(left_open)
            self.action_hand_over()
        else:
            self.action_take_over()

    def _shift_before(self):
        """Return the (day, shift) before."""
        place = SHIFTS.index(self.shift)
        return (self.day, SHIFTS[place - 1]) if place else (fields.Date.subtract(self.day, days=1), SHIFTS[-1])

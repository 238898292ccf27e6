from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import CaseMeetingError, TicketClosedError

CALLERS = ("paper_base.group_sales", "paper_base.group_quality", "paper_base.group_management")
OPEN = {"new": CALLERS, "planned": CALLERS}


class PaperCaseMeeting(models.Model):
    """The departments meet about a serious complaint (R7.1.2): when, who, and the minutes. With its minutes it is held, and
    stays as it is."""

    _name = "paper.case.meeting"
    _description = "Meeting about a Complaint"
    _inherit = ["paper.step.mixin"]
    _order = "held_on desc, id desc"
    _check_company_auto = True
    _steps = {"planned": {"held": CALLERS}, "held": {}}
    _step_verbs = {"hold": "held"}
    _evidence_states = ("held",)
    _state_error = CaseMeetingError
    _right_error = CaseMeetingError
    _field_error = CaseMeetingError
    _locked_error = TicketClosedError

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade", index=True, by_hand={"new": CALLERS})
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    held_on = fields.Datetime(string="When", required=True, default=fields.Datetime.now, by_hand=OPEN)
    place = fields.Char(by_hand=OPEN)
    attendee_ids = fields.Many2many("res.users", string="Present", domain=[("share", "=", False)], by_hand=OPEN)
    minutes = fields.Text(by_hand=OPEN, help="What was found, who does what until when.")
    state = fields.Selection([("planned", "Planned"), ("held", "Held")], required=True, default="planned", by_steps=True)
    can_hold = fields.Boolean(compute="_compute_can_steps")

    @api.depends("ticket_id", "held_on")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting._clock_day()
            meeting.display_name = self.env._("Meeting on %(ticket)s, %(day)s", ticket=meeting.ticket_id.number, day=day)

    def _clock_day(self):
        company = self.company_id or self.env.company
        return company._paper_date(self.held_on, self.env.lang) if self.held_on else ""

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings.ticket_id._check_case_open()
        meetings.filtered(lambda rec: said(rec.minutes) and rec.attendee_ids and rec.state == "planned")._take_step("held")
        return meetings

    def action_hold(self):
        """Keep the minutes: from now on they stay as they are.

        :raises CaseMeetingError: without minutes or without anybody present
        """
        self.ticket_id._check_case_open()
        for meeting in self:
            if not said(meeting.minutes) or not meeting.attendee_ids:
                raise CaseMeetingError(self.env._("Write down who was present and the minutes before the meeting is held."))
        return self._take_step("held")

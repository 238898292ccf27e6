from odoo import api, fields, models

from ...exceptions import CustomerNoticeError

STEPS = [
    ("received", "Received"),
    ("containment", "First Measures"),
    ("proposal", "Proposal"),
    ("decision", "Decision"),
    ("closed", "Closed"),
]


class PaperCustomerNotice(models.Model):
    """What a customer was told about his complaint: at which step, when, by whom; by mail, in the portal, or by phone with who
    was told what (R7.1.2). Nobody changes it."""

    _name = "paper.customer.notice"
    _description = "Notice to the Customer"
    _inherit = ["paper.step.mixin"]
    _order = "told_on, id"
    _all_by_steps = True
    _step_field = "step"
    _evidence_states = "ever"
    _field_error = CustomerNoticeError

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    step = fields.Selection(STEPS, required=True)
    how = fields.Selection([("mail", "E-mail"), ("phone", "Phone"), ("portal", "Portal")], required=True, default="mail")
    told_on = fields.Datetime(string="When", required=True, default=fields.Datetime.now)
    told_to = fields.Char(string="Who Was Told")
    text = fields.Text(string="What Was Told")
    user_id = fields.Many2one("res.users", string="Told by", required=True, default=lambda self: self.env.user)

    _steps_of_ticket = models.Index("(ticket_id, step)")

    @api.depends("step", "told_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["step"]._description_selection(self.env))
        for notice in self:
            notice.display_name = f"{notice.ticket_id.number}: {names.get(notice.step, '')}"

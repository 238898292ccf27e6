from odoo import fields, models

from ...exceptions import TicketClosedError


class PaperCaseEvent(models.Model):
    """A case is closed, with the seal of what it then said, or reopened, with the reason (R7.3.1). Nobody changes it."""

    _name = "paper.case.event"
    _description = "Closing or Reopening of a Case"
    _inherit = ["paper.step.mixin"]
    _order = "id"
    _all_by_steps = True
    _step_field = "kind"
    _evidence_states = "ever"
    _field_error = TicketClosedError

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    kind = fields.Selection([("closed", "Closed"), ("reopened", "Reopened")], required=True)
    user_id = fields.Many2one("res.users", string="By", required=True, default=lambda self: self.env.user)
    happened_on = fields.Datetime(string="On", required=True, default=fields.Datetime.now)
    reason = fields.Text()
    seal = fields.Char(help="SHA-256 of what the case and its files said when it was closed.")

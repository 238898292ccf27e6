from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..exceptions import CustomerNoticeError
from ..models.telling.paper_customer_notice import STEPS


class PaperCaseTell(models.TransientModel):
    """Tells the customer how far his complaint is: by mail at once, or keeps whom one told what by phone (R7.1.2)."""

    _name = "paper.case.tell"
    _description = "Tell the Customer"

    ticket_id = fields.Many2one("helpdesk.ticket", required=True)
    step = fields.Selection(STEPS, required=True, default="containment")
    how = fields.Selection([("mail", "E-mail"), ("phone", "Told by Phone")], required=True, default="mail")
    text = fields.Text(string="What", required=True, help="In the customer's language.")
    told_to = fields.Char(string="Who", help="The person at the customer's who was told.")
    told_on = fields.Datetime(string="When", default=fields.Datetime.now)

    @api.onchange("step")
    def _onchange_step(self):
        ticket = self.ticket_id
        texts = {"decision": ticket.decision_ids[:1].text, "proposal": ticket.solution, "closed": ticket.solution}
        if not self.text:
            self.text = texts.get(self.step) or False

    def action_tell(self):
        """Send the letter, or keep what was told by phone.

        :raises CustomerNoticeError: without what was told, or without whom
        """
        self.ensure_one()
        ticket = self.ticket_id
        ticket.check_access("write")
        ticket._check_case_open()
        if not said(self.text):
            raise CustomerNoticeError(self.env._("Write down what the customer is told."))
        if self.how == "mail":
            ticket._tell_step(self.step, said(self.text))
            return True
        if not said(self.told_to) or not self.told_on or self.told_on > fields.Datetime.now():
            raise CustomerNoticeError(self.env._("Write down who was told, and when; it cannot be in the future."))
        ticket._note_told(self.step, "phone", said(self.text), said(self.told_to), self.told_on)
        return True

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import says_something

from ...exceptions import AnswerError


class PaperCustomerAnswer(models.Model):
    """What a customer said who did not order when an order was expected: later, or no longer and why (R8.2.1)."""

    _name = "paper.customer.answer"
    _description = "Answer of a Customer"
    _order = "asked_on desc, id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", string="Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one("res.users", string="Asked by", required=True, readonly=True, default=lambda self: self.env.user)
    asked_on = fields.Date(required=True, default=lambda self: self.env.company._paper_today())
    outcome = fields.Selection([("later", "Orders Later"), ("lost", "Orders No Longer")], required=True)
    reason = fields.Selection(
        [
            ("stock", "Still Has Stock"),
            ("demand", "Needs Less Paper"),
            ("price", "Price"),
            ("quality", "Quality"),
            ("delivery", "Delivery Time"),
            ("service", "Service"),
            ("other", "Other"),
        ],
        required=True,
    )
    expected_on = fields.Date(string="Next Order Expected", help="Asked again after this day if no order came.")
    note = fields.Text()

    @api.constrains("outcome", "expected_on", "asked_on", "reason", "note")
    def _check_answer(self):
        for answer in self:
            if answer.outcome == "later" and (not answer.expected_on or answer.expected_on < answer.asked_on):
                raise AnswerError(
                    self.env._(
                        "%(customer)s orders later: enter the day on which the next order is expected.",
                        customer=answer.partner_id.display_name,
                    )
                )
            if answer.reason == "other" and not says_something(answer.note):
                raise AnswerError(
                    self.env._("Enter in words why %(customer)s does not order.", customer=answer.partner_id.display_name)
                )

from odoo import api, models
from odoo.addons.paper_base.lib.portal import PortalAction

from .paper_evaluation import CAUSES

KINDS = tuple(f"evaluation_{cause}" for cause in CAUSES)


class SaleOrder(models.Model):
    """What the panel put before sales is done with once the order goes on: to a new panel, to its contract in force, or to
    nothing (R3.4), whoever takes it on, a customer who signs included.
    """

    _inherit = "sale.order"

    def _evaluation_open_with_customer(self):
        """Return what the customer has to answer: ``question``, ``offer``, or False; for his page of the order."""
        self.ensure_one()
        evaluation = self._current_evaluation()
        if evaluation.with_customer:
            return "question"
        return "offer" if evaluation and evaluation._is_offer_open() else False

    def _paper_portal_actions(self, user, access_token=None):
        actions = super()._paper_portal_actions(user, access_token)
        # sudo: a customer reads no evaluation, only that it waits for an answer
        waits = not user._is_internal() and self.sudo()._evaluation_open_with_customer()
        if waits:
            names = {"question": self.env._("Answer Our Question"), "offer": self.env._("Look at Our Offer")}
            token = f"?access_token={access_token}" if access_token else ""
            url = f"/my/orders/{self.id}/alternatives{token}"
            actions.append(PortalAction("answer", names[waits], url, "fa-reply", primary=True))
        return actions

    def message_post(self, **kwargs):
        message = super().message_post(**kwargs)
        # The context only says which letter was being written; that it may be sent, and went to the customer, is
        # asked of the records.
        letter = self.env.context.get("paper_letter_of")
        if letter and self.env.user._is_internal():
            evaluations = self.paper_evaluation_ids.filtered(lambda rec: rec.id == letter and rec.can_send_letter)
            for evaluation in evaluations.filtered(lambda rec: rec.partner_id in message.partner_ids):
                evaluation._letter_sent(message)
        return message

    @api.model
    def _told_until_settled(self):
        return (*super()._told_until_settled(), *KINDS)

    def _end_calls(self):
        """End what sales was called for."""
        self.env["res.company"]._paper_told(self, KINDS)

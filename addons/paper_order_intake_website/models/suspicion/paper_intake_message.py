from odoo import api, models
from odoo.addons.paper_order_intake.exceptions import IntakeStateError, SuspicionDecidedError
from odoo.addons.paper_order_intake.models.message.paper_intake_message import SALES, STEPS
from odoo.fields import Domain


class PaperIntakeMessage(models.Model):
    """A web order is an order before it arrives. Suspected to have come by another channel already it is held, paper by
    paper compared; decided to be the same it is cancelled, and the customer told.
    """

    _inherit = "paper.intake.message"
    _steps = {**STEPS, "order": {**STEPS["order"], "duplicate": (SALES,)}}

    def _brought_order(self):
        if self.form != "web_order":
            return super()._brought_order()
        return self.env["sale.order"].browse(self._web_order_id(self.external_ref)).exists()

    def _alike_items(self):
        if self.form != "web_order":
            return super()._alike_items()
        papers = self._brought_order().order_line.filtered("paper_spec_id")
        return [line._alike_item() for line in papers if line.paper_spec_id.width and line.paper_weight_kg]

    @api.model
    def _alike_order_domain(self):
        # The arrival of a web order says one figure; its lines say what was ordered.
        return super()._alike_order_domain() | Domain("order_id.intake_message_ids.form", "=", "web_order")

    def _close_as_duplicate(self, other):
        web = self.filtered(lambda message: message.form == "web_order" and message.state == "order")
        for message in web:
            message._cancel_web_order(other)
        rest = self - web
        return super(PaperIntakeMessage, rest)._close_as_duplicate(other) if rest else None

    def _cancel_web_order(self, other):
        """Cancel the web order of an arrival that came by another channel already, and tell the customer."""
        self.ensure_one()
        order = self.sudo().order_id  # sudo: whoever may decide ends the order, whosesoever it is
        if order.state not in ("draft", "sent"):
            raise SuspicionDecidedError(
                self.env._("%(order)s is confirmed: cancel it first, or close the other one.", order=order.name)
            )
        kept = other.order_id.name or other.display_name or self.env._("the earlier one")
        words = order.with_context(lang=order.partner_id.lang or self.env.lang).env._(
            "Your order %(order)s had reached us before by another way. We go on with that one (%(kept)s); this one is"
            " closed, so that nothing is made and delivered twice.",
            order=order.name,
            kept=kept,
        )
        order._action_cancel()
        order.message_post(
            body=words, message_type="comment", subtype_xmlid="mail.mt_comment", partner_ids=order.partner_id.ids
        )
        self._take_step("duplicate", order_id=False, duplicate_of_id=other.id)

    def _check_reopen(self):
        if self.form == "web_order":
            raise IntakeStateError(
                self.env._("The web order was cancelled: set that order back to a quotation, it goes on from there.")
            )
        return super()._check_reopen()

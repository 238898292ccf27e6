from odoo import api, fields, models
from odoo.addons.paper_base.lib.lead import Lead
from odoo.addons.paper_base.lib.portal import PortalAction
from odoo.addons.paper_order_intake.exceptions import AskCustomerError

from ...exceptions import CompletionRecordError
from .paper_completion_request import KIND

COMPLETING = {"order_line", "commitment_date", "partner_shipping_id", "payment_term_id", "incoterm", "state"}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_completion_ids = fields.One2many(
        "paper.completion.request",
        "order_id",
        string="Completion",
        groups="paper_base.group_sales,paper_base.group_management,paper_base.group_paper_overview",
    )

    can_ask_customer = fields.Boolean(compute="_compute_can_complete", groups="base.group_user")
    can_complete_by_phone = fields.Boolean(compute="_compute_can_complete", groups="base.group_user")

    @api.model
    def _paper_leads(self):
        return [*super()._paper_leads(), Lead("action_ask_customer", "can_ask_customer", "complete")]

    @api.depends("paper_missing", "is_paper_order", "state")
    @api.depends_context("uid")
    def _compute_can_complete(self):
        sells = self.env.user.has_group("paper_base.group_sales")
        for order in self:
            order.can_ask_customer = order.can_complete_by_phone = sells and order._lacks_facts()

    def _lacks_facts(self):
        """Say whether the order is still to be completed, by the customer or by who speaks with him."""
        self.ensure_one()
        return self.is_paper_order and self.state in ("draft", "sent") and bool(self.paper_missing)

    def _open_completion(self):
        """Return the completion that goes on for this order, or an empty one."""
        self.ensure_one()
        return self.paper_completion_ids.filtered(lambda request: request.state in ("open", "asked"))[:1]

    def _asked_completion(self):
        """Return the completion that waits for the customer, or an empty one, in sudo."""
        completion = self.sudo()._open_completion()  # sudo: a customer reads no completion, only that one waits
        return completion.filtered(lambda request: request.state == "asked" and self.state in ("draft", "sent"))

    def _paper_portal_actions(self, user, access_token=None):
        actions = super()._paper_portal_actions(user, access_token)
        if user._paper_is_of(self.partner_id) and user._paper_may("orders") and self._asked_completion():
            name = self.env._("Complete the Order")
            actions.append(PortalAction("complete", name, f"/my/orders/{self.id}/complete", "fa-list-alt", primary=True))
        return actions

    def action_ask_customer(self):
        """Send each customer a link to the page where he fills in what his order lacks (R3.2.1).

        :raises AskCustomerError: nothing is missing, or the customer has no e-mail address
        """
        self.check_access("write")
        for order in self:
            order._check_can_ask()
        # sudo: the completion is moved by its steps alone
        for request in self.env["paper.completion.request"].sudo()._open_for(self.sudo()):
            request._ask()

    def _check_can_ask(self):
        self.ensure_one()
        questions = self._completion_questions() if self._lacks_facts() else []
        if not any(question["required"] for question in questions):
            raise AskCustomerError(self.env._("%(order)s lacks nothing that the customer could tell.", order=self.name))
        if not self.partner_id.email:
            raise AskCustomerError(
                self.env._(
                    "%(customer)s has no e-mail address. Add it, or ask by phone and complete the order here.",
                    customer=self.partner_id.display_name,
                )
            )

    def action_complete_by_phone(self):
        """Open the dialog that asks for what is missing, to be filled in while the customer speaks (R3.2.1)."""
        self.ensure_one()
        self.check_access("write")
        if not self._lacks_facts():
            raise AskCustomerError(self.env._("%(order)s lacks nothing that the customer could tell.", order=self.name))
        return self._complete_by_phone_action()

    def _complete_by_phone_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complete by Phone"),
            "res_model": "paper.completion.wizard",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_open_completion(self):
        """Open what was asked and answered about the order."""
        self.ensure_one()
        return self.paper_completion_ids._get_records_action(name=self.env._("Questions and Answers"))

    @api.model
    def _told_until_settled(self):
        return (*super()._told_until_settled(), KIND)

    @api.model
    def _told_until_submitted(self):
        return (*super()._told_until_submitted(), KIND)

    def write(self, vals):
        result = super().write(vals)
        # Only where a customer was asked: the others must not cost a query; the cron looks after them.
        if COMPLETING & vals.keys():
            # sudo: whoever writes the missing fact ends the question
            asked = self.sudo().filtered("paper_asked_on")
            if asked and not self.env.context.get("paper_answering"):
                asked.paper_completion_ids._finish_if_complete()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_asked(self):
        # sudo: the record stays, whoever may read it
        if self.sudo().paper_completion_ids.line_ids:
            raise CompletionRecordError(
                self.env._("The customer was asked about this order, and that stays on record. Cancel the order instead.")
            )

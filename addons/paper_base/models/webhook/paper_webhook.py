import uuid
from urllib.parse import urlsplit

from odoo import api, fields, models

from ...exceptions import WebhookError

EVENTS = "confirmed,planned,dispatched,delivered"
SHORTEST = 24  # characters of a secret


class PaperWebhook(models.Model):
    """An address outside of the mill that is called when an order has come through a step; kept by the administrator.

    Each call is signed with the secret that both sides know, and tried again for about a day until it is answered with
    200 to 299.
    """

    _name = "paper.webhook"
    _description = "Webhook"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    url = fields.Char(
        string="Address", required=True, tracking=True, help="https://…, or http://… of a program in the mill's own network."
    )
    secret = fields.Char(
        default=lambda self: uuid.uuid4().hex + uuid.uuid4().hex,
        copy=False,
        groups="base.group_system",
        help="Both sides know it: the receiver computes the signature anew, and refuses a call with another one.",
    )
    events = fields.Char(
        string="Steps",
        required=True,
        default=EVENTS,
        help="Codes of the steps after which it is called, with commas between: received, complete, credit, evaluated, "
        "contract, legal, signed, confirmed, planned, produced, inspected, stocked, notified, dispatched, delivered, …",
    )
    partner_id = fields.Many2one(
        "res.partner", string="Only Orders of", index="btree_not_null", help="Empty: of every customer. It is told what he is."
    )
    call_ids = fields.One2many("paper.webhook.call", "webhook_id", string="Calls")

    @api.constrains("url", "secret", "events")
    def _check_given(self):
        _ = self.env._
        codes = {code for code, _name in self.env["sale.order"]._paper_stages()}
        for hook in self:
            if not hook._is_possible_address():
                raise WebhookError(_("“%(url)s” is no address: https://…, or http://… in the mill's own network.", url=hook.url))
            # sudo: whoever changes it, the secret is looked at
            if len((hook.sudo().secret or "").strip()) < SHORTEST:
                raise WebhookError(
                    _(
                        "The secret has less than %(count)s characters: enter a longer one, or leave the one that was made.",
                        count=SHORTEST,
                    )
                )
            unknown = [code for code in hook._codes() if code not in codes]
            if unknown or not hook._codes():
                raise WebhookError(
                    _("There is no step “%(code)s”. There are: %(codes)s.", code=", ".join(unknown), codes=", ".join(codes))
                )

    def _is_possible_address(self):
        try:
            parts = urlsplit(self.url or "")
            inside = "." not in (parts.hostname or "") or (parts.hostname or "").replace(".", "").isdigit()
            has_port = parts.port is None or parts.port > 0
        except ValueError:
            return False
        return bool(parts.hostname and has_port and not parts.username) and (
            parts.scheme == "https"
            or (parts.scheme == "http" and (inside or parts.hostname.endswith((".local", ".lan", ".internal"))))
        )

    def _codes(self):
        self.ensure_one()
        return [code.strip() for code in (self.events or "").split(",") if code.strip()]

    @api.model
    def _hear(self, moved):
        """Write down the calls for what orders have come through; they are made when the transaction has ended.

        :param moved: ``{order: (status before, status)}``; nothing before: the order is told of for the first time
        """
        # sudo: whoever moves an order, other programs hear of it
        hooks = self.sudo().search_fetch([("company_id", "in", [order.company_id.id for order in moved])])
        values = []
        for order, (before, status) in moved.items() if hooks else ():
            was = self._passed(before) if before else set()
            new = [step for step in status["steps"] if step["code"] in self._passed(status) - was]
            for hook in hooks.filtered(lambda hook, order=order: hook._is_for(order)):
                values += [
                    {"webhook_id": hook.id, "order_id": order.id, "event": step["code"]}
                    for step in new
                    if step["code"] in hook._codes() and not (hook.partner_id and step["internal"])
                ]
        if values:
            self.env["paper.webhook.call"].sudo().create(values)  # sudo: see above
            self.env.ref("paper_base.cron_paper_webhooks")._trigger()

    @staticmethod
    def _passed(status):
        return {step["code"] for step in status["steps"] if step["state"] == "done"}

    def _is_for(self, order):
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        return self.company_id == order.company_id and (not customer or customer == order.partner_id.commercial_partner_id)

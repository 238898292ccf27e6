import secrets
import time
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...lib.arrival_text import text_hash
from ...lib.order_feed import is_signed
from .paper_intake_secret import OVERLAP


class PaperIntakeChannel(models.Model):
    """The signed webhook that a marketplace sends its orders to (R3.1.1). The contract stands in the addon's readme."""

    _inherit = "paper.intake.channel"

    webhook_key = fields.Char(
        string="Address Key",
        by_steps=True,
        groups="base.group_system",
        index="btree_not_null",
        help="Names the channel in the address that a marketplace sends its orders to. It is no secret.",
    )
    webhook_url = fields.Char(string="Webhook Address", compute="_compute_webhook_url", groups="base.group_system")
    webhook_window = fields.Integer(
        string="Time Window (seconds)",
        default=300,
        groups="base.group_system",
        help="A signed request that is older than this, or comes from a clock that far ahead, is refused.",
    )
    secret_count = fields.Integer(string="Valid Secrets", compute="_compute_secret_count", groups="base.group_system")
    _webhook_key_uniq = models.UniqueIndex("(webhook_key)", "Two channels cannot have the same address key.")
    _webhook_window_positive = models.Constraint(
        "CHECK(webhook_window > 0)", "The time window of a webhook must be above zero."
    )

    def _compute_webhook_url(self):
        for channel in self:
            key = channel.webhook_key
            channel.webhook_url = f"{channel.get_base_url()}/paper/intake/v1/{key}" if key else False

    def _compute_secret_count(self):
        # sudo: nobody reads the secrets, the administrator sees how many there are
        secret = self.env["paper.intake.secret"].sudo()
        domain = Domain("channel_id", "in", self.ids) & secret._valid_domain()
        counts = dict(secret._read_group(domain, ["channel_id"], ["__count"]))
        for channel in self:
            channel.secret_count = counts.get(channel, 0)

    def action_new_secret(self):
        """Make a new secret and show it, this once; the one before counts for a day more."""
        self.ensure_one()
        self._check_is_administrator()
        # token: what a program signs with, not a link of a person
        secret = secrets.token_urlsafe(32)
        expires = fields.Datetime.now() + OVERLAP
        # sudo: the secrets are closed to everybody, the administrator included
        existing = self.env["paper.intake.secret"].sudo()._by_step()
        existing.search([("channel_id", "=", self.id), ("expires_on", "=", False)]).write({"expires_on": expires})
        existing.create({"channel_id": self.id, "secret": secret})
        if not self.webhook_key:
            # token: names the channel in its address, see above
            self._by_step().write({"webhook_key": secrets.token_urlsafe(12)})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Secret"),
            "res_model": "paper.intake.secret.shown",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            # A record that is never saved: the secret is in the dialog and nowhere else that anybody could read.
            "context": {"default_secret": secret, "default_address": self.webhook_url},
        }

    def action_expire_secrets(self):
        """Let every secret but the newest end at once, as when one became known."""
        self.ensure_one()
        self._check_is_administrator()
        # sudo: the secrets are closed to everybody, the administrator included
        existing = self.env["paper.intake.secret"].sudo().search([("channel_id", "=", self.id)])
        existing[1:]._by_step().write({"expires_on": fields.Datetime.now() - timedelta(seconds=1)})

    def _check_is_administrator(self):
        self.check_access("write")
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only the system administrator sets up how a channel is reached."))

    def _is_signed(self, timestamp, body, signature):
        """Return whether a request to this channel is signed and of this time."""
        self.ensure_one()
        # sudo: the program alone compares with the secrets
        secret = self.env["paper.intake.secret"].sudo()
        domain = Domain("channel_id", "=", self.id) & secret._valid_domain()
        # sudo: the window is shown to the administrator alone
        window = self.sudo().webhook_window
        return is_signed(secret.search(domain).mapped("secret"), timestamp, body, signature, time.time(), window)

    def _receive_feed(self, orders, body):
        """Take in the orders of a signed feed.

        :param orders: ``{id: text of one order}``
        :param body: bytes, all of it as it came; it is kept once
        :return: arrivals, and the ids that arrived before with other content
        """
        payload = {"payload": body, "file_name": "orders.json", "mimetype": "application/json"}
        arrivals = [{"external_ref": ref, "raw": text, "form": "feed", **payload} for ref, text in orders.items()]
        # sudo: the sender is no user; he is told what became of his own orders
        messages = self._receive(arrivals).sudo()
        hashes = {message.external_ref: message.payload_hash for message in messages}
        return messages, [ref for ref, text in orders.items() if hashes[ref] != text_hash(text)]

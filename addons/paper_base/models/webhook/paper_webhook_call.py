import hashlib
import hmac
import json
import logging
import time
import uuid
from datetime import timedelta

import requests
from odoo import api, fields, models

_logger = logging.getLogger(__name__)

PATIENCE = 10  # seconds that a receiver has to answer
# Minutes until a call is tried again; after the last it is given up.
AGAIN = (1, 5, 30, 120, 360, 960)
BATCH = 50
KEEPERS = "base.group_system"


class PaperWebhookCall(models.Model):
    """One call of a webhook: what happened, to which order, and how often it was tried. Waiting, taken or given up."""

    _name = "paper.webhook.call"
    _description = "Call of a Webhook"
    _order = "id desc"
    _rec_name = "event"

    webhook_id = fields.Many2one("paper.webhook", required=True, index=True, ondelete="cascade")
    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade")
    event = fields.Char(string="Step", required=True)
    key = fields.Char(string="Number", required=True, default=lambda self: str(uuid.uuid4()), index=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("taken", "Taken"), ("given_up", "Given Up")], default="waiting", required=True, index=True
    )
    tries = fields.Integer()
    next_try = fields.Datetime(default=fields.Datetime.now, index="btree_not_null")
    answer = fields.Char(help="What the receiver said last.")
    can_try_again = fields.Boolean(compute="_compute_can_try_again")

    @api.depends("state")
    def _compute_can_try_again(self):
        for call in self:
            call.can_try_again = call.state == "given_up"

    def action_try_again(self):
        """Have calls made once more that were given up."""
        self.filtered("can_try_again").write({"state": "waiting", "tries": 0, "next_try": fields.Datetime.now()})
        # sudo: the administrator of the mill may not be allowed to start a cron by hand
        self.env.ref("paper_base.cron_paper_webhooks").sudo()._trigger()

    @api.model
    def _cron_call(self):
        """Make the calls that are due, one after the other; what one receiver does holds no other up for longer than he has."""
        cron, in_cron = self.env["ir.cron"], self.env.context.get("cron_id")
        due = [("state", "=", "waiting"), ("next_try", "<=", fields.Datetime.now()), ("webhook_id.active", "=", True)]
        calls = self.search(due, order="id", limit=BATCH)
        if in_cron:
            cron._commit_progress(remaining=self.search_count(due))
        silent = self.env["paper.webhook"]
        for call in calls:
            # Who did not answer at all is not waited for again in this round.
            if call.webhook_id not in silent and call.try_lock_for_update() and not call._try():
                silent |= call.webhook_id
            if in_cron and not cron._commit_progress(1):
                break

    def _try(self):
        """Make one call; return whether the receiver answered, whatever he said."""
        self.ensure_one()
        body = json.dumps(self._prepare_body(), sort_keys=True, separators=(",", ":")).encode()
        try:
            answer = requests.post(
                self.webhook_id.url, data=body, headers=self._prepare_headers(body), timeout=PATIENCE, allow_redirects=False
            )
        except requests.RequestException as error:
            self._failed(type(error).__name__)
            return False
        if 200 <= answer.status_code < 300:
            self.write({"state": "taken", "tries": self.tries + 1, "next_try": False, "answer": str(answer.status_code)})
        else:
            self._failed(f"{answer.status_code} {answer.reason or ''}".strip())
        return True

    def _prepare_body(self):
        """Return what is told: the status as it is now, of a customer's webhook as the customer may see it."""
        order = self.order_id
        told = order._told_status(order.paper_status_told, order.paper_status_moved, inside=not self.webhook_id.partner_id)
        return {"id": self.key, "event": self.event, "order": told}

    def _prepare_headers(self, body):
        """Return the headers of a call: the signature is HMAC-SHA256 of ``<time>.<body>`` with the secret, in hexadecimal."""
        now = str(int(time.time()))
        digest = hmac.new(self.webhook_id.secret.encode(), now.encode() + b"." + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": "application/json",
            "X-Paper-Event": self.event,
            "X-Paper-Delivery": self.key,
            "X-Paper-Signature": f"t={now},v1={digest}",
        }

    def _failed(self, words):
        tries = self.tries + 1
        left = tries <= len(AGAIN)
        again = fields.Datetime.now() + timedelta(minutes=AGAIN[tries - 1]) if left else False
        self.write({"tries": tries, "answer": words, "next_try": again, "state": "waiting" if left else "given_up"})
        if not left:
            _logger.info("a call of webhook %s is given up: %s", self.webhook_id.id, words)
            self._tell_given_up()

    def _tell_given_up(self):
        hook = self.webhook_id

        def summary(hook):
            return hook.env._("Calls of this webhook are not taken: see what the receiver says, then try them again")

        hook.company_id._paper_tell(KEEPERS, hook, summary, kind="given_up", note=self.answer)

    @api.autovacuum
    def _gc_taken(self):
        """Forget calls that were taken three months ago."""
        before = fields.Datetime.now() - timedelta(days=90)
        self.search([("state", "=", "taken"), ("write_date", "<", before)], limit=10000).unlink()

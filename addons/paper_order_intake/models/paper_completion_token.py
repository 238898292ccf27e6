import hashlib
import secrets

from odoo import api, fields, models
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "paper_order_intake.completion"


class PaperCompletionToken(models.Model):
    """One link to the page on which a customer completes an order. Only its SHA-256 is kept, so nobody who reads the
    database can answer for the customer; it ends with its day, with the answer, or with the order.
    """

    _name = "paper.completion.token"
    _description = "Customer's Link to Complete an Order"

    request_id = fields.Many2one("paper.completion.request", required=True, ondelete="cascade", index=True)
    token_hash = fields.Char(required=True)
    expires_on = fields.Datetime(required=True)
    revoked_on = fields.Datetime()

    _token_hash_uniq = models.UniqueIndex("(token_hash)", "This link exists already.")

    @api.model
    def _issue(self, request, expires_on):
        """Return a new token for a request: signed, with its expiry inside, unknown to the database."""
        token = hash_sign(self.env, SCOPE, [request.id, secrets.token_hex(12)], expiration=expires_on)
        self.create({"request_id": request.id, "token_hash": self._hash(token), "expires_on": expires_on})
        return token

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

    @api.model
    def _find(self, token):
        """Return the record of a token that this database signed and that is not past its day; else an empty one."""
        try:
            signed = verify_hash_signed(self.env, SCOPE, token)
        except (ValueError, OverflowError):  # not base64, not JSON, not ours
            return self.browse()
        if not signed:
            return self.browse()
        found = self.search([("token_hash", "=", self._hash(token))], limit=1)
        alive = found.expires_on and found.expires_on > fields.Datetime.now() and found.request_id.id == signed[0]
        return found if alive else self.browse()

    def _revoke(self):
        self.filtered(lambda token: not token.revoked_on).write({"revoked_on": fields.Datetime.now()})

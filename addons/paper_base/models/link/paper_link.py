import hashlib
import secrets

from odoo import api, fields, models
from odoo.tools import consteq


class PaperLink(models.Model):
    """A link by which somebody without a login does one thing with one document: sign it, read it, complete it,
    receive the goods. Only the hash of its token is kept, so that nobody who reads the database, however high,
    can act in the receiver's place. It ends with its time, with its last use, or when it is revoked.
    """

    _name = "paper.link"
    _description = "Link for People without Login"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _all_by_steps = True

    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    purpose = fields.Char(required=True)
    token_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    partner_id = fields.Many2one("res.partner", string="Receiver", index="btree_not_null", ondelete="set null")
    expires_on = fields.Datetime(string="Valid until", index="btree_not_null", help="Empty: without an end.")
    uses_left = fields.Integer(help="How often it still opens; below zero: without a limit.")
    used_on = fields.Datetime(string="Last Used on")
    revoked_on = fields.Datetime()

    _token_hash_uniq = models.UniqueIndex("(token_hash)", "This link exists already.")
    _record_idx = models.Index("(res_model, res_id, purpose)")

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()

    @api.model
    def _issue(self, record, purpose, expires_on=None, uses=-1, partner=None):
        """Return the token of a new link to ``record``; it is known to who gets it here and to nobody later."""
        token = secrets.token_urlsafe(32)
        # sudo: whoever takes the step that sends a link; nobody reads or writes links
        self.sudo()._by_step().create(
            {
                "res_model": record._name,
                "res_id": record.id,
                "purpose": purpose,
                "token_hash": self._hash(token),
                "partner_id": partner.id if partner else False,
                "expires_on": expires_on,
                "uses_left": uses,
            }
        )
        return token

    @api.model
    def _find(self, token, purpose, model):
        """Return the link of a token for this purpose and model, alive or not; an empty one for any other input."""
        if not isinstance(token, str) or not token or len(token) > 1000:
            return self.browse()
        digest = self._hash(token)
        # sudo: the token stands for the right
        found = self.sudo().search(
            [("token_hash", "=", digest), ("purpose", "=", purpose), ("res_model", "=", model)], limit=1
        )
        return found if found and consteq(found.token_hash, digest) else self.browse()

    def _is_alive(self):
        """Say whether the link still opens what it was made for."""
        now = fields.Datetime.now()
        return bool(
            self and not self.revoked_on and self.uses_left != 0 and (not self.expires_on or self.expires_on > now)
        )

    def _use(self):
        """Count one use; the last one ends the link."""
        self.ensure_one()
        left = self.uses_left
        self._by_step().write({"used_on": fields.Datetime.now(), "uses_left": left - 1 if left > 0 else left})

    def _revoke(self):
        alive = self.filtered(lambda link: not link.revoked_on)
        alive._by_step().write({"revoked_on": fields.Datetime.now()})

    @api.autovacuum
    def _gc_dead_links(self):
        """Delete the links of documents that are gone."""
        # sudo: the job knows the links of all documents
        links = self.sudo().search([])
        for model, found in links.grouped("res_model").items():
            gone = found if model not in self.env else self._of_gone(model, found)
            gone.unlink()

    @api.model
    def _of_gone(self, model, links):
        there = set(self.env[model].sudo().browse(links.mapped("res_id")).exists().ids)  # sudo: see _gc_dead_links
        return links.filtered(lambda link: link.res_id not in there)

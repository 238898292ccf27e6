from odoo import api, models


class PaperLinkMixin(models.AbstractModel):
    """A document to which people without a login get links: each for one purpose, see ``paper.link``.

    The link is seen by its receiver only. Send it with ``res.company._paper_send``, which leaves no copy of it in
    the chatter; no field, template or method of the document renders it a second time.
    """

    _name = "paper.link.mixin"
    _description = "Document with Links for People without Login"

    def _link_issue(self, purpose, expires_on=None, uses=-1, partner=None, keep=False):
        """Return the token of a new link; earlier ones for the same purpose are void from now on, unless kept.

        :param purpose: what it is good for, such as "sign"
        :param expires_on: moment (UTC) of its end; never unless given
        :param uses: how often :meth:`_link_use` accepts it; without a limit unless given
        :param partner: its receiver
        :param keep: earlier links go on opening, as when a letter only reminds of the first
        """
        self.ensure_one()
        if not keep:
            self._link_revoke(purpose)
        return self.env["paper.link"]._issue(self, purpose, expires_on, uses, partner)

    def _link_opens(self, purpose, token):
        """Say whether the token, whatever a client sent as one, opens this document for the purpose now."""
        self.ensure_one()
        link = self.env["paper.link"]._find(token, purpose, self._name)
        return link.res_id == self.id and link._is_alive()

    def _link_use(self, purpose, token):
        """Use the link once: say whether it was good for it, and count the use."""
        self.ensure_one()
        link = self.env["paper.link"]._find(token, purpose, self._name)
        if link.res_id != self.id:
            return False
        # Two at once: the second waits here, and then finds the link used up.
        self.env.cr.execute("SELECT id FROM paper_link WHERE id = %s FOR UPDATE", [link.id])
        link.invalidate_recordset()
        if not link._is_alive():
            return False
        link._use()
        return True

    @api.model
    def _link_find(self, purpose, token):
        """Return ``(document in sudo, whether the link is still alive)`` of a token; an empty document for others."""
        link = self.env["paper.link"]._find(token, purpose, self._name)
        # sudo: the token stands for the right
        return self.sudo().browse(link.res_id or ()).exists(), link._is_alive()

    def _link_of(self, purpose):
        """Return the newest link for a purpose that is still alive, in sudo; it does not hold the token."""
        self.ensure_one()
        return self._links(purpose).filtered(lambda link: link._is_alive())[:1]

    def _link_revoke(self, purpose=None):
        """Make the links of these documents void, for one purpose or for all."""
        self._links(purpose)._revoke()

    def _links(self, purpose=None):
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        if purpose:
            domain.append(("purpose", "=", purpose))
        # sudo: links are read by the methods here, which do not give their tokens away
        return self.env["paper.link"].sudo().search(domain)

    def unlink(self):
        self._links().unlink()
        return super().unlink()

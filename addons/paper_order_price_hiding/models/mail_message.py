from odoo import api, fields, models
from odoo.fields import Domain

from .paper_figures_hidden import hides_prices


class MailMessage(models.Model):
    """A letter to the customer on the page of an order names its prices, and so do the papers that go with it: a department
    that works without prices does not get them (R4.1.3)."""

    _inherit = "mail.message"

    paper_with_prices = fields.Boolean(string="Names Prices", readonly=True, groups=fields.NO_ACCESS)

    _paper_with_prices = models.Index("(id) WHERE paper_with_prices")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if hides_prices(self.env) and not bypass_access:
            # Odoo runs the query of messages past the ORM, which would write the marks of this moment before.
            self.flush_model(["paper_with_prices"])
            # sudo: the mark is nobody's to read
            marked = self.sudo()._search([("paper_with_prices", "=", True)], bypass_access=True)
            domain = Domain(domain) & (self._own_words() | Domain("id", "not in", marked))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if hides_prices(self.env):
            marked = self.sudo().filtered("paper_with_prices")  # sudo: see _search
            forbidden |= self.browse((marked - marked.filtered_domain(self._own_words())).ids)
        return forbidden

    @api.model
    def _own_words(self):
        """Return the domain of what the user has written himself; letters that the system sent in his name are not his."""
        user = self.env.user
        return (
            Domain("message_type", "=", "comment")
            & Domain("author_id", "=", user.partner_id.id)
            & Domain("create_uid", "=", user.id)
        )

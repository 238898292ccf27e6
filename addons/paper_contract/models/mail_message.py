from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext
from odoo.tools.safe_eval import safe_eval, time

from ..lib.price_free import names_prices
from .paper_price_hidden import hides_prices


class MailMessage(models.Model):
    """A letter to the customer on the page of an order names its prices, and so do the papers that go with it: a department
    that works without prices does not get them (R4.1.3)."""

    _inherit = "mail.message"

    paper_with_prices = fields.Boolean(string="Names Prices", readonly=True, groups=fields.NO_ACCESS)

    _paper_with_prices = models.Index("(id) WHERE paper_with_prices")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if hides_prices(self.env) and not bypass_access:
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


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _filter_has_field_access(self, env):
        shown = super()._filter_has_field_access(env)
        if not hides_prices(env):
            return shown
        prices = {name: env[name]._price_fields() for name in ("sale.order", "sale.order.line")}
        return shown.filtered(lambda value: value.field_id.name not in prices.get(value.field_id.model, ()))


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if not self.sudo().is_paper_order:  # sudo: the rule is the same whatever the author may read
            return result
        # sudo: the mark is set by the system, whoever writes
        message = message.sudo()
        named = self._names_prices(message)
        papers = message.attachment_ids if named else self._priced_papers(message.attachment_ids)
        # A reader of a message gets what is attached to it, so it is kept together with such a paper.
        message.paper_with_prices = named or bool(papers)
        papers.paper_with_prices = True
        return result

    def _names_prices(self, message):
        """Say whether a message about a paper order names its prices."""
        order = self.sudo()  # sudo: the rule is the same whatever the author may read
        amounts = {order.amount_untaxed, order.amount_total, *order.order_line.mapped("price_unit")}
        return names_prices(html2plaintext(message.body or "", include_references=False), amounts)

    def _priced_papers(self, attachments):
        """Return those of the attachments that are prints of this order or documents of its contracts."""
        pdfs = attachments.filtered(lambda item: item.mimetype == "application/pdf")
        if not pdfs:
            return pdfs
        order = self.sudo()  # sudo: see _names_prices
        documents = order.contract_ids.document_ids
        checksums = set(documents.attachment_id.mapped("checksum"))
        names = {order.name, *order._print_names()}
        return pdfs.filtered(
            lambda item: item.checksum in checksums or (item.name or "").removesuffix(".pdf") in names
        )

    def _print_names(self):
        """Return what the prints of the order are called, in every language in use."""
        reports = self.env["ir.actions.report"].search([("model", "=", "sale.order"), ("print_report_name", "!=", False)])
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            safe_eval(report.print_report_name, {"object": self, "time": time})
            for code in languages
            for report in reports.with_context(lang=code)
        }

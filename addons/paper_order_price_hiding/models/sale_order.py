from odoo import api, fields, models
from odoo.addons.paper_base.lib.price_free import names_prices
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY
from odoo.exceptions import AccessError
from odoo.tools import html2plaintext
from odoo.tools.safe_eval import safe_eval, time

from .paper_figures_hidden import hides_prices


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "paper.price.hidden"]
    # The token opens the customer's page, which shows them.
    _hidden_figures = {"price": (MONEY, "tax_totals", "margin_percent", "access_token", "amount_undiscounted")}

    paper_prices_hidden = fields.Boolean(compute="_compute_paper_prices_hidden")

    @api.depends_context("uid")
    def _compute_paper_prices_hidden(self):
        self.paper_prices_hidden = hides_prices(self.env)

    def get_portal_url(self, *args, **kwargs):
        self._check_opens_page()
        return super().get_portal_url(*args, **kwargs)

    def _get_share_url(self, *args, **kwargs):
        self._check_opens_page()
        return super()._get_share_url(*args, **kwargs)

    def _check_opens_page(self):
        """Refuse to give the address of the customer's page, which holds the token that opens it.

        Letters to the customer are made by the system, which goes on whoever caused them.
        """
        if hides_prices(self.env):
            raise AccessError(self.env._("Your department works without prices: it reads orders in the backend."))

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
        """Return those of the attachments that are papers with prices: prints of this order. Override to add."""
        pdfs = attachments.filtered(lambda item: item.mimetype == "application/pdf")
        if not pdfs:
            return pdfs
        order = self.sudo()  # sudo: see _names_prices
        names = {order.name, *order._print_names()}
        return pdfs.filtered(lambda item: (item.name or "").removesuffix(".pdf") in names)

    def _print_names(self):
        """Return what the prints of the order are called, in every language in use."""
        reports = self.env["ir.actions.report"].search([("model", "=", "sale.order"), ("print_report_name", "!=", False)])
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            safe_eval(report.print_report_name, {"object": self, "time": time})
            for code in languages
            for report in reports.with_context(lang=code)
        }

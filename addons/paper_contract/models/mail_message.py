from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.price_free import without_prices
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
            domain = Domain(domain) & Domain("id", "not in", marked)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _get_forbidden_access(self, operation):
        forbidden = super()._get_forbidden_access(operation)
        if hides_prices(self.env):
            marked = self.sudo().filtered("paper_with_prices")  # sudo: see _search
            forbidden |= self.browse(marked.ids)
        return forbidden


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
        if self._names_prices(message):
            # sudo: the mark is set by the system, whoever writes
            message.sudo().paper_with_prices = True
            message.sudo().attachment_ids.paper_with_prices = True
        return result

    def _names_prices(self, message):
        """Say whether a message about a paper order names its prices."""
        order = self.sudo()  # sudo: the rule is the same whatever the author may read
        if not order.is_paper_order:
            return False
        amounts = {order.amount_untaxed, order.amount_total, *order.order_line.mapped("price_unit")}
        text = str(message.body or "")
        return without_prices(text, amounts) != text

from odoo import models

from .paper_figures_hidden import hides_prices


class MailTrackingValue(models.Model):
    _inherit = "mail.tracking.value"

    def _filter_has_field_access(self, env):
        shown = super()._filter_has_field_access(env)
        if not hides_prices(env):
            return shown
        prices = {name: env[name]._figures("price") for name in ("sale.order", "sale.order.line")}
        return shown.filtered(lambda value: value.field_id.name not in prices.get(value.field_id.model, ()))

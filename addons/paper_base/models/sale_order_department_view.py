from odoo import api, models

from .department_reading import is_department_reader

# Odoo's own steps of an order, which are those of sales.
STEPS_OF_SALES = {
    "action_cancel",
    "action_confirm",
    "action_draft",
    "action_lock",
    "action_preview_sale_order",
    "action_quotation_send",
    "action_unlock",
    "payment_action_capture",
    "payment_action_void",
    "sale.action_report_saleorder",
}


class SaleOrder(models.Model):
    """A department that reads orders is not offered the steps of sales: it may not take them (R4.2.2)."""

    _inherit = "sale.order"

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, *sorted(self._steps_not_offered()))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type in ("form", "list"):
            names = self._steps_not_offered()
            for button in arch.xpath("//header/button"):
                if button.get("name") in names:
                    button.getparent().remove(button)
        return arch, view

    @api.model
    def _steps_not_offered(self):
        """Return the names of the buttons that the user's department has no business with."""
        if not is_department_reader(self.env):
            return set()
        if self.env.user.has_group("account.group_account_invoice"):
            return STEPS_OF_SALES
        return STEPS_OF_SALES | {str(self.env.ref("sale.action_view_sale_advance_payment_inv").id)}

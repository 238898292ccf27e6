from odoo import api, fields, models

from ..department.reading import is_department_reader

LINES = "order_line"
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
    """What an order offers to whoever looks at it: no step of sales to a department that only reads it (R4.2.2), and no
    term to change that nobody may change now, as the table of ``lib.order_fields`` says.
    """

    _inherit = "sale.order"

    paper_terms_fixed = fields.Boolean(
        string="Terms Are Fixed",
        compute="_compute_paper_terms_fixed",
        help="Confirmed, and what it says is agreed: a change of it takes the way that is named where it is tried.",
    )

    @api.depends("state", "is_paper_order")
    def _compute_paper_terms_fixed(self):
        confirmed = self._paper_orders_confirmed()
        (self - confirmed).paper_terms_fixed = False
        # sudo: the rule is the same whatever the user may read
        found = confirmed.sudo()._get_open_blockers("change")
        for order in confirmed:
            order.paper_terms_fixed = bool(found[order.sudo()])  # sudo: as above

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
        if view_type == "kanban":
            self._leave_out_untracked(arch)
        if view_type == "form":
            self._fix_terms(arch)
            self._lead_with_one_button(arch)
        return arch, view

    @api.model
    def _steps_not_offered(self):
        """Return the names of the buttons that the user's department has no business with."""
        if not is_department_reader(self.env):
            return set()
        if self.env.user.has_group("account.group_account_invoice"):
            return STEPS_OF_SALES
        return STEPS_OF_SALES | {str(self.env.ref("sale.action_view_sale_advance_payment_inv").id)}

    @api.model
    def _fix_terms(self, arch):
        """Let the terms in a form, and those of the lines in it, be read only once they are fixed."""
        own, of_lines = set(self._fixed_fields()), set(self.env["sale.order.line"]._fixed_fields())
        for node in arch.iter("field"):
            above = [parent.get("name") for parent in node.iterancestors("field")]
            if not above and node.get("name") in own:
                self._add_condition(node, "readonly", "paper_terms_fixed")
            elif above == [LINES] and node.get("name") in of_lines:
                self._add_condition(node, "readonly", "parent.paper_terms_fixed")
        for node in arch.xpath(f"//field[@name='{LINES}']//control/*"):
            self._add_condition(node, "invisible", "parent.paper_terms_fixed")

    @api.model
    def _add_condition(self, node, attribute, condition):
        given = node.get(attribute)
        node.set(attribute, f"({given}) or {condition}" if given else condition)

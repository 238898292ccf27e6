from odoo import fields, models


class SaleOrder(models.Model):
    """What the customer of a toll order brings for it."""

    _inherit = "sale.order"

    paper_customer_material_ids = fields.One2many(
        "paper.customer.material", "order_id", string="Customer's Pulp", copy=True, groups="base.group_user"
    )

    def _customer_materials(self, product):
        """Return what the customer brings of a material for the order."""
        self.ensure_one()
        if not self._paper_type_rule("customer_material"):
            return self.env["paper.customer.material"]
        return self.paper_customer_material_ids.filtered(lambda rec: rec.product_id == product)

    def _get_customer_material_blockers(self):
        """List that a toll order does not say which pulp the customer brings, and when."""
        self.ensure_one()
        if not self._paper_type_rule("customer_material"):
            return []
        action = self._open_order_action()
        if not self.paper_customer_material_ids:
            text = self.env._("Say which pulp the customer brings, and how much of it.")
            return [self._paper_blocker("customer_material_missing", text, action, role=None)]
        undated = self.paper_customer_material_ids.filtered(lambda rec: not rec.promised_date)
        if undated:
            names = ", ".join(undated.product_id.mapped("display_name"))
            text = self.env._("Ask the customer when the pulp comes: %(names)s.", names=names)
            return [self._paper_blocker("customer_material_undated", text, action, role=None)]
        return []

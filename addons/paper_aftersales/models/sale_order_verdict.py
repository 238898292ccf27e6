from odoo import models


class SaleOrder(models.Model):
    """What a customer thinks of a sample: asked by sales once the customer has it (R2, R6.3.2)."""

    _inherit = "sale.order"

    def _ask_verdict(self):
        """Let sales ask what the customers think of what was sent to them."""
        for company, orders in self.filtered(lambda order: order._paper_type_rule("verdict")).grouped("company_id").items():
            company._paper_tell(
                lambda order: order.user_id or "paper_base.group_sales",
                orders,
                lambda order: order.env._("Ask %(customer)s what became of the sample", customer=order.partner_id.name),
                kind="verdict",
            )

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_quotation_number = fields.Char(
        string="Quotation No.",
        by_steps=True,
        index="btree_not_null",
        groups="base.group_user",
        help="The number that the order had until it was confirmed; its contract names it.",
    )

    def _to_be_numbered(self):
        """Return the orders that get their number when they are confirmed (R4.2.2); not again after a cancellation."""
        return self.filtered(
            lambda order: order.is_paper_order
            and order.state != "sale"
            and order.company_id.paper_gapless_numbers
            and not order.sudo().paper_quotation_number  # sudo: a customer's signature numbers the order, too
        )

    def _take_number(self):
        """Give the orders the number of a confirmed order, and keep the one that they had."""
        for order in self:
            order._by_step().write({"paper_quotation_number": order.name, "name": order.company_id._next_order_number()})

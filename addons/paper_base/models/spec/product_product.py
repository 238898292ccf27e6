from odoo import models

from ...exceptions import PaperProductError


class ProductProduct(models.Model):
    """Whether a product is paper is not turned round under its orders: they take every step of the regulation, or none."""

    _inherit = "product.product"

    def write(self, vals):
        if "product_tmpl_id" not in vals:
            return super().write(vals)
        paper = self.env["product.template"].browse(vals["product_tmpl_id"]).is_paper
        products = self.filtered(lambda rec: rec.is_paper != paper)
        return products._turned_into_paper(paper, lambda: super(ProductProduct, self).write(vals))

    def _turned_into_paper(self, paper, write):
        """Let ``write`` make these products paper, or none any more, unless that changes what their open orders had to pass.

        :raises PaperProductError: naming the orders
        """
        # sudo: the rule is the same whatever the user may read
        lines = self.env["sale.order.line"].sudo().search(
            [("product_id", "in", self.ids), ("state", "in", ("sale",) if paper else ("draft", "sent", "sale"))]
        )
        lines = lines.filtered(lambda line: line.state != "sale" or line.qty_delivered < line.product_uom_qty)
        if not paper and lines:
            raise self._turned_error(
                lines.order_id,
                self.env._(
                    "%(products)s is paper in %(orders)s, and stays it until they are delivered or cancelled. For goods that "
                    "are no paper, make a new product.",
                    products=", ".join(lines.product_id.mapped("display_name")),
                    orders=", ".join(lines.order_id.mapped("name")),
                ),
            )
        # Not by is_paper_order, which may be computed anew already.
        orders = lines.order_id.filtered(lambda order: not any(line._is_paper_without(self) for line in order.order_line))
        result = write()
        blocked = [order for order, found in orders._get_open_blockers("confirm").items() if found]
        if blocked:
            raise self._turned_error(
                orders.browse(order.id for order in blocked),
                self.env._(
                    "%(products)s: %(orders)s were confirmed as orders of something else than paper, without what a paper order "
                    "takes. Finish or cancel them first, or make a new product.",
                    products=", ".join(self.mapped("display_name")),
                    orders=", ".join(order.name for order in blocked),
                ),
            )
        return result

    def _turned_error(self, orders, text):
        return PaperProductError(text, self.env["paper.way.out"]._lead_to(orders, self.env._("Orders")))

from odoo import models
from odoo.fields import Domain
from odoo.http import request


class Website(models.Model):
    _inherit = "website"

    # What the page of a paper shows besides the product

    def _paper_shop_products(self):
        """Return the papers that a visitor of this shop may order."""
        self.ensure_one()
        products = self.env["product.product"].search(Domain(self.sale_product_domain()) & Domain("is_paper", "=", True))
        return products.filtered(lambda product: product._is_add_to_cart_allowed())

    def _paper_shop_places(self):
        """Return where the visitor may have paper delivered to."""
        self.ensure_one()
        user = self.env.user
        return self.env["res.partner"] if user._is_public() else self.env["sale.order"]._paper_places_of(user.partner_id)

    def _paper_shop_told(self, params):
        """Return what the configurator is filled with: the paper of a line in the cart, or what stands in the address.

        :param params: parameters of the request
        :return: ``{name: text}``; ``line`` is the id of the line that is changed
        """
        line = self._paper_cart_line(params.get("line"))
        if line:
            return {**line._paper_told(), "line": str(line.id)}
        return {name: value[:600] for name, value in params.items() if isinstance(value, str) and name != "line"}

    def _paper_cart_line(self, line_id):
        """Return the line of the visitor's own cart with this id, an empty one if there is none."""
        cart = request.cart if request else self.env["sale.order"]
        lines = cart.order_line if cart else self.env["sale.order.line"]
        return lines.filtered(lambda line: line.paper_spec_id and str(line.id) == str(line_id or ""))

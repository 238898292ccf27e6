from odoo import models
from odoo.fields import Domain


class SaleOrderLine(models.Model):
    """Where the paper of a line goes by the type of its order: to the customer, into stock, or nowhere (R2)."""

    _inherit = "sale.order.line"

    def _paper_line_productions(self):
        """Return the live manufacturing orders that make the paper of these lines."""
        made = self.env["mrp.production"].sudo()  # sudo: the rule is the same whatever the user may read
        found = made.search(Domain("sale_line_id", "in", self.ids) & Domain("state", "!=", "cancel"))
        return found.filtered(lambda rec: rec.product_id == rec.sale_line_id.product_id)

    def _paper_specs_to_make(self):
        """Return the specifications by which the paper of this line is made. Override where another one is being agreed."""
        self.ensure_one()
        return self.paper_spec_id

    def _paper_way_there(self):
        """Return what is made or taken on the way to the product of this line, through all levels."""
        self.ensure_one()
        lines = self.env["mrp.bom.line"].sudo()  # sudo: the rule is the same whether or not recipes may be read
        found, level = self.env["product.product"], self.product_id.sudo()
        while level:
            belongs = Domain("bom_id.product_tmpl_id", "in", level.product_tmpl_id.ids)
            level = lines.search(belongs).product_id - found
            found |= level
        return found

    def _get_location_final(self):
        if self.order_id._paper_type_rule("destination") == "stock":
            return self.order_id.warehouse_id.lot_stock_id
        return super()._get_location_final()

    def _get_qty_procurement(self, previous_product_uom_qty=False):
        if self.order_id._paper_type_rule("destination") != "stock":
            return super()._get_qty_procurement(previous_product_uom_qty)
        # Nothing leaves for a customer, so what is asked for already is what is being made.
        made = self.env["mrp.production"].sudo().search(  # sudo: sales ask for paper that they may not make
            Domain("sale_line_id", "=", self.id) & Domain("state", "!=", "cancel")
        )
        return sum(rec.product_uom_id._compute_quantity(rec.product_qty, self.product_uom_id, round=False) for rec in made)

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        made = self.filtered(lambda line: line.order_id._paper_type_rule("destination") != "nowhere")
        return super(SaleOrderLine, made)._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)

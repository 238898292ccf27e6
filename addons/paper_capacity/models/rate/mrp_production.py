from odoo import models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    def _paper_making_spec(self):
        """Return the specification that is made, none where this is no paper. Override where an order has its own."""
        self.ensure_one()
        # sudo: a work order takes its time whatever its reader may see of the customer's order
        line = self.sudo().sale_line_id
        return line.paper_spec_id if self.product_id.is_paper else line.paper_spec_id.browse()

    def _paper_unit_kg(self):
        """Return what one unit of the order weighs, kg: by the unit, else by the line it is made for; 0 where nobody knows."""
        self.ensure_one()
        kg = self.product_uom_id._paper_kg(1.0)
        line = self.sudo().sale_line_id  # sudo: as above
        if kg or line.product_id != self.product_id or not line.product_uom_qty:
            return kg
        quantity = line.product_uom_id._compute_quantity(line.product_uom_qty, self.product_uom_id, round=False)
        return line.paper_weight_kg / quantity if quantity else 0.0

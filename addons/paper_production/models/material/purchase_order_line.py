from odoo import api, fields, models

from ...exceptions import PurchaseUnitError


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    paper_material_line_id = fields.Many2one(
        "paper.material.line", string="Planned Material", index="btree_not_null", copy=False, ondelete="set null"
    )

    @api.constrains("product_id", "product_uom_id")
    def _check_paper_unit(self):
        """Refuse a unit that does not convert to that of the material: Odoo would take 1 t as one piece (R5.2.1).

        :raises PurchaseUnitError: naming material and units
        """
        for line in self.filtered(lambda rec: rec.product_id and rec.product_uom_id):
            unit = line.product_id.uom_id
            if not line.product_uom_id._has_common_reference(unit):
                raise PurchaseUnitError(
                    self.env._(
                        "%(material)s is stocked by %(stocked)s and cannot be bought by %(bought)s: one does not convert to the "
                        "other. Choose a unit that does.",
                        material=line.product_id.display_name,
                        stocked=unit.name,
                        bought=line.product_uom_id.name,
                    )
                )

    def _paper_is_late(self, now):
        """Say whether the purchase was to be here already, and is not."""
        self.ensure_one()
        open_ones = self.product_uom_id.compare(self.qty_received, self.product_qty) < 0
        return self.state in ("purchase", "done") and open_ones and bool(self.date_planned) and self.date_planned < now

from odoo import models
from odoo.fields import Domain


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return [*super()._get_custom_move_fields(), "paper_spec_id"]

    def _prepare_mo_vals(
        self, product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values, bom
    ):
        vals = super()._prepare_mo_vals(
            product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values, bom
        )
        if product_id.is_paper:
            vals["paper_spec_id"] = values.get("paper_spec_id", False)
        return vals

    def _make_mo_get_domain(self, procurement, bom):
        # Paper of another specification is another product to make, whatever its article number.
        spec = procurement.values.get("paper_spec_id", False)
        return Domain(super()._make_mo_get_domain(procurement, bom)) & Domain("paper_spec_id", "=", spec)

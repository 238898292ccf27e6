from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_matching_bom(self, product_id, company_id, values):
        """Paper that is cut from base paper is made by the cut that its specification asks for."""
        bom = super()._get_matching_bom(product_id, company_id, values)
        spec = self.env["paper.spec"].browse(values.get("paper_spec_id") or ())
        return bom._paper_cut(spec) if bom and spec and product_id.paper_two_levels and not bom.paper_kind else bom

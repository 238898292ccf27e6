from odoo import models
from odoo.fields import Domain


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _make_mo_get_domain(self, procurement, bom):
        """More of the same goes into the manufacturing order of the same sales line, while its plan is open."""
        line = procurement.values.get("sale_line_id", False)
        return (
            Domain(super()._make_mo_get_domain(procurement, bom))
            & Domain("sale_line_id", "=", line)
            & (Domain("paper_plan_id", "=", False) | Domain("paper_plan_id.state", "=", "draft"))
        )

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Look again at the plans that waited for what has arrived (R5.2.1)."""
        result = super()._action_done()
        arrived = self.filtered(lambda picking: picking.picking_type_code in ("incoming", "internal"))
        if arrived:
            # sudo: whoever receives goods need not read plans
            self.env["paper.production.plan"].sudo()._refresh_materials(arrived.company_id)
        return result

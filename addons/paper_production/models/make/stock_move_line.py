from odoo import api, models


class StockMoveLine(models.Model):
    """Picking a line of a component counts as beginning its order, as picking the component does (R5.1.2)."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("picked").move_id._paper_production()._paper_open()._check_produce()
        return lines

    def write(self, vals):
        if vals.get("picked"):
            self.move_id._paper_production()._paper_open()._check_produce()
        return super().write(vals)

from odoo import models

from ...lib.load_plan import Unit


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _load_unit(self, stop):
        """Return what the line loads as a :class:`Unit`: a reel stands on its end, anything else is a pallet."""
        self.ensure_one()
        lot = self.lot_id
        kg = self.picking_id._in_kg(self.product_uom_id, self.quantity)
        name = lot.name or self.product_id.display_name
        spec = lot.paper_spec_id or self.move_id._paper_spec()
        if spec.format == "reel":
            size = int(lot.paper_diameter or spec.reel_diameter_max) or 1000
            return Unit(name, size, size, int(lot.paper_width or spec.width) or 1000, kg, stop, round=True)
        return Unit(name, int(spec.length) or 1200, int(spec.width) or 1000, 1500, kg, stop)

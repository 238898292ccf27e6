from odoo import api, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.model
    def get_import_templates(self):
        """Offer the file of the mill besides those that there are."""
        own = {"label": self.env._("Rolls of a mill"), "template": "/paper_mill/static/import/rolls.csv"}
        return [*super().get_import_templates(), own]

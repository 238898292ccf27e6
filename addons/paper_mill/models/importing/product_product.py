from odoo import api, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def get_import_templates(self):
        """Offer the file of the mill besides those that there are."""
        own = {"label": self.env._("Paper products of a mill"), "template": "/paper_mill/static/import/products.csv"}
        return [*super().get_import_templates(), own]

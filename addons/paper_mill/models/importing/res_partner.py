from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def get_import_templates(self):
        """Offer the files of the mill besides those that there are."""
        _ = self.env._
        own = [
            {"label": _("Customers of a mill, with credit limits"), "template": "/paper_mill/static/import/customers.csv"},
            {"label": _("Suppliers of a mill"), "template": "/paper_mill/static/import/suppliers.csv"},
        ]
        return [*super().get_import_templates(), *own]

from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def _website_show_quick_add(self):
        # Paper is described on its own page first; no button of a list can order it.
        return not self.is_paper and super()._website_show_quick_add()

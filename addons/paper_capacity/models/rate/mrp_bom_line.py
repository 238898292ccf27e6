from odoo import models


class MrpBomLine(models.Model):
    _inherit = "mrp.bom.line"

    def _paper_share(self, product):
        """Return how often the quantity of the line is taken for what is made; 0 where the line is for other variants.

        Override where more is made than is sold.
        """
        self.ensure_one()
        return 0.0 if self._skip_bom_line(product) else 1.0

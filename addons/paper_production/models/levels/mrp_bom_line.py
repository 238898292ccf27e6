from odoo import models


class MrpBomLine(models.Model):
    _inherit = "mrp.bom.line"

    def _paper_share(self, product):
        """What a recipe of two levels takes for its web it takes for what is cut off, too."""
        share = super()._paper_share(product)
        recipe = self.bom_id
        into_web = share and recipe._is_paper_recipe(product) and self in recipe._paper_lines("run")
        return share * recipe._paper_taken_share() if into_web else share

from odoo import api, models
from odoo.exceptions import AccessError

from .paper_figures_hidden import hides_prices


class PaperPriceHidden(models.AbstractModel):
    """What a department that sees no prices gets of an order: its prices are empty (R4.1.3)."""

    _name = "paper.price.hidden"
    _inherit = ["paper.figures.hidden"]
    _description = "Prices Hidden from Departments"

    @api.model
    def _hidden_refusal(self):
        if not hides_prices(self.env):
            return super()._hidden_refusal()
        return self.env._("Your department works without prices: orders are not found or sorted by them.")

    def copy_data(self, default=None):
        if hides_prices(self.env):
            raise AccessError(self.env._("Your department works without prices: it does not copy orders."))
        return super().copy_data(default)

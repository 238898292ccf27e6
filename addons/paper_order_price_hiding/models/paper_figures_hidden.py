from odoo import api, models
from odoo.addons.paper_base.models.money.paper_figures_hidden import hides

# Who reads prices: the departments that work with them, and the accountants of an Odoo without departments.
PRICE_READERS = (
    "paper_order_price_hiding.group_price_reader",
    "account.group_account_readonly",
    "account.group_account_invoice",
)


def hides_prices(env):
    """Say whether prices are kept from the user: one of a department that works on orders and not with their prices."""
    return hides(env, "price")


class PaperFiguresHidden(models.AbstractModel):
    _inherit = "paper.figures.hidden"

    @api.model
    def _figure_readers(self):
        return {**super()._figure_readers(), "price": PRICE_READERS}

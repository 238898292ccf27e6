from odoo import api, models
from odoo.addons.paper_base.models.department.reading import is_department_reader
from odoo.exceptions import AccessError

# Who reads prices: the readers of contracts, and the accountants of an Odoo without departments.
PRICE_READERS = ("paper_contract.group_contract_reader", "account.group_account_readonly", "account.group_account_invoice")


def hides_prices(env):
    """Say whether prices are kept from the user: one of a department that works on orders and reads no contract."""
    return not env.su and is_department_reader(env) and not any(env.user.has_group(group) for group in PRICE_READERS)


class PaperPriceHidden(models.AbstractModel):
    """What a department that sees no prices gets of an order: its prices are empty (R4.1.3)."""

    _name = "paper.price.hidden"
    _inherit = ["paper.figures.hidden"]
    _description = "Prices Hidden from Departments"

    @api.model
    def _price_fields(self):
        """Return the names of the fields that hold prices, or open a page that shows them. Override to add."""
        return {name for name, field in self._fields.items() if field.type == "monetary"}

    @api.model
    def _hidden_names(self):
        return super()._hidden_names() | (self._price_fields() if hides_prices(self.env) else set())

    @api.model
    def _hidden_refusal(self):
        if not hides_prices(self.env):
            return super()._hidden_refusal()
        return self.env._("Your department works without prices: orders are not found or sorted by them.")

    def copy_data(self, default=None):
        if hides_prices(self.env):
            raise AccessError(self.env._("Your department works without prices: it does not copy orders."))
        return super().copy_data(default)

from odoo import api, models
from odoo.tools.misc import formatLang


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_contract_line(self):
        """Say whether the contract is about this line; sections, notes and down payments are not its subject."""
        self.ensure_one()
        return not self.display_type and not self.is_downpayment and not self.is_expense

    def _contract_product(self):
        """Return the goods as the contract names them: the product, and its specification."""
        spec = self.paper_spec_id._contract_name()
        if not spec:
            return self.product_id.name or self.name
        return f"{self.product_id.name}（{spec}）" if self.env.lang == "zh_CN" else f"{self.product_id.name} ({spec})"

    def _contract_quantity_unit(self):
        """Return the quantity in the customer's own unit, and the unit's name."""
        if self.paper_spec_id and self.paper_quantity:
            return self.paper_quantity, dict(self._paper_units())[self.paper_unit]
        return self.product_uom_qty, self.product_uom_id.name

    def _contract_quantity(self):
        number, unit = self._contract_quantity_unit()
        return f"{self._contract_number(number)} {unit}"

    @api.model
    def _contract_number(self, number):
        """Write a number without a decimal point that says nothing."""
        return formatLang(self.env, number, digits=3).rstrip("0").rstrip(".")

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _evidence(self):
        """An order with a contract that came into force stays evidence, cancelled or not (R4.1.3)."""
        # sudo: the rule is the same whoever may read the contract
        bound = self.sudo().filtered(lambda order: any(contract.in_force_on for contract in order.contract_ids))
        return super()._evidence() | self.browse(bound.ids)

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _paper_specs_to_make(self):
        """What is made follows the supplement that is being applied, a moment before the order itself does."""
        # sudo: the rule is the same whoever may read contracts
        applied = self.env["paper.contract.change"].sudo().search(
            [
                ("order_line_id", "=", self.id),
                ("contract_id.state", "=", "in_force"),
                ("contract_id.applied_on", "=", False),
            ]
        )
        return super()._paper_specs_to_make() | applied.new_spec_id

from odoo import models


class ChangeProductionQty(models.TransientModel):
    """What a plan agreed on is the quantity of an order; what it takes and how long it lasts follow from it."""

    _inherit = "change.production.qty"

    def change_prod_qty(self):
        for wizard in self:
            wizard.mo_id._check_agreed_write({"product_qty": wizard.product_qty})
        return super(ChangeProductionQty, self.mo_id._held()._as_released(self)).change_prod_qty()

from odoo import api, fields, models

from .sale_order import MARGIN_READERS


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    margin = fields.Float(groups=MARGIN_READERS)
    margin_percent = fields.Float(groups=MARGIN_READERS)
    purchase_price = fields.Float(groups=MARGIN_READERS)

    @api.model
    def _fixed_fields(self):
        # The margin that the panel judged is told by the costs of then.
        return [*super()._fixed_fields(), "purchase_price"]

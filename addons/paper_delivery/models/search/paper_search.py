from odoo import api, models
from odoo.addons.paper_base.lib.search import Sought


class PaperSearch(models.AbstractModel):
    _inherit = "paper.search"

    @api.model
    def _paper_sought(self):
        _ = self.env._
        return [
            *super()._paper_sought(),
            Sought(
                code="delivery",
                name=_("Delivery Notes"),
                model="stock.picking",
                domain=[("picking_type_code", "=", "outgoing")],
                order="sale_id",
                stage="state",
            ),
            Sought(
                code="notice",
                name=_("Dispatch Notices"),
                model="paper.dispatch.notice",
                marks=("licence_plate", "driver_phone"),
                order="order_id",
                stage="state",
                sequence="paper.dispatch.notice",
            ),
        ]

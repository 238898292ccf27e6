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
                code="arrival",
                name=_("Arrivals"),
                model="paper.intake.message",
                numbers=("number",),
                # What became an order is found as the order.
                domain=[("order_id", "=", False)],
                partner="partner_id",
                stage="state",
            ),
        ]

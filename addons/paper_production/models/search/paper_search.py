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
                code="production",
                name=_("Manufacturing Orders"),
                model="mrp.production",
                order="sale_line_id.order_id",
                stage="state",
            ),
        ]

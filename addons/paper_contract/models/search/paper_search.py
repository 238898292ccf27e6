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
                code="contract",
                name=_("Contracts"),
                model="paper.contract",
                order="order_id",
                partner="partner_id",
                stage="state",
                link=r"/my/contracts/(\d+)",
                sequence="paper.contract",
            ),
        ]

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
                code="roll",
                name=_("Rolls and Pallets"),
                model="stock.lot",
                partner="paper_spec_id.partner_id",
                spec="paper_spec_id",
                stage="inspection_state",
            ),
        ]

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
                code="ticket",
                name=_("Customers' Feedback"),
                model="helpdesk.ticket",
                numbers=("number",),
                texts=("name",),
                order="sale_order_id",
                partner="commercial_partner_id",
                link=r"/my/ticket/(\d+)",
                sequence="helpdesk.ticket.sequence",
            ),
        ]

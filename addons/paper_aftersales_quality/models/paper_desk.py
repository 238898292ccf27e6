from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        return [
            *super()._paper_tasks(),
            Task(
                code="contain",
                name=self.env._("Hold sister rolls"),
                departments=("quality",),
                model="helpdesk.ticket",
                domain=[
                    ("severity", "=", "serious"),
                    ("stage_id.closed", "=", False),
                    ("contained_on", "=", False),
                    "|",
                    ("lot_id", "!=", False),
                    ("claim_roll_ids", "!=", False),
                ],
                action="paper_aftersales.action_paper_tickets",
                filters=("serious", "open"),
                title=("number", "name"),
                order="sale_order_id",
                deadline="contain_until",
                since="escalated_on",
            ),
        ]

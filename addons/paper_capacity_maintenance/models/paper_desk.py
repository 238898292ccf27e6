from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        return [
            *super()._paper_tasks(),
            Task(
                code="maintenance",
                name=self.env._("Maintain a machine"),
                departments=("equipment",),
                model="maintenance.request",
                domain=[("stage_id.done", "=", False), ("archive", "=", False)],
                action="maintenance.hr_equipment_request_action",
                filters=("active",),
                title=("name",),
                order="",
                deadline="schedule_date",
                user="user_id",
            ),
        ]

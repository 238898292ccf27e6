from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        inspection = {
            "departments": ("quality",),
            "model": "qc.inspection",
            "action": "paper_quality.action_paper_inspections",
            "order": "production_id.sale_line_id.order_id" if "sale_line_id" in self.env["mrp.production"]._fields else "",
            "title": ("name",),
            "deadline": "date",
            "spec": "paper_spec_id",
        }
        return [
            *super()._paper_tasks(),
            Task(
                code="to_inspect",
                name=_("Inspect"),
                domain=[("state", "in", ("plan", "draft", "ready"))],
                filters=("to_inspect",),
                user="user",
                **inspection,
            ),
            Task(
                code="inspection_to_approve",
                name=_("Approve an inspection"),
                domain=[("state", "=", "waiting")],
                filters=("to_approve",),
                **inspection,
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"inspected"}

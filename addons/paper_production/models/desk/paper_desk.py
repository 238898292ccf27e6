from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        return [
            *super()._paper_tasks(),
            Task(
                code="plan_to_submit",
                name=_("Finish a production plan"),
                departments=("planning",),
                model="paper.production.plan",
                domain=[("state", "=", "draft")],
                action="paper_production.action_paper_production_plan",
                filters=("open",),
                order="",
                deadline="date_from",
                user="user_id",
            ),
            Task(
                code="plan_to_approve",
                name=_("Approve a production plan"),
                departments=("supervisor",),
                model="paper.production.plan",
                domain=[("state", "=", "submitted")],
                action="paper_production.action_paper_production_plan_to_approve",
                filters=("to_approve",),
                order="",
                deadline="date_from",
                since="submitted_on",
            ),
            Task(
                code="to_produce",
                name=_("Produce"),
                departments=("workshop",),
                model="mrp.production",
                domain=[
                    ("product_id.is_paper", "=", True),
                    ("state", "in", ("confirmed", "progress", "to_close")),
                    ("paper_plan_id.state", "=", "approved"),
                ],
                action="paper_production.action_paper_productions",
                filters=("todo",),
                order="sale_line_id.order_id",
                deadline="date_deadline",
                since="date_start",
                spec="paper_spec_id",
                step="produce",
                button="action_paper_start",
                label=_("Start"),
                can="paper_can_start",
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"produced"}

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
                code="to_submit",
                name=_("Submit for evaluation"),
                departments=("sales",),
                model="sale.order",
                domain=[("paper_stage", "=", "evaluated"), ("paper_evaluation_ids", "not any", [("state", "=", "open")])],
                action="paper_base.action_paper_orders",
                title=("name",),
                order="id",
                deadline="paper_stage_deadline",
                since="paper_stage_since",
                user="paper_stage_user_id",
                step="evaluate",
            ),
            Task(
                code="opinion",
                name=_("Give an opinion"),
                departments=("sales", "planning", "purchasing", "technical", "finance"),
                model="paper.evaluation.opinion",
                domain=[("state", "=", "pending"), ("evaluation_id.state", "=", "open")],
                own=[("waiting_for_me", "=", True)],
                action="paper_order_evaluation.action_paper_evaluation_opinion",
                filters=("waiting_for_me",),
                title=("dimension_id.name",),
                order="evaluation_id.order_id",
                deadline="deadline_date",
                button="action_agree_proposal",
                label=_("Agree"),
                can=[("proposal", "=", "yes"), ("verdict", "in", (False, "yes"))],
            ),
            Task(
                code="panel_to_close",
                name=_("Close the panel"),
                departments=("sales",),
                model="paper.evaluation",
                domain=[
                    ("state", "=", "open"),
                    ("opinion_ids", "!=", False),
                    ("opinion_ids", "not any", [("state", "=", "pending")]),
                ],
                action="paper_order_evaluation.action_paper_evaluation",
                title=("order_id.name",),
                deadline="deadline_date",
            ),
            Task(
                code="price_round",
                name=_("Agree on price or costs"),
                departments=("sales", "finance"),
                model="paper.evaluation.price.round",
                domain=[("state", "=", "open")],
                action="paper_order_evaluation.action_paper_evaluation_price_round",
                filters=("open",),
                title=("order_id.name",),
                deadline="order_id.paper_stage_deadline",
                since="opened_on",
            ),
            Task(
                code="development",
                name=_("Reach a milestone of development"),
                departments=("technical",),
                model="paper.development.milestone",
                domain=[("done", "=", False), ("plan_id.state", "=", "running")],
                action="paper_order_evaluation.action_paper_development_plan",
                title=("name",),
                order="",
                deadline="date",
                user="user_id",
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"evaluated"}

from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        return [
            *super()._paper_tasks(),
            # Until sales has asked, there is no review that the credit department could find on its desk.
            Task(
                code="credit_to_request",
                name=_("Ask for a credit decision"),
                departments=("sales",),
                model="sale.order",
                domain=[
                    ("paper_stage", "=", "credit"),
                    ("partner_id.commercial_partner_id.paper_credit_review_ids", "not any", [("state", "=", "draft")]),
                ],
                action="paper_base.action_paper_orders",
                title=("name",),
                order="id",
                deadline="paper_stage_deadline",
                since="paper_stage_since",
                user="user_id",
                button="action_request_credit",
                label=_("Request Credit"),
                can="can_request_credit",
            ),
            Task(
                code="credit_review",
                name=_("Decide on credit"),
                departments=("credit",),
                model="paper.credit.review",
                domain=[("state", "=", "draft")],
                action="paper_order_credit.action_paper_credit_review",
                filters=("draft",),
                title=("partner_id.name",),
                deadline="order_id.paper_stage_deadline",
            ),
            Task(
                code="suspension",
                name=_("Follow a suspension of performance"),
                departments=("legal",),
                model="paper.performance.suspension",
                domain=[("state", "in", ("draft", "noticed"))],
                action="paper_order_credit.action_paper_performance_suspension",
                filters=("open",),
                title=("order_id.name",),
                deadline="security_deadline",
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"credit"}

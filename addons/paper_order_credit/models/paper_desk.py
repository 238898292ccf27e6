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
                code="credit_review",
                name=_("Decide on credit"),
                departments=("credit",),
                model="paper.credit.review",
                domain=[("state", "=", "draft")],
                action="paper_order_credit.action_paper_credit_review",
                filters=("draft",),
                title=("partner_id.name",),
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

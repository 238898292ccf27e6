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
                code="legal_review",
                name=_("Review a contract"),
                departments=("legal",),
                model="paper.contract.review",
                domain=[("result", "=", "open"), ("turn", "=", "legal")],
                action="paper_contract.action_contract_review",
                filters=("turn_legal",),
                title=("contract_id.name",),
                order="contract_id.order_id",
                deadline="deadline_date",
            ),
            Task(
                code="review_of_sales",
                name=_("Answer legal"),
                departments=("sales",),
                model="paper.contract.review",
                domain=[("result", "=", "open"), ("turn", "=", "sales")],
                action="paper_contract.action_contract_review",
                title=("contract_id.name",),
                order="contract_id.order_id",
                deadline="deadline_date",
                user="submitted_by_id",
            ),
            Task(
                code="draft",
                name=_("Finish a draft"),
                departments=("sales",),
                model="paper.contract",
                domain=[("state", "=", "draft")],
                action="paper_contract.action_contract",
                filters=("open",),
                title=("name",),
                deadline="order_id.paper_stage_deadline",
            ),
            Task(
                code="to_send",
                name=_("Send a contract"),
                departments=("sales",),
                model="paper.contract",
                domain=[("state", "=", "reviewed")],
                action="paper_contract.action_contract",
                filters=("open",),
                title=("name",),
                deadline="order_id.paper_stage_deadline",
            ),
            Task(
                code="to_sign",
                name=_("Sign for the mill"),
                departments=("management",),
                model="paper.contract",
                domain=[("state", "=", "sent"), ("customer_signed_on", "!=", False), ("company_signed_on", "=", False)],
                action="paper_contract.action_contract_to_sign",
                title=("name",),
                deadline="order_id.paper_stage_deadline",
                since="customer_signed_on",
            ),
            Task(
                code="contract_question",
                name=_("Answer a customer"),
                departments=("sales",),
                model="paper.contract.question",
                domain=[("state", "=", "open")],
                action="paper_contract.action_contract_question",
                filters=("open",),
                title=("contract_id.name",),
                order="contract_id.order_id",
                deadline="contract_id.order_id.paper_stage_deadline",
                since="asked_on",
            ),
            Task(
                code="copy",
                name=_("Confirm a contract as read"),
                departments=(),
                model="paper.contract.copy",
                domain=[("state", "=", "unread")],
                own=[("department_id", "in", list(self.env.user._get_group_ids()))],
                action="paper_contract.action_contract_copy",
                filters=("unread",),
                title=("contract_id.name", "department_id.name"),
                order="contract_id.order_id",
                deadline="deadline_date",
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"legal", "signed"}

from datetime import timedelta

from odoo import api, models
from odoo.addons.paper_base.lib.desk import Figure, Task
from odoo.fields import Domain

DAYS = 7


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        notice = {
            "model": "paper.dispatch.notice",
            "action": "paper_delivery.action_paper_dispatch_notices",
            "weight": "weight_kg",
            "title": ("name",),
        }
        delivery = {
            "model": "stock.picking",
            "action": "paper_delivery.action_paper_deliveries",
            "title": ("name",),
            "order": "sale_id",
            "deadline": "scheduled_date",
        }
        own = [("sale_id.is_paper_order", "=", True), ("picking_type_code", "=", "outgoing")]
        return [
            *super()._paper_tasks(),
            Task(
                code="notice_to_issue",
                name=_("Issue a dispatch notice"),
                departments=("sales",),
                domain=[("state", "=", "draft")],
                filters=("to_issue",),
                deadline="deadline_date",
                button="action_issue",
                label=_("Issue"),
                can="can_issue",
                **notice,
            ),
            Task(
                code="notice_to_plan",
                name=_("Plan a dispatch"),
                departments=("logistics",),
                domain=[("state", "=", "issued")],
                filters=("to_plan",),
                deadline="deadline_date",
                since="issued_on",
                **notice,
            ),
            Task(
                code="to_load",
                name=_("Load and check"),
                departments=("warehouse",),
                domain=[*own, ("state", "=", "assigned"), ("paper_notice_id.state", "=", "planned")],
                filters=("to_dispatch",),
                step="dispatch",
                **delivery,
            ),
            Task(
                code="to_prove",
                name=_("Bring the proof of delivery"),
                departments=("logistics",),
                domain=[*own, ("state", "=", "done"), ("paper_proof_on", "=", False)],
                filters=("to_prove",),
                since="date_done",
                **delivery,
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"dispatched", "delivered"}

    @api.model
    def _paper_figures(self):
        notices, company = self.env["paper.dispatch.notice"], self.env.company
        figures = super()._paper_figures()
        if not notices.has_access("read"):
            return figures
        today = company._paper_today()
        week = Domain("planned_date", ">", today - timedelta(days=DAYS)) & Domain("planned_date", "<=", today)
        sent = Domain("state", "=", "done") & week
        bars = [
            (company._paper_date(day), round(weight / 1000, 1), 0, sent & Domain("planned_date", "=", day))
            for (day, weight) in notices._read_group(sent, ["planned_date:day"], ["weight_kg:sum"], order="planned_date:day")
        ]
        if not bars:
            return figures
        tonnes = round(sum(value for _day, value, _late, _domain in bars), 1)
        name = self.env._("Shipped in %(days)s days", days=DAYS)
        action = "paper_delivery.action_paper_dispatch_notices"
        return [*figures, Figure("shipped", name, tonnes, notices._name, sent, unit=self.env._("t"), bars=bars, action=action)]

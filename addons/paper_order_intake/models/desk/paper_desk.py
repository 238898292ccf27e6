from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        arrival = {"model": "paper.intake.message", "title": ("number",), "order": "order_id", "user": "handler_id"}
        arrival["deadline"] = "handover_deadline"
        return [
            *super()._paper_tasks(),
            Task(
                code="arrival",
                name=_("Turn an arrival into an order"),
                departments=("sales",),
                domain=[("state", "in", ("received", "question", "rejected")), ("to_hand_over", "=", False)],
                action="paper_order_intake.action_paper_intake_message",
                filters=("waiting",),
                **arrival,
            ),
            Task(
                code="to_hand_over",
                name=_("Hand over an online order"),
                departments=("online",),
                domain=[("to_hand_over", "=", True)],
                action="paper_order_intake.action_paper_online_arrivals",
                filters=("to_hand_over",),
                button="action_hand_over",
                label=_("Hand Over"),
                **arrival,
            ),
            Task(
                code="suspicion",
                name=_("Decide on a suspected duplicate"),
                departments=("sales",),
                model="paper.intake.suspicion",
                domain=[("state", "=", "open")],
                action="paper_order_intake.action_paper_intake_suspicion",
                filters=("open",),
                title=("message_id.number",),
                order="other_order_id",
                deadline="other_order_id.paper_stage_deadline",
            ),
        ]

from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        tasks = super()._paper_tasks()
        rhythm = self.env["paper.customer.rhythm"]
        if not rhythm.has_access("read"):
            return tasks
        return [
            *tasks,
            Task(
                code="customer_quiet",
                name=self.env._("Ask a customer whose order is overdue"),
                departments=("sales",),
                model=rhythm._name,
                domain=rhythm._overdue_domain(),
                action="paper_order_stats.action_paper_customer_rhythm",
                filters=("overdue",),
                title=("partner_id.name",),
                order="",
                deadline="late_on",
                since="",
                user="user_id",
            ),
        ]

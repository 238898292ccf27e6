from odoo import api, models
from odoo.addons.paper_base.lib.desk import Figure, Task
from odoo.fields import Domain


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        return [
            *super()._paper_tasks(),
            Task(
                code="ticket",
                name=_("Answer feedback"),
                departments=("sales", "quality"),
                model="helpdesk.ticket",
                domain=[("closed", "=", False)],
                action="paper_aftersales.action_paper_tickets",
                filters=("open",),
                title=("number", "name"),
                order="sale_order_id",
                deadline="deadline_date",
                user="user_id",
            ),
            Task(
                code="ticket_question",
                name=_("Answer about a complaint"),
                departments=(),
                model="paper.ticket.question",
                domain=[("answered_on", "=", False), ("ticket_id.closed", "=", False)],
                own=[("is_mine", "=", True)],
                action="paper_aftersales.action_paper_ticket_questions",
                filters=("waiting",),
                title=("ticket_id.number", "group_id.name"),
                order="ticket_id.sale_order_id",
                deadline="deadline_date",
                since="asked_on",
            ),
            Task(
                code="visit",
                name=_("Visit a customer"),
                departments=("quality",),
                model="paper.quality.visit",
                domain=[("state", "=", "planned")],
                action="paper_aftersales.action_paper_quality_visits",
                filters=("planned",),
                title=("name",),
                deadline="deadline_date",
                user="visitor_id",
            ),
            Task(
                code="finding",
                name=_("See to what a visit found"),
                departments=(),
                model="paper.visit.finding",
                domain=[("state", "=", "open"), ("group_id", "!=", False)],
                own=[("is_mine", "=", True)],
                action="paper_aftersales.action_paper_visit_findings",
                filters=("mine", "open"),
                title=("visit_id.name", "name"),
                order="visit_id.order_id",
                deadline="deadline_date",
            ),
            Task(
                code="finding_told",
                name=_("Tell the customer what was done"),
                departments=("quality",),
                model="paper.visit.finding",
                domain=[("state", "=", "done")],
                action="paper_aftersales.action_paper_visit_findings",
                filters=("to_tell",),
                title=("visit_id.name", "name"),
                order="visit_id.order_id",
                deadline="deadline_date",
            ),
            Task(
                code="improvement",
                name=_("Carry out an improvement"),
                departments=(),
                model="paper.aftersales.action",
                domain=[("state", "=", "open")],
                own=[("user_id", "=", self.env.uid)],
                action="paper_aftersales.action_paper_aftersales_actions",
                filters=("mine", "open"),
                title=("name",),
                order="",
                deadline="deadline_date",
                user="user_id",
            ),
            Task(
                code="summary",
                name=_("Write the summary"),
                departments=("quality",),
                model="paper.aftersales.summary",
                domain=[("state", "=", "draft")],
                action="paper_aftersales.action_paper_summaries",
                order="",
                deadline="deadline_date",
                user="author_id",
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"visited", "settled"}

    @api.model
    def _paper_figures(self):
        tickets = self.env["helpdesk.ticket"]
        figures = super()._paper_figures()
        if not tickets.has_access("read"):
            return figures
        waiting = Domain("closed", "=", False) & Domain("sale_order_id", "!=", False)
        late = Domain("deadline_date", "<", self.env.company._paper_today())
        names = tickets._fields["severity"]._description_selection(self.env)
        bars = self._bars(tickets, waiting, late, "severity", names)
        count = sum(bar[1] for bar in bars)
        tone = "bad" if any(bar[2] for bar in bars) else "" if count else "good"
        name, action = self.env._("Open feedback"), "paper_aftersales.action_paper_tickets"
        return [*figures, Figure("feedback", name, count, tickets._name, waiting, tone=tone, bars=bars, action=action)]

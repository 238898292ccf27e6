from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self:
            milestones[order] += [order._paper_visit_milestone(), order._paper_settled_milestone()]
        return milestones

    def _paper_visit_milestone(self):
        visits = self.paper_visit_ids.filtered(lambda visit: visit.state != "cancelled").sorted("planned_date")
        waiting = visits.filtered(lambda visit: visit.state == "planned")[:1]
        done = bool(visits) and not waiting
        return self._paper_milestone(
            "visited",
            self.env._("Quality visit"),
            self._paper_clock_milestone_state(waiting, done),
            date=max(visits.mapped("visited_on")) if done else None,
            deadline=waiting.deadline_date,
            owner=(waiting or visits[-1:]).visitor_id.name or self.env._("Quality Department"),
            clause="R7.2.1",
        )

    def _paper_settled_milestone(self):
        tickets = self.paper_ticket_ids
        waiting = tickets.filtered(lambda ticket: not ticket.closed).sorted(
            lambda ticket: (ticket.deadline_state != "late", ticket.id)
        )[:1]
        visited = any(visit.state == "done" for visit in self.paper_visit_ids)
        if waiting:
            state = "late" if waiting.deadline_state == "late" else "current"
        elif tickets:
            state = "done"
        else:
            state = "skipped" if visited else "todo"
        closed = [ticket.closed_date for ticket in tickets if ticket.closed_date]
        return self._paper_milestone(
            "settled",
            self.env._("Feedback settled"),
            state,
            date=max(closed) if state == "done" and closed else None,
            deadline=waiting.deadline_date,
            owner=waiting.user_id.name or self.user_id.name,
            clause="R7.1.2",
        )

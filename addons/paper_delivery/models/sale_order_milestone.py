from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        # sudo: each department sees what keeps the goods back, not the deliveries themselves
        if self.state == "sale" and self.sudo()._paper_deliveries():
            steps = [*steps, "dispatch"]
        return steps

    def _get_milestones(self):
        milestones = super()._get_milestones()
        self._read_deliveries_ahead()
        for order in self:
            milestones[order] += order._paper_delivery_milestones()
        return milestones

    def _paper_delivery_milestones(self):
        self.ensure_one()
        waiting, left = self._paper_deliveries(), self._paper_deliveries(("done",))
        notices = self.paper_notice_ids.filtered(lambda notice: notice.state != "cancelled")
        return [
            self._paper_notified_milestone(waiting, left, notices),
            self._paper_dispatched_milestone(waiting, left, notices),
            self._paper_delivered_milestone(waiting, left),
        ]

    def _paper_notified_milestone(self, waiting, left, notices):
        draft = notices.filtered(lambda notice: notice.state == "draft")[:1]
        given = notices.filtered("issued_on")
        done = bool(waiting | left) and not draft and not waiting.filtered(lambda picking: not picking.paper_notice_id)
        deadline = draft.deadline_date or (self._paper_notice_deadline(waiting) if waiting and not done else False)
        state = self._paper_clock_milestone_state(draft, done)
        if state == "todo" and deadline and deadline < self.company_id._paper_today():
            state = "late"
        return self._paper_milestone(
            "notified",
            self.env._("Dispatch notice"),
            state,
            date=max(given.mapped("issued_on")) if done and given else None,
            deadline=deadline,
            owner=self.user_id.name,
            clause="R6.2.1",
        )

    def _paper_notice_deadline(self, waiting):
        """Return the day by which the next notice is due, from the date of the lines that wait for it; False without one."""
        unannounced = waiting.filtered(lambda picking: not picking.paper_notice_id)
        days = [*filter(None, (picking._paper_delivery_day() for picking in unannounced))]
        if not days:
            return False
        company = self.company_id
        return company._paper_add_working_days(min(days), -company.paper_dispatch_notice_days)

    def _paper_dispatched_milestone(self, waiting, left, notices):
        notice = notices.filtered(lambda rec: rec.state in ("issued", "planned"))[:1]
        done = bool(left) and not waiting
        return self._paper_milestone(
            "dispatched",
            self.env._("Dispatched"),
            self._paper_clock_milestone_state(notice, done),
            date=max(left.mapped("date_done")) if done else None,
            deadline=notice.deadline_date,
            owner=notice.planned_by_id.name or self.env._("Logistics Department"),
            clause="R6.2.2",
        )

    def _paper_delivered_milestone(self, waiting, left):
        proven = left.filtered("paper_proof_on")
        done = bool(left) and not waiting and proven == left
        refused = proven.filtered(lambda picking: not picking.paper_accepted)
        state = "failed" if refused else "done" if done else "current" if left else "todo"
        return self._paper_milestone(
            "delivered",
            self.env._("Delivered and signed for"),
            state,
            date=max(proven.mapped("paper_received_on")) if done and proven else None,
            owner=self.env._("Logistics Department"),
            clause="R6.3.1",
        )

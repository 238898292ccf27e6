from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        # sudo: each department sees what keeps the goods back, not the deliveries themselves
        if self.state == "sale" and self.sudo()._paper_deliveries():
            steps = [*steps, "dispatch"]
        return steps

    @api.model
    def _paper_tracked_stages(self):
        return super()._paper_tracked_stages() | {"dispatched", "delivered"}

    def _get_milestones(self):
        milestones = super()._get_milestones()
        self._read_deliveries_ahead()
        for order in self:
            milestones[order] += order._paper_delivery_milestones()
        return milestones

    def _paper_delivery_milestones(self):
        self.ensure_one()
        waiting, left = self._paper_deliveries(), self._paper_deliveries(("done",))
        given_up = self._paper_deliveries(("cancel",))
        notices = self.paper_notice_ids.filtered(lambda notice: notice.state != "cancelled")
        return [
            self._paper_notified_milestone(waiting, left, given_up, notices),
            self._paper_dispatched_milestone(waiting, left, given_up, notices),
            self._paper_delivered_milestone(waiting, left, given_up),
        ]

    def _paper_delivery_progress(self, waiting, through, given_up, signed=False):
        """Return the :class:`Progress` of each line through a stage of its deliveries.

        :param waiting: deliveries that are still to go through
        :param through: deliveries that went through
        :param given_up: deliveries of which nothing goes through any more
        :param signed: what the customers signed for counts, not what was shipped
        """
        lines = self.order_line._paper_wanted()
        kg, opened, begun = dict.fromkeys(lines, 0.0), set(), set()
        for picking in (*waiting, *through, *given_up):
            for move in picking.move_ids:
                line = move.sale_line_id
                begun.add(line)
                if move.state == "cancel" or line not in kg:
                    continue
                if picking in waiting:
                    opened.add(line)
                elif picking in through:
                    moved = move.quantity if move.state == "done" else move.product_uom_qty
                    kg[line] += line._paper_line_kg(moved, move.product_uom)
            if signed and picking in through:
                for receipt in picking.paper_receipt_ids.filtered(lambda rec: rec.order_line_id in kg):
                    kg[receipt.order_line_id] += receipt.difference_kg
        return [line._paper_progress(kg[line], line in opened, line in begun) for line in lines]

    def _paper_notified_milestone(self, waiting, left, given_up, notices):
        draft = notices.filtered(lambda notice: notice.state == "draft")[:1]
        given = notices.filtered("issued_on")
        unannounced = waiting.filtered(lambda picking: picking.paper_notice_id.state not in ("issued", "planned", "done"))
        deadline = draft.deadline_date or self._paper_notice_deadline(unannounced)
        state = self._paper_clock_milestone_state(draft, False)
        if state == "todo" and deadline and deadline < self.company_id._paper_today():
            state = "late"
        return self._paper_progress_milestone(
            "notified",
            self.env._("Dispatch notice"),
            self._paper_delivery_progress(unannounced, (waiting - unannounced) | left, given_up),
            date=max(given.mapped("issued_on"), default=None),
            deadline=deadline,
            user=self.user_id,
            department="sales",
            clause="R6.2.1",
            state=state,
        )

    def _paper_notice_deadline(self, waiting):
        """Return the day by which the next notice is due, from the date of the lines that wait for it; False without one."""
        days = [*filter(None, (picking._paper_delivery_day() for picking in waiting if not picking.paper_notice_id))]
        if not days:
            return False
        company = self.company_id
        return company._paper_add_working_days(min(days), -company.paper_dispatch_notice_days)

    def _paper_dispatched_milestone(self, waiting, left, given_up, notices):
        notice = notices.filtered(lambda rec: rec.state in ("issued", "planned"))[:1]
        return self._paper_progress_milestone(
            "dispatched",
            self.env._("Dispatched"),
            self._paper_delivery_progress(waiting, left, given_up),
            date=max(left.mapped("date_done"), default=None),
            deadline=notice.deadline_date,
            user=notice.planned_by_id,
            department="logistics",
            clause="R6.2.2",
            state=self._paper_clock_milestone_state(notice, False),
        )

    def _paper_delivered_milestone(self, waiting, left, given_up):
        proven = left.filtered("paper_proof_on")
        accepted = proven.filtered("paper_accepted")
        under_way = waiting | (left - proven)
        progress = self._paper_delivery_progress(under_way, accepted, given_up | (proven - accepted), signed=True)
        refused = proven - accepted and not all(line.is_enough for line in progress)
        return self._paper_progress_milestone(
            "delivered",
            self.env._("Delivered and signed for"),
            progress,
            date=max(proven.mapped("paper_received_on"), default=None),
            department="logistics",
            clause="R6.3.1",
            state="failed" if refused else "current" if left else None,
        )

from odoo import api, fields, models
from odoo.addons.paper_base.lib.portal import PortalAction, PortalDocument


class SaleOrder(models.Model):
    """What follows on delivery: visits, feedback, and what a customer thinks of a sample (R7.1, R7.2)."""

    _inherit = "sale.order"

    paper_visit_ids = fields.One2many(
        "paper.quality.visit", "order_id", string="Quality Visits", readonly=True, groups="base.group_user"
    )
    paper_joined_visit_ids = fields.Many2many(
        "paper.quality.visit",
        "paper_quality_visit_sale_order_rel",
        "sale_order_id",
        "paper_quality_visit_id",
        string="Visits of Several Orders",
        copy=False,
        by_steps=True,
        groups="base.group_user",
    )
    paper_ticket_ids = fields.One2many(
        "helpdesk.ticket", "sale_order_id", string="Tickets", readonly=True, groups="base.group_user"
    )
    paper_visit_count = fields.Integer(compute="_compute_paper_visit_count", compute_sudo=True, groups="base.group_user")
    paper_ticket_count = fields.Integer(compute="_compute_paper_ticket_count", compute_sudo=True, groups="base.group_user")

    @api.depends("paper_visit_ids", "paper_joined_visit_ids")
    def _compute_paper_visit_count(self):
        for order in self:
            order.paper_visit_count = len(order.paper_visit_ids | order.paper_joined_visit_ids)

    @api.depends("paper_ticket_ids")
    def _compute_paper_ticket_count(self):
        for order in self:
            order.paper_ticket_count = len(order.paper_ticket_ids)

    # What the customer opens, and does, in the portal

    def _may_complain(self, user):
        self.ensure_one()
        return user._paper_is_of(self.partner_id) and user._paper_may("complaints")

    def _paper_portal_documents(self, user, access_token=None):
        documents = super()._paper_portal_documents(user, access_token)
        # sudo: the tickets of an order are its customer's; who reads is asked
        tickets = self.sudo().paper_ticket_ids if self._may_complain(user) else self.env["helpdesk.ticket"]
        mine = tickets.filtered(lambda ticket: ticket.commercial_partner_id == self.partner_id.commercial_partner_id)
        return documents + [
            PortalDocument(
                "ticket", f"{ticket.number} {ticket.name}", f"/my/ticket/{ticket.id}", ticket.stage_id.name or "", "fa-life-ring"
            )
            for ticket in mine.sorted("id")
        ]

    def _paper_portal_actions(self, user, access_token=None):
        actions = super()._paper_portal_actions(user, access_token)
        if self.state == "sale" and self._may_complain(user):
            name = self.env._("Report a Problem")
            actions.append(PortalAction("complain", name, f"/new/ticket?order_id={self.id}", "fa-life-ring"))
        return actions

    def action_view_paper_visits(self):
        """Open the quality visits of the order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quality Visits"),
            "res_model": "paper.quality.visit",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": ["|", ("order_id", "=", self.id), ("order_ids", "in", self.ids)],
            "context": {"default_order_id": self.id, "default_company_id": self.company_id.id},
        }

    def action_view_paper_tickets(self):
        """Open the customer's feedback on the order, ready to write down more (R7.1.1)."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Customer Feedback"),
            "res_model": "helpdesk.ticket",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("sale_order_id", "=", self.id)],
            "context": {
                "default_sale_order_id": self.id,
                "default_partner_id": self.partner_id.id,
                "default_company_id": self.company_id.id,
            },
        }

    # Milestones

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self:
            milestones[order] += [order._paper_visit_milestone(), order._paper_settled_milestone()]
        return milestones

    def _paper_visit_milestone(self):
        visits = (
            (self.paper_visit_ids | self.paper_joined_visit_ids)
            .filtered(lambda visit: visit.state != "cancelled")
            .sorted("planned_date")
        )
        waiting = visits.filtered(lambda visit: visit.state == "planned")[:1]
        done = bool(visits) and not waiting
        return self._paper_milestone(
            "visited",
            self.env._("Quality visit"),
            self._paper_clock_milestone_state(waiting, done),
            date=max(visits.mapped("visited_on")) if done else None,
            deadline=waiting.deadline_date,
            user=(waiting or visits[-1:]).visitor_id,
            department="quality",
            clause="R7.2.1",
        )

    def _paper_settled_milestone(self):
        tickets = self.paper_ticket_ids
        waiting = tickets.filtered(lambda ticket: not ticket.closed).sorted(
            lambda ticket: (ticket.deadline_state != "late", ticket.id)
        )[:1]
        visited = any(visit.state in ("done", "closed") for visit in self.paper_visit_ids | self.paper_joined_visit_ids)
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
            user=waiting.user_id or self.user_id,
            department="sales",
            clause="R7.1.2",
        )

    # A sample: sales ask once the customer has it (R2, R6.3.2)

    def _ask_verdict(self):
        """Let sales ask what the customers think of what was sent to them."""
        for company, orders in self.filtered(lambda order: order._paper_type_rule("verdict")).grouped("company_id").items():
            company._paper_tell(
                lambda order: order.user_id or "paper_base.group_sales",
                orders,
                lambda order: order.env._("Ask %(customer)s what became of the sample", customer=order.partner_id.name),
                kind="verdict",
            )

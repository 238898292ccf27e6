from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_visit_ids = fields.One2many(
        "paper.quality.visit", "order_id", string="Quality Visits", readonly=True, groups="base.group_user"
    )
    paper_ticket_ids = fields.One2many(
        "helpdesk.ticket", "sale_order_id", string="Tickets", readonly=True, groups="base.group_user"
    )
    paper_visit_count = fields.Integer(compute="_compute_paper_visit_count", compute_sudo=True, groups="base.group_user")
    paper_ticket_count = fields.Integer(compute="_compute_paper_ticket_count", compute_sudo=True, groups="base.group_user")

    @api.depends("paper_visit_ids")
    def _compute_paper_visit_count(self):
        for order in self:
            order.paper_visit_count = len(order.paper_visit_ids)

    @api.depends("paper_ticket_ids")
    def _compute_paper_ticket_count(self):
        for order in self:
            order.paper_ticket_count = len(order.paper_ticket_ids)

    def action_view_paper_visits(self):
        """Open the quality visits of the order."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Quality Visits"),
            "res_model": "paper.quality.visit",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("order_id", "=", self.id)],
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

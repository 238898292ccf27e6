from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_last_use = fields.Text(
        string="Last Said of the Paper", compute="_compute_paper_last_use", compute_sudo=True, groups="base.group_user"
    )

    @api.depends("partner_id")
    def _compute_paper_last_use(self):
        """Compute what the customer last said of the use of the paper, for who takes the next order (R6.3.2)."""
        customers = self.partner_id.commercial_partner_id
        known = self.env["stock.picking"].search(
            [("partner_id.commercial_partner_id", "in", customers.ids), ("paper_use_result", "!=", False)], order="date_done desc"
        )
        last = {}
        for picking in known:
            last.setdefault(picking.partner_id.commercial_partner_id, picking.paper_use_result)
        for order in self:
            order.paper_last_use = last.get(order.partner_id.commercial_partner_id, False)

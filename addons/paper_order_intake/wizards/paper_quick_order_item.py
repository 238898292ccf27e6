from odoo import fields, models


class PaperQuickOrderItem(models.TransientModel):
    """A paper that was noted while the customer told the next one."""

    _name = "paper.quick.order.item"
    _description = "Paper of an Order by Phone or Visit"
    _inherit = "paper.quick.paper"
    _order = "id"

    order_id = fields.Many2one("paper.quick.order", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id")
    partner_id = fields.Many2one(related="order_id.partner_id")

    def action_take_back(self):
        """Put a noted paper back into the form to be changed; the one that stands there is noted instead."""
        self.ensure_one()
        wizard = self.order_id
        told = self._paper_told()
        if wizard._is_told():
            wizard._check_told()
            self.write(wizard._paper_told())
        else:
            self.unlink()
        wizard.write(told)
        return wizard._open_self()

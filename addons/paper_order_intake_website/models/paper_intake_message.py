from odoo import api, fields, models

from ..exceptions import WebOrderError


class PaperIntakeMessage(models.Model):
    _inherit = "paper.intake.message"

    form = fields.Selection(selection_add=[("web_order", "Web Order")], ondelete={"web_order": "set default"})

    @api.model
    def _web_order_id(self, reference):
        """Return the id of the order that an arrival of the web shop brought, by its reference."""
        prefix, _colon, number = (reference or "").partition(":")
        return int(number) if prefix == "order" and number.isdigit() else False

    def _read_web_order(self):
        """Tie arrivals of the web shop to the orders that the customers put together there (R3.1.2)."""
        for message in self:
            order = self.env["sale.order"].browse(self._web_order_id(message.external_ref)).exists()
            if not order or order.company_id != message.company_id:
                raise WebOrderError(self.env._("The order of the web shop is not there any more."))
            handler = message.handler_id or order.user_id
            order._paper_web_received(message.channel_id, handler)
            message._move({"state": "order", "order_id": order.id, "problems": False, "handled_on": fields.Datetime.now()})

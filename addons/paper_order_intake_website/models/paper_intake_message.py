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
            handler = message._web_handler(order)
            order._paper_web_received(message.channel_id, handler)
            message.handler_id = handler
            message._take_step("order", problems=False)
            message._keep({"order_id": order.id})
        self._suspect({})

    def _web_handler(self, order):
        """Return who handles a web order: the channel's handler, else the shop's salesperson, else somebody of sales.

        A channel without a handler gives its arrivals to whoever brings them; here that is a visitor.
        """
        self.ensure_one()
        sales = self.company_id._paper_department_users("paper_base.group_sales")
        for user in (self.handler_id, order.user_id, order.website_id.salesperson_id, *sales):
            if user and user._is_internal() and user.active:
                return user
        return self.env["res.users"]

    def _pass_orders_on(self):
        result = super()._pass_orders_on()
        passed = self.filtered(lambda message: message.form == "web_order" and message.handed_over_on and message.order_id)
        for handler, messages in passed.grouped("handler_id").items():
            # sudo: the order goes along with its arrival, whoever hands it over
            messages.sudo().order_id._paper_tell_web_order(handler)
        return result

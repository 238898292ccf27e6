from odoo import api, models

from ..steps.permit import lines_by_step


class AccountMoveLine(models.Model):
    """Invoices of paper orders: none before the order is confirmed, and costs invoiced on make their lines in it."""

    _inherit = "account.move.line"

    @api.constrains("sale_line_ids")
    def _check_confirmed_order(self):
        """Refuse to invoice, a down payment included, what may not be confirmed yet (R4.2.1).

        :raises ConfirmBlockedError: naming what stands in the way of the orders
        """
        # sudo: the rule is the same whatever the user may read
        orders = self.sudo().filtered(lambda line: line.move_id.is_sale_document(include_receipts=True)).sale_line_ids.order_id
        orders.filtered(lambda order: order.is_paper_order and order.state in ("draft", "sent"))._check_blockers("confirm")

    def _sale_create_reinvoice_sale_line(self):
        return super(AccountMoveLine, lines_by_step(self))._sale_create_reinvoice_sale_line()

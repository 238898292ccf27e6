from odoo import api, models

from ...exceptions import RollNotForSaleError
from .stock_lot import FOR_SALE, STOPPED


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.constrains("lot_id", "move_id", "quantity", "location_dest_id")
    def _check_kept(self):
        # sudo: the rule is the same whatever the user may read
        self.sudo().filtered(lambda line: line.state not in ("done", "cancel"))._check_dispositions()

    def _check_dispositions(self):
        """Refuse that a roll is kept for a customer, or goes to one, that is not for sale, and that a stopped one is used up.

        :raises RollNotForSaleError: naming the rolls, and what they are
        """
        lines = self.filtered(lambda line: line.product_id.is_paper and line.lot_id and line.quantity > 0)
        wrong = lines.filtered(lambda line: line._is_disposed_otherwise()).lot_id
        if not wrong:
            return
        names = dict(wrong._fields["paper_disposition"]._description_selection(self.env))
        raise RollNotForSaleError(
            "\n".join(
                self.env._(
                    "%(roll)s is “%(disposition)s”%(reason)s: it goes neither to a customer nor into production before the "
                    "quality department has decided on it.",
                    roll=lot.name,
                    disposition=names[lot.paper_disposition],
                    reason=f" ({lot.paper_disposition_reason})" if lot.paper_disposition_reason else "",
                )
                for lot in wrong
            ),
            action=self.env["paper.way.out"]._lead_to(wrong),
        )

    def _is_disposed_otherwise(self):
        self.ensure_one()
        disposition = self.lot_id.paper_disposition
        if disposition in FOR_SALE or self.location_id.usage == "customer":
            return False
        purpose = self.move_id._paper_purpose() if self.move_id else ""
        if self.location_dest_id._is_paper_to_customer():
            purpose = "customer"
        return purpose == "customer" or (purpose == "production" and disposition in STOPPED)

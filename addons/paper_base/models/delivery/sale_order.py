from odoo import api, fields, models

from .at_hour import at_hour


class SaleOrder(models.Model):
    """When and where the goods of an order go: each line may have a day and a place of its own."""

    _inherit = "sale.order"

    paper_delivered_apart = fields.Boolean(
        string="Delivered Apart",
        compute="_compute_paper_delivered_apart",
        help="Its lines are delivered on several days, or to several places.",
    )

    @api.depends(
        "commitment_date", "partner_shipping_id", "order_line.paper_commitment_date", "order_line.paper_shipping_id"
    )
    def _compute_paper_delivered_apart(self):
        for order in self:
            order.paper_delivered_apart = not (order._is_one_delivery_date() and order._is_one_delivery_place())

    def _paper_signed_place(self, partner):
        """Return the address of ``partner`` that was signed for these goods, as one line in its language; "" if none was.

        Override where it is known.
        """
        self.ensure_one()
        return ""

    def _paper_delivery_lines(self):
        """Return the lines whose goods are delivered; sections, notes and down payments are not."""
        lines = self.order_line
        goods = lines.filtered(lambda line: not line.display_type and not line.is_downpayment)
        # filtered() would read what hangs on them one order at a time
        return goods.with_prefetch(lines._prefetch_ids)

    def _paper_last_delivery_date(self):
        """Return when the last of the order's goods are to be delivered (UTC), False where no date is known."""
        self.ensure_one()
        dates = [line._paper_delivery_date() for line in self._paper_delivery_lines()]
        return max(filter(None, dates), default=self.commitment_date)

    def _paper_delivery_places(self):
        """Return the places that goods of the orders go to, in the order of their lines."""
        places = self.env["res.partner"]
        for order in self:
            for line in order._paper_delivery_lines():
                places |= line._paper_delivery_place()
        return places or self.partner_shipping_id

    def _paper_at_hour(self, day):
        """Return a day at the hour that the customer asked for, noon if none was named, in UTC."""
        self.ensure_one()
        return at_hour(day, self.commitment_date, self.company_id._paper_zone())

    def _is_one_delivery_date(self):
        """Say whether all goods of the order are delivered on the same day."""
        self.ensure_one()
        return len({line._paper_delivery_day() for line in self._paper_delivery_lines()}) <= 1

    def _is_one_delivery_place(self):
        self.ensure_one()
        return len(self._paper_delivery_places()) <= 1

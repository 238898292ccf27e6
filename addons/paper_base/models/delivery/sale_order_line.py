from odoo import api, fields, models

from .at_hour import at_hour


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    paper_commitment_date = fields.Datetime(
        string="Delivery Date",
        copy=False,
        agreed=True,
        help="When this line is to be delivered, where it is another day than the order's. Empty: the order's.",
    )
    paper_shipping_id = fields.Many2one(
        "res.partner",
        string="Delivery Place",
        compute="_compute_paper_shipping_id",
        store=True,
        readonly=False,
        check_company=True,
        index="btree_not_null",
        agreed=True,
        help="Where this line is to be delivered, where it is another place than the order's. Empty: the order's.",
    )
    paper_delivery_summary = fields.Char(
        string="Delivery", compute="_compute_paper_delivery_summary", help="When and where."
    )
    paper_promised_date = fields.Datetime(
        string="Promised Date",
        by_steps=True,
        help="The delivery date that the mill has promised for this line.",
    )

    @api.depends("order_id.partner_id")
    def _compute_paper_shipping_id(self):
        for line in self:
            place = line.paper_shipping_id
            # Another customer's goods do not go to the plant of the one before.
            mine = place.commercial_partner_id == line.order_id.partner_id.commercial_partner_id
            line.paper_shipping_id = place if mine else False

    @api.depends("paper_commitment_date", "paper_shipping_id", "order_id.commitment_date", "order_id.partner_shipping_id")
    @api.depends_context("lang")
    def _compute_paper_delivery_summary(self):
        for line in self:
            company = line.order_id.company_id or self.env.company
            parts = (company._paper_date(line._paper_delivery_date()), line._paper_delivery_place().name)
            line.paper_delivery_summary = not line.display_type and " · ".join(filter(None, parts))

    def _paper_delivery_date(self):
        """Return when the line is to be delivered (UTC): its own date or the order's, False where neither is known."""
        self.ensure_one()
        return self.paper_commitment_date or self.order_id.commitment_date

    def _paper_delivery_day(self):
        """Return the day on which the line is to be delivered, as the mill's calendar has it; False if not known."""
        self.ensure_one()
        return (self.order_id.company_id or self.env.company)._paper_day(self._paper_delivery_date())

    def _paper_at_hour(self, day):
        """Return a day at the hour that the customer asked for, noon if none was named, in UTC."""
        self.ensure_one()
        return at_hour(day, self._paper_delivery_date(), self.order_id.company_id._paper_zone())

    def _paper_delivery_place(self):
        """Return where the line is to be delivered: its own place or the order's."""
        self.ensure_one()
        return self.paper_shipping_id or self.order_id.partner_shipping_id

    def _paper_signed_place(self):
        """Return the address of delivery that was agreed for the line, as ``res.partner._paper_address`` writes it.

        Nothing is signed here: the address of today. Override where a contract keeps the one that was signed.
        """
        self.ensure_one()
        return self._paper_delivery_place()._paper_address()

    def _paper_delivery_key(self):
        """Return what the lines that are delivered together have in common: the place's id and the day."""
        self.ensure_one()
        return self._paper_delivery_place().id, self._paper_delivery_day()

    def _paper_own_delivery(self):
        """Return what the line's delivery has of its own: ``{field: value}``, "" where it is as the order's.

        A line that repeats what its order says has nothing of its own.
        """
        self.ensure_one()
        date, place = self.paper_commitment_date, self.paper_shipping_id
        return {
            "paper_commitment_date": fields.Datetime.to_string(date) if date and date != self.order_id.commitment_date else "",
            "paper_shipping_id": place.id if place and place != self.order_id.partner_shipping_id else "",
        }

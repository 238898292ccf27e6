from odoo import models


class PaperMaterialLine(models.Model):
    """The price of a blanket order counts, as far as its quantity is not yet called (R5.2.1)."""

    _inherit = "paper.material.line"

    def _agreement(self, partner, quantity):
        """Return the line of a confirmed blanket order of the supplier that covers a quantity on the day of the need."""
        self.ensure_one()
        # sudo: what was agreed with suppliers counts, whoever has the plan computed
        lines = self.env["purchase.requisition.line"].sudo().search(
            [
                ("product_id", "=", self.product_id.id),
                ("requisition_id.vendor_id", "=", partner.id),
                ("requisition_id.requisition_type", "=", "blanket_order"),
                ("requisition_id.state", "=", "confirmed"),
                ("requisition_id.company_id", "=", self.company_id.id),
                "|",
                ("requisition_id.date_start", "=", False),
                ("requisition_id.date_start", "<=", self.need_date),
                "|",
                ("requisition_id.date_end", "=", False),
                ("requisition_id.date_end", ">=", self.need_date),
            ],
            order="id",
        )
        return lines.filtered(lambda line: line.price_unit > 0 and line._paper_left() >= quantity)[:1]

    def _propose_among(self, sellers, past):
        # Odoo lists the price of a blanket order with the supplier; it is none for more than is left of it.
        offered = sellers.filtered(
            lambda one: not one.purchase_requisition_line_id or one.purchase_requisition_line_id._paper_left() >= self.net
        )
        return super()._propose_among(offered, past)

    def _figures(self, seller, today):
        figures = super()._figures(seller, today)
        agreed = self._agreement(seller.partner_id, self.net) if self.net > 0 else None
        if not agreed or figures.get("fault"):
            return figures
        unit = self.product_id.uom_id
        factor = (agreed.product_uom_id or unit)._compute_quantity(1.0, unit, round=False) or 1.0
        currency = agreed.requisition_id.currency_id
        rate = currency._get_conversion_rate(currency, self.company_id.currency_id, self.company_id, today)
        return {**figures, "price": agreed.price_unit * rate / factor, "least": 0.0}

    def _prepare_purchase_line(self):
        values = super()._prepare_purchase_line()
        agreed = self._agreement(self.partner_id, self.quantity)
        if not agreed:
            return values
        unit = agreed.product_uom_id or self.uom_id
        return {
            **values,
            "product_uom_id": unit.id,
            "product_qty": self.uom_id._compute_quantity(self.quantity, unit),
            "price_unit": agreed.price_unit,
        }

from odoo import models
from odoo.tools import float_repr

from .product_product import CHOICES, FIGURES, WORDS


class SaleOrderLine(models.Model):
    """A paper in the cart: what the customer told about it, and what is wrong with that by now."""

    _inherit = "sale.order.line"

    def _paper_told(self):
        """Return what the customer told about the paper of this line, as he would type it again: ``{name: text}``."""
        self.ensure_one()
        spec = self.paper_spec_id
        figures = {name: spec[name] for name in FIGURES[spec.format] if spec[name]}
        words = {name: spec[name] for name in (*CHOICES[spec.format], *WORDS) if spec[name]}
        day = self.order_id.company_id._paper_day(self.paper_commitment_date)
        return {
            "format": spec.format,
            **{name: float_repr(value, 3).rstrip("0").rstrip(".") for name, value in figures.items()},
            **words,
            "quantity": float_repr(self.paper_quantity, 6).rstrip("0").rstrip("."),
            "unit": self.paper_unit or "",
            "delivery_date": day.isoformat() if day else "",
            "delivery_place": str(self.paper_shipping_id.id or ""),
        }

    def _paper_own_delivery_words(self):
        """Return the day and the place of delivery that this line has of its own, "" where it has none."""
        self.ensure_one()
        day = self.order_id.company_id._paper_date(self.paper_commitment_date)
        place = self.paper_shipping_id._display_address(without_company=True) if self.paper_shipping_id else ""
        return day, ", ".join(filter(None, place.splitlines()))

    def _paper_faults(self):
        """Return what is wrong with a paper in the cart, as sentences: read again as if it were told now (R3.1.2)."""
        self.ensure_one()
        product, company = self.product_id, self.order_id.company_id
        if not product.is_paper:
            return []
        if not self.paper_spec_id:
            return [self.env._("Please describe this paper on its page.")]
        if not self._is_sellable():
            return [self.env._("This product cannot be ordered any more.")]
        told = self._paper_told()
        vals, _quantity, _unit, errors = product._paper_read_told(told, company)
        errors |= product._paper_read_delivery(told, company, self.order_id._paper_shop_places())[1]
        labels = product._paper_labels()
        faults = [f"{labels[name]}: {sentence}" if name in labels else sentence for name, sentence in errors.items()]
        return faults or self.env["paper.spec"].new(vals)._contradictions()

from odoo import models


class SaleOrder(models.Model):
    """Where the goods of an order go, as it was signed."""

    _inherit = "sale.order"

    def _paper_signed_place(self, partner):
        # sudo: logistics send the goods where it was signed, without reading the contract
        if self.sudo()._open_contract().state != "in_force":
            return super()._paper_signed_place(partner)
        lines = self._paper_delivery_lines()
        # What goes to somebody whom no line names was signed for the place of the others.
        line = lines.filtered(lambda rec: rec._paper_delivery_place() == partner)[:1] or lines[:1]
        return line.with_context(lang=partner.lang or self.env.lang)._paper_signed_place() if line else ""

from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _prepare_mo_vals(
        self, product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values, bom
    ):
        """Let what is made for a line begin with the slots that were promised for it."""
        vals = super()._prepare_mo_vals(
            product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values, bom
        )
        # sudo: whoever confirms an order, a customer who signs included, sets the dates of what is made
        line = self.env["sale.order.line"].sudo().browse(vals.get("sale_line_id") or ())
        slots = line.order_id.paper_reservation_ids.filtered(lambda slot: slot.line_id == line and slot.product_id == product_id)
        begins = [slot.date_from for slot in slots if slot._is_alive()]
        return {**vals, "date_start": min(begins)} if begins else vals

from datetime import timedelta

from odoo import fields, models


class PaperEvaluation(models.Model):
    """Materials: what the bills of materials need against what is free, and when a supplier can bring the
    rest (R3.3.3)."""

    _inherit = "paper.evaluation"

    def _facts_materials(self):
        """Return, for each material: needed, free, shortfall, supplier, lead time and arrival."""
        demands = self._explode_orders()
        return {evaluation: evaluation._materials_of(demands[evaluation]) for evaluation in self}

    def _materials_of(self, demand):
        self.ensure_one()
        products = self.env["product.product"].browse(product.id for product in demand["materials"])
        products = products.with_company(self.company_id).with_context(warehouse_id=self.order_id.warehouse_id.id)
        products.mapped("free_qty")
        rows = [self._material_row(product, demand["materials"][product]) for product in products]
        rows.sort(key=lambda row: (not row["shortfall"], row["in_time"], row["material"]))
        proposal = "yes" if rows else False
        if any(row["in_time"] is None for row in rows):
            proposal = "conditional"
        if any(row["in_time"] is False for row in rows):
            proposal = "no"
        return {"proposal": proposal, "rows": rows, "without_bom": demand["without_bom"]}

    def _material_row(self, product, needed):
        """Return one material; ``in_time`` is None where no supplier is known."""
        free = product.free_qty if product.is_storable else needed
        shortfall = max(needed - free, 0.0)
        if product.uom_id.is_zero(shortfall):
            shortfall = 0.0
        seller, in_time, arrival = self.env["product.supplierinfo"], True, None
        if shortfall:
            seller = product._select_seller(quantity=None, uom_id=product.uom_id)
            arrival = self.company_id._paper_today() + timedelta(days=seller.delay) if seller else None
            in_time = self._arrives_in_time(arrival) if seller else None
        return {
            "material": product.display_name,
            "unit": product.uom_id.name,
            "needed": needed,
            "free": free,
            "shortfall": shortfall,
            "supplier": seller.partner_id.display_name or "",
            "delay": seller.delay if seller else None,
            "arrival": fields.Date.to_string(arrival) if arrival else None,
            "in_time": in_time,
        }

    def _arrives_in_time(self, arrival):
        return bool(self.commitment_date) and arrival < self.commitment_date.date()

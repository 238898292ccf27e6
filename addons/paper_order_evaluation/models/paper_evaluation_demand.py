from collections import defaultdict

from odoo import models

MAX_LEVELS = 20  # deeper than any bill of materials; ends a loop that two companies could build


class PaperEvaluation(models.Model):
    """What an order asks of the mill: the bills of materials of its paper, exploded level by level."""

    _inherit = "paper.evaluation"

    def _explode_orders(self):
        """Explode each order's paper through every level. Half-finished goods are taken from free stock first.

        :return: ``{evaluation: demand}``; a demand holds ``operations`` [(operation, product, quantity in the unit of
            the BoM, unit)], ``materials`` {product: quantity in its own unit}, ``boms`` and ``without_bom`` [names]
        """
        demands = {
            evaluation: {
                "operations": [],
                "materials": defaultdict(float),
                "boms": self.env["mrp.bom"],
                "without_bom": [],
                "taken": defaultdict(float),
            }
            for evaluation in self
        }
        level = [
            (evaluation, line.product_id, line._product_quantity(), True)
            for evaluation in self
            for line in evaluation._paper_lines()
        ]
        for _depth in range(MAX_LEVELS):
            boms = self._find_boms(level)
            level = [
                deeper
                for evaluation, product, quantity, top in level
                for deeper in evaluation._explode_product(
                    demands[evaluation], boms[evaluation.company_id][product], product, quantity, top
                )
            ]
            if not level:
                break
        return demands

    def _find_boms(self, level):
        products = defaultdict(lambda: self.env["product.product"])
        for evaluation, product, _quantity, _top in level:
            products[evaluation.company_id] |= product
        return {
            company: self.env["mrp.bom"].with_company(company)._bom_find(wanted, company_id=company.id)
            for company, wanted in products.items()
        }

    def _explode_product(self, demand, bom, product, quantity, top):
        """Add one product to the demand and return its components as the next level."""
        self.ensure_one()
        if bom and not product.uom_id._has_common_reference(bom.product_uom_id):
            bom = self.env["mrp.bom"]
        if not bom:
            if top:
                demand["without_bom"].append(product.display_name)
            else:
                demand["materials"][product] += quantity
            return []
        if not top:
            free = max(self._free_quantity(product) - demand["taken"][product], 0.0)
            used = min(free, quantity)
            demand["taken"][product] += used
            quantity -= used
            if product.uom_id.is_zero(quantity):
                return []
        demand["boms"] |= bom
        count = product.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False) / bom.product_qty
        boms_done, lines_done = bom.explode(product, count)
        for done, data in boms_done:
            for operation in done.operation_ids:
                if not operation._skip_operation_line(data["product"]):
                    amount = data["qty"] * done.product_qty
                    demand["operations"].append((operation, product, amount, done.product_uom_id))
        level = []
        for line, data in lines_done:
            needed = line.product_uom_id._compute_quantity(data["qty"], line.product_id.uom_id, round=False)
            level.append((self, line.product_id, needed, False))
        return level

    def _free_quantity(self, products):
        """Return what is free in the order's warehouse, in the product's own unit."""
        self.ensure_one()
        products = products.with_context(warehouse_id=self.order_id.warehouse_id.id).with_company(self.company_id)
        return sum(products.mapped("free_qty"))

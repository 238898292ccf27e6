from odoo import models
from odoo.addons.paper_capacity.lib.netting import Ledger, Netting


class PaperEvaluation(models.Model):
    """Toll orders: the pulp that the customer brings counts from the day it is expected on, for this order alone (R3.3.3)."""

    _inherit = "paper.evaluation"

    def _with_customer_material(self, netting):
        """Return the netting in which this order is netted: for what its customer brings, with a ledger of its own."""
        self.ensure_one()
        if not self.order_id._paper_type_rule("customer_material"):
            return netting
        brought = self.order_id.paper_customer_material_ids
        today = self.company_id._paper_today()
        ledgers = dict(netting.ledgers)
        for product, materials in brought.grouped("product_id").items():
            ledgers[product] = Ledger(today, 0.0, [(day, quantity) for day, quantity, _source in self._brought(materials)])
        return Netting(netting.recipes, ledgers)

    def _brought(self, materials):
        """Return what the customer brings, as what is on its way: [(day, quantity in the product's unit, source)]."""
        kg = self.env["uom.uom"]._kilogram()
        today = self.company_id._paper_today()
        result = []
        for material in materials:
            uom = material.product_id.uom_id
            quantity = material.quantity_kg
            if uom._has_common_reference(kg):
                quantity = kg._compute_quantity(quantity, uom, round=False)
            result.append((material.promised_date or today, quantity, material.order_id.partner_id.commercial_partner_id))
        return sorted(result, key=lambda item: item[0])

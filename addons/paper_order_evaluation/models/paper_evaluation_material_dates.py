from datetime import timedelta

from odoo import fields, models
from odoo.addons.paper_capacity.lib.netting import requirement


class PaperEvaluation(models.Model):
    """When the materials of each line are there, what else it could be made of, and what it claims (R3.3.3)."""

    _inherit = "paper.evaluation"

    def _line_ready(self, line, net, offers):
        """Return the day on which all materials of a line are there, and the material that comes last.

        :return: ``line`` id, ``ready`` ISO date or None where nobody knows, ``material`` and ``by`` (stock, receipt,
            purchase, unknown, no_bom)
        """
        today = self.company_id._paper_today()
        row = {"line": line._origin.id, "product": line.product_id.display_name, "ready": None, "material": "", "by": "no_bom"}
        if not net.recipe:
            return row
        latest = (today, "", "stock")
        for material, need in net.needs.items():
            day, by = need.ready, "receipt" if need.ready and need.ready > today else "stock"
            if need.shortfall and offers.get(material):
                arrival = offers[material][0]["arrival"]
                if day is None or arrival < day:
                    day, by = arrival, "purchase"
            if day is None:
                return {**row, "material": material.display_name, "by": "unknown"}
            day += timedelta(days=need.offset)
            if day > latest[0]:
                latest = (day, material.display_name, by)
        return {**row, "ready": fields.Date.to_string(latest[0]), "material": latest[1], "by": latest[2]}

    def _recipe_substitutes(self, netted, offers):
        """Return what else the lines could be made by: other bills of materials, with date and effect on cost.

        Each is netted with what this batch has left over. The cost is that of the materials, in company currency.
        """
        found, rows = netted["recipes"][self.company_id], []
        netting = netted["nettings"][self.order_id.warehouse_id]
        for line in self._paper_lines():
            net = netted["nets"][line]
            if not any(need.shortfall for need in net.needs.values()):
                continue
            quantity = line._product_quantity()
            for product in {made: None for _recipe, made, _quantity in net.runs}:
                for other in found["others"].get(product, []):
                    replaced = {product: other}
                    what_if = netting.what_if(line.product_id, quantity, self._materials_due(line), replaced)
                    ready = self._line_ready(line, what_if, offers)
                    used, instead = (
                        self._material_cost(requirement(line.product_id, quantity, recipes))
                        for recipes in (found["recipes"], {**found["recipes"], **replaced})
                    )
                    rows.append(
                        {
                            "line": line._origin.id,
                            "spec": line.paper_spec_id.display_name or line.product_id.display_name,
                            "product": product.display_name,
                            "bom": other.key.display_name,
                            "ready": ready["ready"],
                            "material": ready["material"],
                            "by": ready["by"],
                            "cost_effect": instead - used,
                        }
                    )
        return rows

    def _material_cost(self, found):
        """Return what the materials of a requirement cost, in company currency."""
        self.ensure_one()
        return sum(
            material.with_company(self.company_id).standard_price * borne
            for material, (_quantity, borne) in found.materials.items()
        )

    # What the order claims

    def _prepare_claims(self, nets):
        """Return what the lines take of stock and receipts, [[line id, product id, ISO date, quantity]]."""
        claims = []
        for line in self._paper_lines():
            net = nets[line]
            taken = [(need.material, need.day, need.taken) for need in net.needs.values()]
            taken += [(product, day, quantity) for product, (day, quantity) in net.stocked.items()]
            claims += [
                [line._origin.id, product.id, fields.Date.to_string(day), quantity]
                for product, day, quantity in taken
                if quantity and product.is_storable and not self.order_id._customer_materials(product)
            ]
        return claims

    def _take_evidence(self, dimensions=None):
        result = super()._take_evidence(dimensions)
        if dimensions is None or "materials" in dimensions:
            self._keep_claims()
        return result

    def _keep_claims(self):
        """Set aside what the orders take, as their evidence has it, in place of what they claimed before."""
        # sudo: whoever submits an order need not write what it claims
        opinions = self.sudo().opinion_ids.filtered(lambda opinion: opinion.dimension == "materials")
        Claim = self.env["paper.material.claim"].sudo()  # sudo: as above
        Claim.search([("order_id", "in", opinions.order_id.ids)]).unlink()
        Claim.create(
            [
                {
                    "evaluation_id": opinion.evaluation_id.id,
                    "order_id": opinion.order_id.id,
                    "warehouse_id": opinion.order_id.warehouse_id.id,
                    "line_id": line_id,
                    "product_id": product_id,
                    "date": date,
                    "quantity": quantity,
                }
                for opinion in opinions
                for line_id, product_id, date, quantity in (opinion.evidence or {}).get("claims", [])
            ]
        )

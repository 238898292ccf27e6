from odoo import models


class PaperMaterialPlan(models.Model):
    """What a blanket order covers is called from it (R5.2.1)."""

    _inherit = "paper.material.plan"

    def _prepare_purchase(self, partner, lines):
        values = super()._prepare_purchase(partner, lines)
        agreed = [line._agreement(partner, line.quantity) for line in lines]
        requisitions = self.env["purchase.requisition"].union(*(one.requisition_id for one in agreed))
        if not requisitions:
            return values
        return {**values, "requisition_id": requisitions[:1].id, "currency_id": requisitions[:1].currency_id.id}

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _paper_bounds(self, company):
        rules = self.env["paper.required.fact"]._rules(company.id)
        bounds = {rule.field: (rule.minimum, rule.maximum) for rule in rules if rule.model == "paper.spec"}
        return {**super()._paper_bounds(company), **bounds}

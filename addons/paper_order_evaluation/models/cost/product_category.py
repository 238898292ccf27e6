from odoo import fields, models


class ProductCategory(models.Model):
    _inherit = "product.category"

    paper_min_margin = fields.Float(
        string="Lowest Margin (%)",
        digits=(5, 2),
        company_dependent=True,
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
        help="Below this margin, price or cost is settled. 0: as the category above, in the end the company, has it.",
    )
    paper_is_fibre = fields.Boolean(
        string="Fibre", help="Pulp, recovered paper: what the margin is tested against when fibre prices move."
    )

    def _paper_threshold(self, company):
        """Return the lowest margin of a category in percent: its own, that of a category above, or the company's."""
        category = self.with_company(company)
        while category:
            if category.paper_min_margin:
                return category.paper_min_margin
            category = category.parent_id
        return company.paper_evaluation_min_margin

    def _paper_fibre(self):
        """Say whether the category, or one above it, holds fibre."""
        category = self
        while category:
            if category.paper_is_fibre:
                return True
            category = category.parent_id
        return False

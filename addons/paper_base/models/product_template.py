from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_paper = fields.Boolean(
        string="Paper", help="Ordered by specification; its orders follow the paper order regulation.", index=True
    )
    paper_grade_id = fields.Many2one("paper.grade", string="Grade", index="btree_not_null", ondelete="restrict")

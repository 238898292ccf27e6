from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    paper_quality_terms = fields.Text(
        string="Quality Terms of Purchase",
        translate=True,
        help="What the purchase contract says of the quality of this material: standard, moisture, dirt, how it is sampled.",
    )

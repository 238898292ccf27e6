from odoo import fields, models


class ProductTemplate(models.Model):
    """A paper that is cut from base paper, the base paper itself, and the broke of both."""

    _inherit = "product.template"

    paper_two_levels = fields.Boolean(
        string="Cut from Base Paper",
        help="A run makes base paper of a basis weight as jumbo reels; each order line is cut from it. Not set: one "
        "manufacturing order makes the ordered paper from pulp.",
    )
    paper_recipe_id = fields.Many2one(
        "mrp.bom",
        string="Made by the Recipe",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The bill of materials of finished paper that this base paper, or this broke, comes of.",
    )
    paper_web_spec_id = fields.Many2one(
        "paper.spec",
        string="Web Specification",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Grade and basis weight of a base paper; it has no width before it is cut.",
    )
    paper_moisture = fields.Float(
        string="Moisture (%)",
        digits=(5, 2),
        help="Share of water in its weight. What pulp carries more than the paper evaporates: it is a loss of a run that "
        "is known.",
    )

    _paper_moisture_share = models.Constraint(
        "CHECK(paper_moisture >= 0 AND paper_moisture < 100)", "The moisture is a share from 0 to below 100 %."
    )

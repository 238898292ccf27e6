from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_entry_by_note = fields.Boolean(
        string="Stock Entry by the Warehouse Only",
        help="Paper that was made enters stock by the warehouse's entry notes alone, and only the production supervisor counts "
        "it. Without it this holds for orders that have a note.",
    )
    paper_entry_tolerance = fields.Float(
        string="Weight Tolerance at Entry (%)",
        digits=(5, 2),
        default=1.0,
        help="By how much the warehouse's scale may differ from the weight on the label.",
    )

    _paper_entry_tolerance_positive = models.Constraint("CHECK(paper_entry_tolerance >= 0)", "A tolerance cannot be negative.")

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_inspected_days = fields.Integer(
        string="Inspections Looked Back At (days)",
        default=365,
        help="Readings that are older say nothing of what a machine makes today (R3.3.4).",
    )
    paper_inspected_least = fields.Integer(
        string="Least Number of Readings",
        default=10,
        help="From so many readings on, their range counts as what a machine makes (R3.3.4).",
    )
    paper_inspected_spread = fields.Float(
        string="Standard Deviations to Each Side",
        digits=(5, 2),
        default=2.0,
        help="The range of a property is its mean and so many standard deviations to each side: 2 hold 95 % of readings "
        "that scatter normally, 3 hold 99.7 % (R3.3.4).",
    )

    _paper_inspected = models.Constraint(
        "CHECK(paper_inspected_days > 0 AND paper_inspected_least >= 2 AND paper_inspected_spread > 0)",
        "Ranges from inspections need a period, at least two readings and a positive spread.",
    )

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_dispatch_notice_days = fields.Integer(
        string="Dispatch Notice ahead (working days)",
        default=3,
        help="How many working days before the delivery sales give logistics the dispatch notice (R6.2.1).",
    )
    paper_proof_days = fields.Integer(
        string="Signing Link valid (days)",
        default=30,
        help="How many days after dispatch the customer's link to sign for the goods is valid (R6.3.1).",
    )

    paper_early_days = fields.Integer(
        string="Early Delivery from (days)",
        default=7,
        help="Goods that leave more than so many days before the promised day need the customer's recorded consent.",
    )

    _paper_early_days_positive = models.Constraint("CHECK(paper_early_days >= 0)", "Early is counted from the promised day.")
    _paper_dispatch_notice_days_positive = models.Constraint(
        "CHECK(paper_dispatch_notice_days >= 0)", "The notice cannot be due after the delivery."
    )
    _paper_proof_days_positive = models.Constraint("CHECK(paper_proof_days > 0)", "The link must be valid for a day.")

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_chase_days = fields.Integer(
        string="Chase Proofs after (days)",
        default=5,
        help="How many days after dispatch logistics are told of a proof that is missing.",
    )
    paper_use_days = fields.Integer(
        string="Follow the Use after (days)",
        default=14,
        help="How many days after receipt sales ask how the paper runs (R6.3.2).",
    )

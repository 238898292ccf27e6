from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_general_days = fields.Integer(
        string="Solution of General Feedback (working days)",
        default=5,
        help="Working days within which general feedback is solved with the customer (R7.1.2). 0 sets no deadline.",
    )
    paper_claim_days_visible = fields.Integer(
        string="Claims on Appearance and Quantity (days)",
        default=15,
        help="Days from receipt, where the contract says none (Civil Code, articles 620 to 622). 0: no limit.",
    )
    paper_claim_days_hidden = fields.Integer(
        string="Claims on Other Quality (days)",
        default=180,
        help="Days from receipt, where the contract says none; at most two years (Civil Code, article 621). 0: no limit.",
    )
    paper_remedy_limit = fields.Float(
        string="Sales Settle up to",
        default=2000,
        help="Amount in the company's currency up to which sales settle general feedback without the management (R7.1.2).",
    )

    _paper_claim_days = models.Constraint(
        "CHECK(paper_general_days >= 0 AND paper_claim_days_visible >= 0 AND paper_claim_days_hidden >= 0"
        " AND paper_remedy_limit >= 0)",
        "Times and limits of after-sales cannot be negative.",
    )

from odoo import fields, models

# A customer may read the company that he deals with; by which rules it judges him is the mill's own.
INTERNAL = "base.group_user"


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_credit_validity_months = fields.Integer(
        string="Validity of a Credit Review (months)",
        default=12,
        help="Proposed validity of an approved credit review; the credit department may set another.",
        groups=INTERNAL,
    )
    paper_credit_overdue_days = fields.Integer(
        string="Overdue Tolerated (days)",
        default=30,
        help="What is overdue for longer holds the customer's orders and speaks against any further credit.",
        groups=INTERNAL,
    )
    paper_credit_months = fields.Float(
        string="Months of Turnover",
        default=2.0,
        help="The proposed limit of a customer who pays: his average monthly turnover times this.",
        groups=INTERNAL,
    )
    paper_credit_good_percent = fields.Float(
        string="Pays Well from (%)", default=90.0, help="Share of the money received that came on time, by amount.",
        groups=INTERNAL,
    )
    paper_credit_poor_percent = fields.Float(
        string="Pays Badly below (%)", default=70.0, help="Share of the money received that came on time, by amount.",
        groups=INTERNAL,
    )
    paper_credit_fair_prepayment = fields.Float(
        string="Prepayment if He Pays Fairly (%)", default=30.0, help="Proposed between “pays badly” and “pays well”.",
        groups=INTERNAL,
    )
    paper_credit_poor_prepayment = fields.Float(string="Prepayment if He Pays Badly (%)", default=50.0, groups=INTERNAL)
    paper_credit_new_limit = fields.Monetary(
        string="Limit of a New Customer", default=0.0, help="Proposed once the evidence is there; 0: nothing on credit.",
        groups=INTERNAL,
    )
    paper_credit_new_prepayment = fields.Float(string="Prepayment of a New Customer (%)", default=30.0, groups=INTERNAL)
    paper_credit_reminder_days = fields.Integer(
        string="Reminder before Credit Expires (days)",
        default=30,
        help="How long before a document or an approved review expires its people are reminded, once.",
        groups=INTERNAL,
    )
    paper_security_days = fields.Integer(
        string="Time to Provide Security (days)",
        default=15,
        help="Proposed in the notice of suspension (Civil Code, article 528); the law says a reasonable time.",
        groups=INTERNAL,
    )

    _paper_credit_rules_sane = models.Constraint(
        """CHECK(paper_credit_overdue_days >= 0 AND paper_credit_months >= 0 AND paper_credit_reminder_days >= 0
           AND paper_security_days > 0 AND paper_credit_new_limit >= 0
           AND paper_credit_poor_percent BETWEEN 0 AND paper_credit_good_percent AND paper_credit_good_percent <= 100
           AND paper_credit_fair_prepayment BETWEEN 0 AND 100 AND paper_credit_poor_prepayment BETWEEN 0 AND 100
           AND paper_credit_new_prepayment BETWEEN 0 AND 100)""",
        "The credit rules need days and amounts that are not negative, and percentages from 0 to 100.",
    )
    _paper_credit_validity_positive = models.Constraint(
        "CHECK(paper_credit_validity_months > 0)", "A credit review must be valid for at least a month."
    )

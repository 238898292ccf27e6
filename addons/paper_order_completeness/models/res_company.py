from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_completion_days = fields.Integer(
        string="Working Days to Complete an Order",
        default=2,
        help="The mill's own time; the clock stands while the customer has to answer (R3.2.1).",
    )
    paper_completion_link_days = fields.Integer(
        string="Validity of the Customer's Link (days)", default=14, help="After that the link answers no more."
    )
    paper_completion_reminder_days = fields.Integer(
        string="Customer Reminded after (working days)", default=2, help="0: never."
    )
    paper_completion_reminders = fields.Integer(string="Reminders to the Customer", default=2)

    _paper_completion_positive = models.Constraint(
        """CHECK(paper_completion_days >= 0 AND paper_completion_link_days > 0 AND paper_completion_reminder_days >= 0
           AND paper_completion_reminders >= 0)""",
        "The days of completing an order cannot be negative, and a link must be valid for at least a day.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["paper.required.fact"]._create_missing(companies)
        return companies

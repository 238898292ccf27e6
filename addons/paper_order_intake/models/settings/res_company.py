from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_duplicate_days = fields.Integer(
        string="Suspected Duplicate within (days)",
        default=3,
        help="The same order by two channels is suspected when their delivery dates lie at most so far apart.",
        groups="base.group_user",
    )

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

    _paper_duplicate_days_positive = models.Constraint(
        "CHECK(paper_duplicate_days >= 0)", "The days between two delivery dates cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_intake_channels()
        self.env["paper.required.fact"]._create_missing(companies)
        return companies

    def _create_intake_channels(self):
        """Give new companies one channel of each kind, named as those of the first company."""
        # sudo: whoever sets up a company need not be in sales
        channels = self.env["paper.intake.channel"].sudo()
        first = channels.search([("company_id", "=", self.env.ref("base.main_company").id)])
        blank = dict.fromkeys(("handler_id", "user_ids", "partner_id", "product_id", "team_id"), False)
        kinds = channels.browse().concat(*[same[:1] for same in first.grouped("kind").values()])
        for company in self:
            kinds.copy({**blank, "company_id": company.id})

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_duplicate_days = fields.Integer(
        string="Suspected Duplicate within (days)",
        default=3,
        help="The same order by two channels is suspected when their delivery dates lie at most so far apart.",
        groups="base.group_user",
    )

    _paper_duplicate_days_positive = models.Constraint(
        "CHECK(paper_duplicate_days >= 0)", "The days between two delivery dates cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_intake_channels()
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

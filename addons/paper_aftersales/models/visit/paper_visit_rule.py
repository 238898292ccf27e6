from odoo import fields, models


class PaperVisitRule(models.Model):
    """How often: after each delivery, every so many months, after serious cases, or a share of the deliveries at random; an
    order that comes while a visit is planned goes along with it (R7.2.1)."""

    _inherit = "paper.visit.rule"

    frequency = fields.Selection(
        [
            ("delivery", "After the First Delivery of Each Order"),
            ("months", "Every So Many Months"),
            ("serious", "After a Serious Case"),
            ("share", "Share of Deliveries at Random"),
        ],
        required=True,
        default="delivery",
    )
    months = fields.Integer(default=3, help="For visits every so many months: how many lie between two of a customer.")
    share = fields.Integer(string="Share (%)", default=10, help="For visits at random: of how many deliveries out of a hundred.")
    min_gap_days = fields.Integer(
        string="At Most One Visit within (days)",
        default=30,
        help="Orders delivered within so many days of each other are one visit of the customer. 0: each its own.",
    )
    survey_id = fields.Many2one("survey.survey", string="Questionnaire", ondelete="restrict", help="Empty: the mill's usual one.")

    _frequency = models.Constraint(
        "CHECK(months > 0 AND share >= 0 AND share <= 100 AND min_gap_days >= 0)",
        "Months, share or days of the rule make no sense.",
    )

    def _is_chosen(self, order):
        """Say whether the order is one of the share that is visited at random: by its number, so that it can be shown again."""
        self.ensure_one()
        return (order.id * 7919 + self.id * 104729) % 100 < self.share

    def _follows_delivery(self, order):
        """Say whether a delivery of the order sets off a visit by this rule."""
        self.ensure_one()
        chosen = self.frequency == "delivery" or (self.frequency == "share" and self._is_chosen(order))
        return chosen and self._applies_to(order)

from odoo import fields, models


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    paper_visit_field = fields.Selection(
        [
            ("use", "Use of the Paper"),
            ("quality", "Quality Found"),
            ("satisfaction", "Satisfaction with the Product"),
            ("service", "Satisfaction with the Service"),
            ("suggestions", "Problems and Suggestions"),
        ],
        string="Written into the Visit as",
        help="What the customer answers is written there in the quality visit that asked.",
    )

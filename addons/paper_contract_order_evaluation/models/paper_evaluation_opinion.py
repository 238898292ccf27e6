from odoo import fields, models


class PaperEvaluationOpinion(models.Model):
    _inherit = "paper.evaluation.opinion"

    supplement_changes = fields.Text(related="evaluation_id.supplement_changes", groups="base.group_user")

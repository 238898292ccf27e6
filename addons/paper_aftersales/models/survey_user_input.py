from odoo import fields, models

from .paper_quality_visit import QUALITY


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    paper_visit_id = fields.Many2one(
        "paper.quality.visit", string="Quality Visit", index="btree_not_null", ondelete="set null", copy=False
    )

    def _mark_done(self):
        result = super()._mark_done()
        # sudo: the customer who answers may not write on the visit that asked
        for answer in self.filtered("paper_visit_id").sudo():
            visit = answer.paper_visit_id
            visit._take_answers(answer)
            visit.company_id._paper_tell((visit.visitor_id, QUALITY), visit, self._findings_words)
        return result

    @staticmethod
    def _findings_words(visit):
        return visit.env._("The questionnaire is answered: write down the findings")

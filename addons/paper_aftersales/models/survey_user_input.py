from odoo import fields, models


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
            for user in visit._clock_users():
                visit.activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.with_context(lang=user.lang).env._(
                        "The questionnaire is answered: write down the findings"
                    ),
                    user_id=user.id,
                )
        return result

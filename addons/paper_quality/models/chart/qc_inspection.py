from odoo import models


class QcInspection(models.Model):
    _inherit = "qc.inspection"

    def _chart_confirmed(self):
        """Judge what these inspections read by the control charts for it."""
        # sudo: charts judge whatever inspection was confirmed
        charts = self.env["paper.spc.chart"].sudo().search([("question_id", "in", self.inspection_lines.test_line.ids)])
        for chart in charts:
            own = self.filtered(
                lambda rec, c=chart: rec.company_id == c.company_id and c.question_id in rec.inspection_lines.test_line
            )
            chart._judge_last(own)

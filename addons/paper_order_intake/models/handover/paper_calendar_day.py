from odoo import api, models


class PaperCalendarDay(models.Model):
    _inherit = "paper.calendar.day"

    @api.model
    def _calendar_changed(self):
        result = super()._calendar_changed()
        self.env["paper.intake.message"]._deadlines_moved()
        return result

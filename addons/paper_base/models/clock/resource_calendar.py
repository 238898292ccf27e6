from odoo import models


class ResourceCalendar(models.Model):
    _inherit = "resource.calendar"

    def write(self, vals):
        result = super().write(vals)
        if {"tz", "attendance_ids", "two_weeks_calendar"} & vals.keys():
            self.env["paper.calendar.day"]._calendar_changed()
        return result

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_reminder_days = fields.Integer(related="company_id.paper_reminder_days", readonly=False)
    paper_calendar_covers = fields.Char(
        string="Public Holidays Known for", compute="_compute_paper_calendar_covers"
    )

    def _compute_paper_calendar_covers(self):
        years = self.env["paper.calendar.day"]._read_group([], ["date:year"])
        text = ", ".join(str(year.year) for (year,) in years)
        for settings in self:
            settings.paper_calendar_covers = text

from odoo import models


class PaperSetupStep(models.Model):
    _inherit = "paper.setup.step"

    def _missing_dyeing(self, company):
        """A step of setting up the mill: its record is in data/."""
        grades = self.env["paper.grade"].search_count([("code", "=", "DYE")], limit=1)
        return "" if grades else self.env._("the grade DYE")

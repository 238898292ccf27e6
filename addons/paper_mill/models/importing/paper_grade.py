from odoo import api, models


class PaperGrade(models.Model):
    _inherit = "paper.grade"

    @api.model
    def get_import_templates(self):
        """Offer the file of the mill besides those that there are."""
        own = {"label": self.env._("Grades of a mill"), "template": "/paper_mill/static/import/grades.csv"}
        return [*super().get_import_templates(), own]

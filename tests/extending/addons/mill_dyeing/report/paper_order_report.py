from odoo import fields, models
from odoo.tools import SQL


class PaperOrderReport(models.Model):
    _inherit = "paper.order.report"

    colour = fields.Char(readonly=True)

    _depends = {"sale.order": ["colour"]}

    def _select_columns(self):
        """A column of the statistics."""
        return {**super()._select_columns(), "colour": SQL("ord.colour")}

from odoo import api, models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _paper_pages(self):
        """Return the names of the reports that are printed on the mill's own page. Override to add."""
        return set()

    def _get_layout(self):
        if self.report_name in self._paper_pages():
            return self.env.ref("paper_base.report_page")
        return super()._get_layout()

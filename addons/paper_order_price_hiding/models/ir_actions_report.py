from odoo import api, models
from odoo.exceptions import AccessError

from .paper_figures_hidden import hides_prices


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_html(self, report_ref, docids, data=None):
        self._check_prints_prices(report_ref)
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        self._check_prints_prices(report_ref)
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    @api.model
    def _check_prints_prices(self, report_ref):
        """Refuse to print an order for a department that works without prices."""
        if hides_prices(self.env) and self._get_report(report_ref).model == "sale.order":
            raise AccessError(self.env._("Your department works without prices: it reads its copy of the contract."))

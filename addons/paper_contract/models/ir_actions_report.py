from odoo import api, models
from odoo.exceptions import AccessError

from .paper_price_hidden import hides_prices

OWN_PAGES = {
    "paper_contract.report_contract",
    "paper_contract.report_contract_case",
    "paper_contract.report_contract_copy",
}


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

    def _get_layout(self):
        """Print contracts on a page of their own that fetches nothing from the server.

        The page is the document that is signed: it shall not depend on a theme, and it is printed within the
        step that sends or signs, where the printer could wait for a style sheet that waits for this step.
        """
        if self.report_name in OWN_PAGES:
            return self.env.ref("paper_contract.report_contract_page")
        return super()._get_layout()

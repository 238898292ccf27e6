from odoo import api, models
from odoo.addons.paper_base.models.money.paper_figures_hidden import hides
from odoo.exceptions import AccessError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _render_qweb_html(self, report_ref, docids, data=None):
        self._check_prints_costs(report_ref)
        return super()._render_qweb_html(report_ref, docids, data=data)

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        self._check_prints_costs(report_ref)
        return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)

    @api.model
    def _check_prints_costs(self, report_ref):
        """Refuse to print a purchase order for a department that works without costs."""
        if hides(self.env, "cost") and self._get_report(report_ref).model == "purchase.order":
            raise AccessError(self.env._("Your department works without costs: purchasing prints purchase orders."))

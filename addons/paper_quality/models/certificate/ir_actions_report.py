from odoo import api, models

PAGES = {
    "paper_quality.report_certificate",
    "paper_quality.report_certificate_both",
    "paper_quality.report_lot_certificate",
    "paper_quality.report_issued_certificate",
}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _paper_pages(self):
        return super()._paper_pages() | PAGES

from odoo import api, models

PAGES = {
    "paper_delivery.report_delivery_note",
    "paper_delivery.report_certificate",
    "paper_delivery.report_loading_list",
    "paper_delivery.report_continuous_note",
    "paper_delivery.report_statement",
}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _paper_pages(self):
        return super()._paper_pages() | PAGES

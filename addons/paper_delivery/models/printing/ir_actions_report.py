from odoo import api, models

PAGES = {"paper_delivery.report_delivery_note", "paper_delivery.report_certificate"}


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _paper_pages(self):
        return super()._paper_pages() | PAGES

from odoo import api, models


class ReportLotCertificate(models.AbstractModel):
    """Certificate of analysis of single reels or pallets."""

    _name = "report.paper_quality.report_lot_certificate"
    _description = "Certificate of Analysis of a Lot"

    @api.model
    def _get_report_values(self, docids, data=None):
        lots = self.env["stock.lot"].browse(docids)
        lots.check_access("read")
        # sudo: the certificate names the customer's order, which whoever may read the lot need not
        return {"docs": lots, "doc_ids": docids, "doc_model": "stock.lot", "certificates": lots.sudo()._certificates()}

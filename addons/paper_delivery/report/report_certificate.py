from odoo import api, models


class ReportCertificate(models.AbstractModel):
    """Certificate of analysis of what a delivery brings, with the weights that it brings."""

    _name = "report.paper_delivery.report_certificate"
    _description = "Certificate of Analysis of a Delivery"

    @api.model
    def _get_report_values(self, docids, data=None):
        pickings = self.env["stock.picking"].browse(docids)
        pickings.check_access("read")
        # sudo: the certificate comes with the goods, whoever may read the inspections behind it
        certificates = [item for picking in pickings.sudo() for item in picking._certificates()]
        return {"docs": pickings, "doc_ids": docids, "doc_model": "stock.picking", "certificates": certificates}

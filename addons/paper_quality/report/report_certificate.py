from odoo import api, models


class ReportCertificate(models.AbstractModel):
    """Certificate of analysis from its inspections, in the language of the customer; refused for what has not passed."""

    _name = "report.paper_quality.report_certificate"
    _description = "Certificate of Analysis"

    @api.model
    def _get_report_values(self, docids, data=None):
        inspections = self.env["qc.inspection"].browse(docids)
        inspections.check_access("read")
        inspections._check_certificate()
        # sudo: the certificate names the customer's order, which whoever may read the inspection need not
        return {"docs": inspections.sudo(), "doc_ids": docids, "doc_model": "qc.inspection", "quantities": None}

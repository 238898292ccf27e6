from odoo import models


class ReportCertificateBoth(models.AbstractModel):
    """The same in Chinese and English."""

    _name = "report.paper_quality.report_certificate_both"
    _inherit = "report.paper_quality.report_certificate"
    _description = "Certificate of Analysis in Chinese and English"

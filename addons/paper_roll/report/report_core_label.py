from odoo import api, models


class ReportCoreLabel(models.AbstractModel):
    """Values of the labels of rolls, counted as printed."""

    _name = "report.paper_roll.report_core_label"
    _description = "Core Label of a Roll"

    @api.model
    def _get_report_values(self, docids, data=None):
        lots = self.env["stock.lot"].browse(docids)
        lots.check_access("read")
        return {"docs": lots, "doc_ids": docids, "doc_model": "stock.lot", "labels": lots._paper_labels()}

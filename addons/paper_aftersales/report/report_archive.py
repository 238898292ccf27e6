from odoo import api, models


class ReportArchive(models.AbstractModel):
    """The values of a customer's after-sales archive in print: an index, then the cases (R7.3.1)."""

    _name = "report.paper_aftersales.report_archive"
    _description = "After-sales Archive in Print"

    @api.model
    def _get_report_values(self, docids, data=None):
        exports = self.env["paper.aftersales.export"].browse(docids)
        data = data or {}
        archive = self.env["paper.aftersales.archive"]
        shown = {}
        for export in exports:
            # sudo: the cases were chosen by the reader's rights
            cases = archive.browse(data["case_ids"]) if "case_ids" in data else export._cases().sudo()
            index = archive.browse(data["index_ids"]) if "index_ids" in data else cases
            shown[export.id] = {"cases": cases, "index": index}
        return {"doc_ids": docids, "doc_model": exports._name, "docs": exports, "shown": shown, "photos": self._photos}

    @api.model
    def _photos(self, ticket):
        """Return the pictures of a ticket, at most six."""
        # sudo: they belong to the ticket that the reader may read
        files = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [("res_model", "=", ticket._name), ("res_id", "=", ticket.id), ("mimetype", "in", ("image/png", "image/jpeg"))],
                limit=6,
            )
        )
        return files

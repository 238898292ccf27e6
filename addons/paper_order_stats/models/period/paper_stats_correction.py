from odoo import api, fields, models


class PaperStatsCorrection(models.Model):
    """By how much a document changed a figure of a period after it had been closed, with what caused it. The figure that
    was reported stays as it was."""

    _name = "paper.stats.correction"
    _description = "Correction of a Closed Period"
    _inherit = ["paper.reported.mixin"]
    _order = "detected_on desc, id desc"
    _rec_name = "document_name"

    period_id = fields.Many2one("paper.stats.period", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="period_id.company_id", store=True, index=True)
    difference = fields.Float(digits=(16, 3), required=True, aggregator=None)
    document_model = fields.Char()
    document_id = fields.Many2oneReference(string="Number of the Document", model_field="document_model", aggregator=None)
    document_name = fields.Char(string="Document")
    cause = fields.Selection([("changed", "Document Changed"), ("deleted", "Document Deleted")], required=True)
    changed_by_id = fields.Many2one("res.users", string="Last Changed by")
    detected_on = fields.Datetime(required=True)

    @api.model
    def _note(self, fact, changes):
        """Note changes: ``[(id of the period, id of the document, measure, difference)]``."""
        model = next(name for name, cls in self.env.registry.items() if cls._table == fact._fact_table and not cls._abstract)
        # sudo: whoever changed a document, the statistics note it
        documents = self.env[model].sudo().browse(sorted({change[1] for change in changes})).exists()
        names = {document.id: document.display_name for document in documents}
        people = {document.id: document.write_uid.id for document in documents}
        return (
            self.sudo()
            ._by_step()
            .create(
                [
                    {
                        "period_id": period,
                        "fact": fact._name,
                        "measure": measure,
                        "difference": float(difference),
                        "document_model": model,
                        "document_id": document if document in names else False,
                        # sudo: only what the model is called is read
                        "document_name": names.get(document) or f"{self.env['ir.model'].sudo()._get(model).name} {document}",
                        "cause": "changed" if document in names else "deleted",
                        "changed_by_id": people.get(document, False),
                        "detected_on": fields.Datetime.now(),
                    }
                    for period, document, measure, difference in changes
                ]
            )
        )

    def action_open_document(self):
        """Open the document that caused the correction, while there is one."""
        self.ensure_one()
        if not self.document_id:
            return False
        return self.env[self.document_model].browse(self.document_id)._get_records_action()

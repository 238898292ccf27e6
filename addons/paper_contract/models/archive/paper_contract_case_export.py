from odoo import fields, models


class PaperContractCaseExport(models.TransientModel):  # pylint: disable=no-wizard-in-models
    """The export of a case that somebody asked for: it holds the file until it is cleaned up. Nobody fills it in."""

    _name = "paper.contract.case.export"
    _description = "Export of a Contract's Case"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True, ondelete="cascade")

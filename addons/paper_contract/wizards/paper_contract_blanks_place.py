from odoo import fields, models


class PaperContractBlanksPlace(models.TransientModel):
    """One place that a clause itself leaves open, shown with the words around it."""

    _name = "paper.contract.blanks.place"
    _description = "Open Place of a Clause"

    wizard_id = fields.Many2one("paper.contract.blanks", required=True, ondelete="cascade")
    clause_id = fields.Many2one("paper.contract.clause", required=True, ondelete="cascade")
    number = fields.Integer(required=True)
    words = fields.Char(string="Place", required=True)
    value = fields.Char(string="Fill in")

from odoo import api, fields, models


class PaperContract(models.Model):
    _inherit = "paper.contract"

    question_ids = fields.One2many(
        "paper.contract.question",
        "contract_id",
        string="Questions",
        groups="paper_contract.group_contract_reader",
        by_steps=True,
    )
    open_question_count = fields.Integer(
        compute="_compute_open_question_count", groups="paper_contract.group_contract_reader"
    )

    @api.depends("question_ids.state")
    def _compute_open_question_count(self):
        for contract in self:
            contract.open_question_count = len(contract.question_ids.filtered(lambda rec: rec.state == "open"))

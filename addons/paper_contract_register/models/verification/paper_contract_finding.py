from odoo import fields, models


class PaperContractFinding(models.Model):
    """Something in the archive of contracts that is not as it was recorded: found by a check, kept as evidence, and
    never written by hand (R4.1.3).
    """

    _name = "paper.contract.finding"
    _description = "Finding of an Archive Check"
    _inherit = ["paper.contract.part"]
    _order = "check_id desc, id"
    _rec_name = "message"

    _all_by_steps = True
    _kept = True

    check_id = fields.Many2one("paper.contract.check", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    contract_id = fields.Many2one("paper.contract", ondelete="set null", index="btree_not_null")
    kind = fields.Selection(
        [
            ("file", "File Altered"),
            ("field", "Field Altered"),
            ("missing", "Record Missing"),
            ("added", "Record Added"),
            ("order", "Order Differs from the Contract"),
            ("entry", "Register Entry Altered"),
            ("chain", "Register Entry Missing"),
        ],
        required=True,
    )
    res_model = fields.Char(string="Model")
    res_id = fields.Many2oneReference(string="Record", model_field="res_model")
    field_name = fields.Char(string="Field or File")
    recorded = fields.Char(string="As Recorded")
    found = fields.Char(string="As Found")
    message = fields.Char()

    def action_open_contract(self):
        """Open the contract that the finding is about."""
        self.ensure_one()
        return self.contract_id._open_action() if self.contract_id else False

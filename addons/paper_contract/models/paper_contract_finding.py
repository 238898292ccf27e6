from odoo import fields, models


class PaperContractFinding(models.Model):
    """Something in the archive of contracts that is not as it was recorded: found by a check, kept as evidence, and
    never written by hand (R4.1.3).
    """

    _name = "paper.contract.finding"
    _description = "Finding of an Archive Check"
    _order = "check_id desc, id"
    _rec_name = "message"

    check_id = fields.Many2one("paper.contract.check", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    contract_id = fields.Many2one("paper.contract", readonly=True, ondelete="set null", index="btree_not_null")
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
        readonly=True,
    )
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", readonly=True)
    field_name = fields.Char(string="Field or File", readonly=True)
    recorded = fields.Char(string="As Recorded", readonly=True)
    found = fields.Char(string="As Found", readonly=True)
    message = fields.Char(readonly=True)

    def action_open_contract(self):
        """Open the contract that the finding is about."""
        self.ensure_one()
        return self.contract_id._open_action() if self.contract_id else False

from odoo import api, fields, models


class PaperContractReason(models.TransientModel):
    """Asks for the opinion with which legal returns a contract, or for the reason to end one."""

    _name = "paper.contract.reason"
    _description = "Reason to Return or End a Contract"

    kind = fields.Selection([("return", "Return to Sales"), ("terminate", "End the Contract")], required=True)
    review_id = fields.Many2one("paper.contract.review")
    contract_id = fields.Many2one("paper.contract", required=True)
    reason = fields.Text(required=True)

    @api.model
    def _open(self, kind, review=None, contract=None):
        names = {"return": self.env._("Return the Contract"), "terminate": self.env._("End the Contract")}
        return {
            "type": "ir.actions.act_window",
            "name": names[kind],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_kind": kind,
                "default_review_id": review.id if review else False,
                "default_contract_id": (contract or review.contract_id).id,
            },
        }

    def action_apply(self):
        """Take the step with the given reason; the step itself checks who may take it."""
        self.ensure_one()
        if self.kind == "return":
            self.review_id.action_return(self.reason)
        else:
            self.contract_id.action_terminate(self.reason)
        return {"type": "ir.actions.act_window_close"}

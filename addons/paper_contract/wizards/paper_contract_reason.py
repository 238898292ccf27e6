from odoo import api, fields, models


class PaperContractReason(models.TransientModel):
    """Asks for the text of a step: why legal returns a contract, why it is ended, what sales answers."""

    _name = "paper.contract.reason"
    _description = "Reason to Return or End a Contract"

    kind = fields.Selection(
        [
            ("return", "Return to Sales"),
            ("terminate", "End the Contract"),
            ("opinion", "Answer an Opinion"),
            ("warning", "Answer a Warning"),
            ("signature", "Refuse a Sealed Paper"),
            ("late", "Let a Late Change through"),
        ],
        required=True,
    )
    opinion_id = fields.Many2one("paper.contract.opinion")
    signature_id = fields.Many2one("paper.contract.signature")
    warning_id = fields.Many2one("paper.contract.warning")
    review_id = fields.Many2one("paper.contract.review")
    contract_id = fields.Many2one("paper.contract", required=True)
    reason = fields.Text(required=True)

    @api.model
    def _open(self, kind, review=None, contract=None, opinion=None, warning=None, signature=None):
        names = {
            "return": self.env._("Return the Contract"),
            "terminate": self.env._("End the Contract"),
            "opinion": self.env._("Answer the Opinion"),
            "warning": self.env._("Answer the Warning"),
            "signature": self.env._("Refuse the Sealed Paper"),
            "late": self.env._("Let the Late Change through"),
        }
        contract = contract or (review or opinion or warning or signature).contract_id
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
                "default_opinion_id": opinion.id if opinion else False,
                "default_signature_id": signature.id if signature else False,
                "default_warning_id": warning.id if warning else False,
                "default_contract_id": contract.id,
            },
        }

    def action_apply(self):
        """Take the step with the given reason; the step itself checks who may take it."""
        self.ensure_one()
        steps = {
            "return": self.review_id.action_return,
            "terminate": self.contract_id.action_terminate,
            "late": self.contract_id.action_allow_late_change,
            "opinion": self.opinion_id.action_answer,
            "warning": self.warning_id.action_answer,
            "signature": lambda reason: self.signature_id.action_refuse(reason),
        }
        steps[self.kind](self.reason)
        return {"type": "ir.actions.act_window_close"}

from odoo import api, fields, models


class PaperContract(models.Model):
    """What the evaluation gave for the order of a contract: promise date, conditions, machine hours (R3.3.2, R4.1.1)."""

    _inherit = "paper.contract"

    promise_date = fields.Date(
        compute="_compute_promise",
        groups="base.group_user",
        help="When the whole order can be with the customer, by the evaluation that it passed.",
    )
    evaluation_conditions = fields.Text(
        string="Conditions of the Evaluation", compute="_compute_promise", groups="base.group_user"
    )

    @api.depends("order_id.paper_evaluation_ids.state", "change_ids.is_changed", "new_commitment_date")
    @api.depends_context("lang")
    def _compute_promise(self):
        for contract in self:
            contract.promise_date = contract._judged_evaluation().promise_date or contract.order_id._contract_promise_date()
            contract.evaluation_conditions = contract._promise_conditions() or False

    def _promise_conditions(self):
        evaluation = self._judged_evaluation()
        return (evaluation.conditions or "") if evaluation._is_conditional() else ""

    def _judged_evaluation(self):
        """Return the evaluation that passed what the contract says: the supplement's own where it has one, else the order's."""
        self.ensure_one()
        own = self._evaluation() if self.parent_id else self.env["paper.evaluation"]
        valid = own and own._is_passed() and not own._is_outdated()
        return own if valid else self.order_id._valid_evaluation()

    @api.model
    def _warning_texts(self):
        _ = self.env._
        return {
            **super()._warning_texts(),
            "evaluation_conditions": _(
                "The evaluation was passed with conditions; see that the contract keeps them: %(conditions)s"
            ),
            "slots_expired": _(
                "The machine hours that were held for %(order)s are free again: the promised date may not hold. "
                "Production planning holds them anew on the evaluation."
            ),
        }

    def _delivery_warnings(self, order):
        found = super()._delivery_warnings(order)
        # Of a supplement without an evaluation of its own the order's conditions are no news.
        conditions = self._promise_conditions() if not self.parent_id or self._evaluation() else ""
        if conditions:
            found["evaluation_conditions"] = (False, {"conditions": conditions})
        if self._slots_expired():
            found["slots_expired"] = (False, {"order": order.name})
        return found

    def _slots_expired(self):
        """Say whether hours were held for the evaluation and nobody holds them any more."""
        slots = self.order_id._valid_evaluation().reservation_ids
        if self.order_id.state == "sale" or not slots.filtered("expires_on"):
            return False
        return not any(slot._is_alive() for slot in slots)

    def _send_sign_link(self):
        result = super()._send_sign_link()
        # Who is asked to sign a delivery date can rely on it as long as he may sign.
        until = self.sudo().sign_token_expires  # sudo: sales may not write the slots that its order holds
        held = self.sudo().order_id.paper_reservation_ids.filtered(
            lambda slot: slot.state == "held" and slot._is_alive() and slot.expires_on and slot.expires_on < until
        )
        held._prolong(until)
        return result

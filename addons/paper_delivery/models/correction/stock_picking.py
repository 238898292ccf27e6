from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ...exceptions import ProofCorrectionError
from ..notice.paper_dispatch_notice import LOGISTICS, SALES


class StockPicking(models.Model):
    """A proof that was wrong: a second person corrects it, and the first stays as an event."""

    _inherit = "stock.picking"

    can_correct_proof = fields.Boolean(compute="_compute_can_correct_proof")

    @api.depends("is_paper_dispatch", "state", "paper_proof_on", "paper_proof_by_id")
    @api.depends_context("uid")
    def _compute_can_correct_proof(self):
        may = self._is_one_of((LOGISTICS, SALES))
        for picking in self:
            signed = picking._is_left() and picking.paper_proof_on
            picking.can_correct_proof = bool(may and signed and picking.paper_proof_by_id != self.env.user)

    def action_correct_proof(self, reason, signer=None, received_on=None, accepted=True, remarks=None, lines=None):
        """Correct a recorded proof of delivery (R6.3.1); logistics or sales, but not who recorded it.

        What was signed first stays as an event of the delivery, beside the correction with its reason.

        :param reason: why the first proof is wrong
        :param lines: see :meth:`action_record_proof`
        :raises ProofCorrectionError: by who recorded it, without a reason, or where nothing was signed yet
        """
        self.ensure_one()
        self._check_hands((LOGISTICS, SALES))
        self.check_access("read")
        lock_or_tell(self)
        if not self.paper_proof_on:
            raise ProofCorrectionError(self.env._("%(delivery)s has not been signed for yet.", delivery=self.name))
        if self.paper_proof_by_id == self.env.user:
            raise ProofCorrectionError(self.env._("You recorded this proof: somebody else corrects it."))
        reason = said(reason)
        if not reason:
            raise ProofCorrectionError(self.env._("Say why the proof of %(delivery)s is corrected.", delivery=self.name))
        picking = self.sudo()  # sudo: see _record_proof
        before = picking._proof_said()
        if not picking.paper_event_ids.filtered(lambda event: event.kind == "sign"):
            picking._note_event("sign", before)
        vals = picking._prepare_proof(signer or picking.paper_signer, picking.signature, received_on, accepted, remarks)
        picking._receive(lines or [])
        picking._by_step().write({key: value for key, value in vals.items() if key != "signature"})
        picking._note_event("correction", {**picking._proof_said(), "reason": reason, "before": before}, note=reason)
        picking.message_post(body=self.env._("The proof of delivery was corrected: %(reason)s", reason=reason))
        picking._attach_sign()
        picking._tell_sales()
        picking.sale_id._paper_weight_changed()
        return True

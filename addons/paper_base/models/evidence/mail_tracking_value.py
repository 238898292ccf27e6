from odoo import api, models

from ...exceptions import EvidenceError
from .permit import TRACKING, is_permitted, is_system


class MailTrackingValue(models.Model):
    """What the system noted about a change of a document of the house is made by the system, and stays."""

    _inherit = "mail.tracking.value"

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        if not is_system(self.env):
            made._refuse_hand()
        return made

    def write(self, vals):
        self._refuse_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_evidence(self):
        self._refuse_hand()

    def _refuse_hand(self):
        if is_permitted(self.env, TRACKING) or self.env["paper.step.mixin"]._is_loading():
            return
        models = set(self.sudo().mail_message_id.mapped("model"))  # sudo: only what it is about is asked
        if any(hasattr(self.env.get(model), "_evidence") for model in models if model):
            raise EvidenceError(self.env._("What was changed is noted by the system, not by hand."))

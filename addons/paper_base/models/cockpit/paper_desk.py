from odoo import api, models
from odoo.fields import Domain

from ...lib.desk import Figure

TO_DOS = "mail.activity"


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _escalation_figures(self):
        """Return what was escalated to the user and waits still, by kind of document: deadlines that were missed."""
        missed = Domain("paper_kind", "=", "missed") & Domain("user_id", "=", self.env.uid)
        # sudo: the own to-dos, which Odoo would look up document by document; only how many they are is told
        found = self.env[TO_DOS].sudo()._read_group(missed, ["res_model_id"], ["__count"], order="__count DESC")
        bars = [(model.name, count, count, missed & Domain("res_model_id", "=", model.id)) for model, count in found]
        name, count = self.env._("Missed deadlines that were reported to you"), sum(bar[1] for bar in bars)
        tone = "bad" if count else "good"
        return [Figure("escalated", name, count, TO_DOS, missed, tone=tone, bars=bars, action="mail.mail_activity_action_my")]

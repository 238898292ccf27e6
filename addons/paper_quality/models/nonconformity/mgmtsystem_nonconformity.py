from odoo import fields, models
from odoo.addons.paper_base.lib.words import said


class MgmtsystemNonconformity(models.Model):
    """What did not conform, why, and what is done about it (R5.3.2)."""

    _inherit = "mgmtsystem.nonconformity"

    inspection_id = fields.Many2one("qc.inspection", string="Inspection", index="btree_not_null", copy=False)

    def _is_corrected(self):
        """Say whether the cause is found and a corrective action is recorded."""
        self.ensure_one()
        cause = self.cause_ids or said(self.analysis)
        action = self.action_ids or self.immediate_action_id or said(self.action_comments)
        return bool(cause and action)

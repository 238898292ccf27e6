from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_slots_unguarded = fields.Boolean(compute="_compute_paper_slots_unguarded")

    def _compute_paper_slots_unguarded(self):
        # sudo: only whether the database has a rule is asked
        self.paper_slots_unguarded = not self.env["paper.slot.reservation"].sudo()._has_exclusion()

from odoo import models


class PaperSpec(models.Model):
    _inherit = "paper.spec"

    def _widest_deckle(self):
        machines = self.env["mrp.workcenter"]._paper_widest_deckle(self.company_id.id)
        return max(super()._widest_deckle(), machines)

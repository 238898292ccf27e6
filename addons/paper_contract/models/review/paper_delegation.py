from odoo import api, models
from odoo.addons.paper_base.models.department.paper_delegation import Seat

LEGAL = "legal"


class PaperDelegation(models.Model):
    """The seat of the legal review: only who reads contracts with prices stands in for a lawyer (R4.1.2)."""

    _inherit = "paper.delegation"

    @api.model
    def _paper_seats(self):
        legal = Seat(
            self.env._("Legal Review"), group="paper_base.group_legal", readers=("paper_contract.group_contract_reader",)
        )
        return {**super()._paper_seats(), LEGAL: legal}

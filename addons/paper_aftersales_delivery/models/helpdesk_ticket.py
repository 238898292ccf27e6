from odoo import fields, models


class HelpdeskTicket(models.Model):
    """The time for claims begins with the proof of delivery (R7.1.1)."""

    _inherit = "helpdesk.ticket"

    proof_picking_id = fields.Many2one(
        "stock.picking",
        string="Reported at Delivery",
        index="btree_not_null",
        ondelete="restrict",
        by_steps=True,
        groups="base.group_user",
        help="The delivery whose proof opened this complaint.",
    )

    def _claim_start(self):
        proven = [picking.paper_received_on for picking in self._claim_pickings() if picking.paper_proof_on]
        return max(filter(None, proven), default=None)

from odoo import api, models
from odoo.tools import SQL


class PaperAftersalesSummary(models.Model):
    """Complaints by the machine that made the claimed roll (R7.3.2)."""

    _inherit = "paper.aftersales.summary"

    @api.model
    def _machine_sql(self):
        return SQL(
            """(SELECT lot.paper_machine_id FROM stock_lot lot
                 WHERE lot.id = COALESCE(ticket.lot_id, (SELECT min(roll.lot_id) FROM paper_claim_roll roll
                                                          WHERE roll.ticket_id = ticket.id)))"""
        )

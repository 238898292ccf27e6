from odoo import fields, models


class PaperSlotReservation(models.Model):
    """The slots that an order under evaluation holds (R3.3.2)."""

    _inherit = "paper.slot.reservation"

    evaluation_id = fields.Many2one("paper.evaluation", ondelete="cascade", index=True)

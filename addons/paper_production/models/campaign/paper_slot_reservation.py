from odoo import fields, models


class PaperSlotReservation(models.Model):
    _inherit = "paper.slot.reservation"

    campaign_id = fields.Many2one(related="workorder_id.production_id.paper_campaign_id", string="Campaign")

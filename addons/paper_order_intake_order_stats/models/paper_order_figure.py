from odoo import fields, models


class PaperOrderFigure(models.AbstractModel):
    _inherit = "paper.order.figure"

    channel_id = fields.Many2one("paper.intake.channel", string="Channel", readonly=True)

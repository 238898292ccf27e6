from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_max_deckle = fields.Float(related="company_id.paper_max_deckle", readonly=False)

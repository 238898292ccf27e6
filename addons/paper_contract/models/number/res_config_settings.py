from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_gapless_numbers = fields.Boolean(related="company_id.paper_gapless_numbers", readonly=False)

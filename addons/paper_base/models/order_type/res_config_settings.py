from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_sample_limit_kg = fields.Float(related="company_id.paper_sample_limit_kg", readonly=False)

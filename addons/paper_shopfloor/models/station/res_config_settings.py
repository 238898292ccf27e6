from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_shift_hour = fields.Float(related="company_id.paper_shift_hour", readonly=False)
    paper_energy_by_hours = fields.Float(related="company_id.paper_energy_by_hours", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_roll_overweight = fields.Float(related="company_id.paper_roll_overweight", readonly=False)
    paper_balance_tolerance = fields.Float(related="company_id.paper_balance_tolerance", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_trim_counted = fields.Float(related="company_id.paper_trim_counted", readonly=False)
    paper_broke_value = fields.Float(related="company_id.paper_broke_value", readonly=False)

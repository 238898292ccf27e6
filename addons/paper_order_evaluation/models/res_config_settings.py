from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_evaluation_days = fields.Integer(related="company_id.paper_evaluation_days", readonly=False)
    paper_evaluation_min_margin = fields.Float(related="company_id.paper_evaluation_min_margin", readonly=False)

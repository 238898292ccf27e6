from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_legal_review_days = fields.Integer(related="company_id.paper_legal_review_days", readonly=False)

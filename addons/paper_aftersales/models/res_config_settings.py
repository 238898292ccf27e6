from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_answer_days = fields.Integer(related="company_id.paper_answer_days", readonly=False)
    paper_complaint_days = fields.Integer(related="company_id.paper_complaint_days", readonly=False)

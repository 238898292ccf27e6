from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_plan_seconds = fields.Integer(related="company_id.paper_plan_seconds", readonly=False)

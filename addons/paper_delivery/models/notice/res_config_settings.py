from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_dispatch_notice_days = fields.Integer(related="company_id.paper_dispatch_notice_days", readonly=False)
    paper_proof_days = fields.Integer(related="company_id.paper_proof_days", readonly=False)
    paper_early_days = fields.Integer(related="company_id.paper_early_days", readonly=False)

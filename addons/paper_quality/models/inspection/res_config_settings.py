from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_final_test_id = fields.Many2one(related="company_id.paper_final_test_id", readonly=False)
    paper_quality_tolerance = fields.Float(related="company_id.paper_quality_tolerance", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_checker_not_picker = fields.Boolean(related="company_id.paper_checker_not_picker", readonly=False)
    paper_scan_loading = fields.Boolean(related="company_id.paper_scan_loading", readonly=False)

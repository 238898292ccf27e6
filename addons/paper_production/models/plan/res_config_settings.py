from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_operations_overlap = fields.Boolean(related="company_id.paper_operations_overlap", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_entry_by_note = fields.Boolean(related="company_id.paper_entry_by_note", readonly=False)
    paper_entry_tolerance = fields.Float(related="company_id.paper_entry_tolerance", readonly=False)

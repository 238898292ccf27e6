from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_material_slack_days = fields.Integer(related="company_id.paper_material_slack_days", readonly=False)
    paper_supplier_on_time = fields.Float(related="company_id.paper_supplier_on_time", readonly=False)

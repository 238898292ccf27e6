from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_supplier_minimum = fields.Float(related="company_id.paper_supplier_minimum", readonly=False)
    paper_purchase_terms = fields.Text(related="company_id.paper_purchase_terms", readonly=False)

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_label_standard = fields.Selection(related="company_id.paper_label_standard", readonly=False, required=True)
    paper_gs1_prefix = fields.Char(related="company_id.paper_gs1_prefix", readonly=False)
    paper_ifra_manufacturer = fields.Integer(related="company_id.paper_ifra_manufacturer", readonly=False)
    paper_tappi_mill = fields.Char(related="company_id.paper_tappi_mill", readonly=False)

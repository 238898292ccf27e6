from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_transit_days = fields.Integer(related="company_id.paper_transit_days", readonly=False)
    paper_reservation_days = fields.Integer(related="company_id.paper_reservation_days", readonly=False)
    paper_overtime_hours = fields.Float(related="company_id.paper_overtime_hours", readonly=False)
    paper_overtime_surcharge = fields.Float(related="company_id.paper_overtime_surcharge", readonly=False)

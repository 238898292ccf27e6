from odoo import fields, models


class FleetVehicleModelCategory(models.Model):
    _inherit = "fleet.vehicle.model.category"

    paper_floor_length = fields.Integer(string="Floor Length (mm)")
    paper_floor_width = fields.Integer(string="Floor Width (mm)")
    paper_floor_height = fields.Integer(string="Inside Height (mm)")

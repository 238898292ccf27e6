from odoo import fields, models


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    paper_by_tonnage = fields.Boolean(
        string="By Tonnage", copy=False, help="Asked for because its machine made the tonnes for it."
    )
    paper_is_overhaul = fields.Boolean(
        string="Overhaul",
        help="The machine is taken apart: a closure that is planned with the campaigns, which go around it.",
    )

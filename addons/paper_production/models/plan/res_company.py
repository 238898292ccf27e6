from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_operations_overlap = fields.Boolean(
        string="Operations Overlap",
        help="An operation may start as soon as the one before it has begun, instead of when it is finished.",
    )

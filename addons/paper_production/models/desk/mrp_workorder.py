from odoo import fields, models


class MrpWorkorder(models.Model):
    """What a crew reads in the list of work: for which order which paper is made, and until when (R5.3.1)."""

    _inherit = "mrp.workorder"

    paper_spec_id = fields.Many2one(related="production_id.paper_spec_id")
    paper_origin = fields.Char(related="production_id.origin", string="Order", help="")
    paper_deadline = fields.Datetime(related="production_id.date_deadline", string="Deadline", help="")

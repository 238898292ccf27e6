from odoo import fields, models


class HelpdeskTicketStage(models.Model):
    _inherit = "helpdesk.ticket.stage"

    paper_unfounded = fields.Boolean(
        string="Unfounded",
        help="What ends in this stage was no fault of the mill: it counts neither in the statistics nor in the customer's "
        "credit.",
    )

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_copy_read_days = fields.Integer(
        string="Reading a Contract Copy (working days)",
        default=2,
        help="Working days in which a department confirms that it has read its copy of a contract; 0 sets no deadline.",
    )

    _paper_copy_read_days_positive = models.Constraint(
        "CHECK(paper_copy_read_days >= 0)", "The days to read a copy cannot be negative."
    )

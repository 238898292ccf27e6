from odoo import fields, models


class QcTestQuestion(models.Model):
    _inherit = "qc.test.question"

    paper_property = fields.Selection(
        [
            ("appearance", "Appearance"),
            ("width", "Width"),
            ("length", "Sheet Length"),
            ("reel_diameter", "Reel Diameter"),
            ("basis_weight", "Basis Weight"),
            ("caliper", "Caliper"),
            ("moisture", "Moisture"),
        ],
        string="Figure of the Paper",
        help="The figure of the specification that this question asks for: its value and limits are taken from "
        "there. What the specification sets no limit for is measured and recorded.",
    )
    paper_unit = fields.Char(string="Unit", help="Unit of the answer, for example g/m², % or mm.")
    paper_method = fields.Char(string="Method", help="Test method with its edition, for example GB/T 451.2-2002.")

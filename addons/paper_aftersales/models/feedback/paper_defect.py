from odoo import fields, models

GROUPS = [
    ("appearance", "Appearance"),
    ("dimension", "Dimensions"),
    ("strength", "Strength"),
    ("printability", "Printability"),
    ("moisture", "Moisture and Flatness"),
    ("winding", "Winding and Sheeting"),
    ("packing", "Packing and Labels"),
    ("transport", "Transport Damage"),
    ("weight", "Weight and Count"),
    ("service", "Service"),
]


class PaperDefect(models.Model):
    """A defect by the trade's name: what customers complain about, what to tell them at once, and until when it may be claimed
    (R7.1.1, R7.1.2). The quality department keeps the list.
    """

    _name = "paper.defect"
    _description = "Defect of Paper"
    _order = "group, sequence, code"
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code that stands in lists and in letters to customers.")
    group = fields.Selection(GROUPS, required=True, default="appearance", index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    hidden = fields.Boolean(
        string="Shows Only in Use",
        help="A hidden defect is claimed within the longer time of the contract, one of appearance or quantity within the "
        "shorter (Civil Code, articles 621 and 622).",
    )
    guidance = fields.Text(
        translate=True, help="What the customer can do at once, and what to ask for: samples, labels, photos (R7.1.2)."
    )

    _code_uniq = models.UniqueIndex("(code)", "There is a defect with this code already.")

    def _compute_display_name(self):
        for defect in self:
            defect.display_name = f"{defect.code} {defect.name}" if defect.code else defect.name

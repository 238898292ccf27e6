from odoo import fields, models

MILLIMETRE = (16, 2)
KILOGRAM = (16, 3)


class PaperRollEntryLine(models.TransientModel):
    _name = "paper.roll.entry.line"
    _description = "Roll to Be Entered"

    entry_id = fields.Many2one("paper.roll.entry", required=True, ondelete="cascade")
    name = fields.Char(string="Roll No.", required=True)
    paper_gross_kg = fields.Float(string="Gross (kg)", digits=KILOGRAM)
    paper_tare_kg = fields.Float(string="Tare (kg)", digits=KILOGRAM)
    paper_width = fields.Float(string="Width (mm)", digits=MILLIMETRE)
    paper_length = fields.Float(string="Web Length (m)", digits=MILLIMETRE)
    paper_diameter = fields.Float(string="Diameter (mm)", digits=MILLIMETRE)
    paper_set_number = fields.Integer(string="Set No.")
    paper_position = fields.Integer(string="Position", help="Place across the web, counted from the drive side.")
    paper_joints = fields.Integer(string="Joints")

    def _roll(self):
        names = [name for name in self._fields if name.startswith("paper_")]
        return {"name": self.name, **{name: self[name] for name in names}}

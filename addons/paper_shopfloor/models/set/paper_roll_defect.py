from odoo import fields, models

DEFECTS = [
    ("joint", "Joint"),
    ("hole", "Hole"),
    ("streak", "Streak"),
    ("wrinkle", "Wrinkle"),
    ("edge", "Edge Damage"),
    ("dirt", "Dirt"),
    ("other", "Other"),
]


class PaperRollDefect(models.Model):
    """A joint or defect in a roll and where it lies, as the crew saw it."""

    _name = "paper.roll.defect"
    _description = "Defect of a Roll"
    _inherit = ["paper.guarded.mixin"]
    _order = "lot_id, at_m, id"
    _all_by_steps = True
    _evidence_states = ()
    _rec_name = "kind"

    lot_id = fields.Many2one("stock.lot", string="Roll", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="lot_id.company_id", store=True, index=True)
    kind = fields.Selection(DEFECTS, required=True, default="joint")
    at_m = fields.Float(string="At (m)", digits=(16, 1), help="Metres from the beginning of the web in this roll.")
    note = fields.Char()

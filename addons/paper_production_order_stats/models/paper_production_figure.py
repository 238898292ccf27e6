from odoo import fields, models


class PaperProductionFigure(models.AbstractModel):
    _inherit = "paper.production.figure"

    shift = fields.Selection([("early", "Early"), ("late", "Late"), ("night", "Night")], readonly=True)
    recorded_kg = fields.Float(string="Recorded as Made (kg)", readonly=True, help="By the operators, each shift on its day.")
    recorded_broke_kg = fields.Float(string="Recorded as Broke (kg)", readonly=True)
    recorded_material_kg = fields.Float(string="Recorded as Used (kg)", readonly=True)

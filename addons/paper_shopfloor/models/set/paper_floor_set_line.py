from odoo import fields, models


class PaperFloorSetLine(models.Model):
    """A roll of a set: its number and place across the web; its lot once it is weighed."""

    _name = "paper.floor.set.line"
    _description = "Roll of a Set"
    _inherit = ["paper.guarded.mixin"]
    _order = "set_id, position, id"
    _all_by_steps = True
    _evidence_states = ()

    set_id = fields.Many2one("paper.floor.set", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="set_id.company_id", store=True, index=True)
    name = fields.Char(string="Roll No.", required=True, index=True)
    position = fields.Integer(aggregator=None)
    width = fields.Float(string="Width (mm)", digits=(16, 2), aggregator=None)
    length = fields.Float(string="Web Length (m)", digits=(16, 2), aggregator=None)
    diameter = fields.Float(string="Diameter (mm)", digits=(16, 2), aggregator=None)
    lot_id = fields.Many2one("stock.lot", string="Roll", index="btree_not_null", ondelete="set null")

    _name_once = models.UniqueIndex("(set_id, name)", "This roll stands in the set already.")

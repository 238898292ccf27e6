from odoo import api, fields, models


class PaperFloorSet(models.Model):
    """A set that came off the winder, or a jumbo that came down: declared once, whichever tablet says it; its rolls are weighed
    one by one, and those that are not yet are named.
    """

    _name = "paper.floor.set"
    _description = "Set on the Floor"
    _inherit = ["paper.guarded.mixin"]
    _order = "production_id, number desc"
    _all_by_steps = True
    _evidence_states = ()
    _rec_name = "number"

    production_id = fields.Many2one("mrp.production", string="Order", required=True, index=True, ondelete="cascade")
    workorder_id = fields.Many2one("mrp.workorder", string="Work Order", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="production_id.company_id", store=True, index=True)
    number = fields.Integer(string="Set No.", required=True, aggregator=None)
    jumbo_id = fields.Many2one("stock.lot", string="Cut From", index="btree_not_null", ondelete="restrict")
    event_id = fields.Many2one("paper.floor.event", string="Reported by", index="btree_not_null", ondelete="set null")
    line_ids = fields.One2many("paper.floor.set.line", "set_id", string="Rolls")
    left_count = fields.Integer(string="To Be Weighed", compute="_compute_left_count")

    _number_once = models.UniqueIndex("(production_id, number)", "This set is declared already.")

    @api.depends("line_ids.lot_id")
    def _compute_left_count(self):
        for turn in self:
            turn.left_count = len(turn.line_ids.filtered(lambda line: not line.lot_id))

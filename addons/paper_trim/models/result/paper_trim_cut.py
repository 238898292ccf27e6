from odoo import fields, models

from .paper_trim_pattern import METRE


class PaperTrimCut(models.Model):
    """A part of a piece's length that is cut for one item; without an item it is lost to a fault of the jumbo."""

    _name = "paper.trim.cut"
    _description = "Cut of a Pattern"
    _inherit = ["paper.guarded.mixin"]
    _order = "pattern_id, place, start_m, id"
    _all_by_steps = True
    _evidence_states = ()

    pattern_id = fields.Many2one("paper.trim.pattern", required=True, index=True, ondelete="cascade")
    result_id = fields.Many2one(related="pattern_id.result_id", store=True, index=True)
    company_id = fields.Many2one(related="pattern_id.company_id", store=True, index=True)
    place = fields.Integer(aggregator=None, help="From the first edge of the web, counted from 0.")
    width = fields.Float(string="Width (mm)", digits=(16, 2), aggregator=None)
    item_id = fields.Many2one("paper.trim.item", index="btree_not_null", ondelete="restrict")
    production_id = fields.Many2one(
        related="item_id.production_id", string="Manufacturing Order", store=True, index="btree_not_null"
    )
    start_m = fields.Float(string="From (m)", digits=METRE, aggregator=None)
    metres = fields.Float(string="Length (m)", digits=METRE)
    reels = fields.Integer()
    kg = fields.Float(string="Weight (kg)", digits=(16, 3))

from odoo import fields, models


class PaperTrimSet(models.Model):
    """A set that the winder is to wind by the chosen result: the pattern, how long, how thick, on which core, in which turn."""

    _name = "paper.trim.set"
    _description = "Set to Be Wound"
    _inherit = ["paper.guarded.mixin"]
    _order = "result_id, number"
    _all_by_steps = True
    _evidence_states = ()
    _rec_name = "number"

    result_id = fields.Many2one("paper.trim.result", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="result_id.company_id", store=True, index=True)
    pattern_id = fields.Many2one("paper.trim.pattern", required=True, index=True, ondelete="cascade")
    plan_id = fields.Many2one(related="result_id.problem_id.plan_id", store=True, index="btree_not_null")
    number = fields.Integer(string="Set No.", aggregator=None)
    widths = fields.Char(related="pattern_id.widths")
    metres = fields.Float(string="Length (m)", digits=(16, 2))
    diameter = fields.Float(string="Diameter (mm)", digits=(16, 1), aggregator=None)
    core = fields.Float(string="Core (mm)", digits=(16, 1), aggregator=None)

    def _rolls_of(self, production):
        """Return what of the set is wound for an order: [(cut, metres)], from edge to edge."""
        self.ensure_one()
        start = self.metres * list(self.pattern_id.set_ids.sorted("number")).index(self)
        rolls = []
        for cut in self.pattern_id.cut_ids.filtered(lambda rec: rec.production_id == production):
            metres = min(start + self.metres, cut.start_m + cut.metres) - max(start, cut.start_m)
            if metres > 0.01:
                rolls.append((cut, metres))
        return rolls

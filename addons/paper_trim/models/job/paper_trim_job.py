from odoo import fields, models


class PaperTrimJob(models.Model):
    """How far the computing of a trim problem has come; written by the job alone, beside the problem that people work on."""

    _name = "paper.trim.job"
    _description = "Computing of a Trim"
    _inherit = ["paper.guarded.mixin"]
    _all_by_steps = True
    _evidence_states = ()
    _rec_name = "problem_id"

    problem_id = fields.Many2one("paper.trim.problem", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="problem_id.company_id", store=True, index=True)
    phase = fields.Selection(
        [("first", "First Plan"), ("waste", "Least Waste"), ("patterns", "Fewest Patterns"), ("proof", "Proof of the Bound")]
    )
    began_on = fields.Datetime()
    seen_on = fields.Datetime(string="Last Sign of Life")
    seconds = fields.Float()
    waste = fields.Float(string="Waste (%)", digits=(16, 3))
    bound = fields.Float(string="Bound (%)", digits=(16, 3))
    patterns = fields.Integer()
    pattern_bound = fields.Integer()
    attempts = fields.Integer()

    _problem = models.UniqueIndex("(problem_id)")

from odoo import api, fields, models

from ...exceptions import InspectionClosedError, SamplingError
from ...lib.sampling import Plan, Stage


class PaperInspectionSample(models.Model):
    """What a sampling plan takes of the lot for one class of defects, and how many bad units were found."""

    _name = "paper.inspection.sample"
    _description = "Sample of an Inspection"
    _inherit = ["paper.step.mixin"]
    _order = "inspection_id, id"
    _all_by_steps = True
    _step_field = "verdict"
    _field_error = SamplingError

    inspection_id = fields.Many2one("qc.inspection", required=True, ondelete="cascade", index=True)
    class_id = fields.Many2one("paper.sampling.class", string="Class of the Scheme", ondelete="set null", index="btree_not_null")
    name = fields.Char(string="Class", required=True)
    aql = fields.Float(string="AQL (%)", digits=(8, 3))
    letter = fields.Char()
    is_whole = fields.Boolean(string="Whole Lot", help="The lot is no larger than the sample: each unit is inspected.")
    size1 = fields.Integer(string="Sample")
    ac1 = fields.Integer(string="Ac")
    re1 = fields.Integer(string="Re")
    size2 = fields.Integer(string="Second Sample")
    ac2 = fields.Integer(string="Ac (both)")
    re2 = fields.Integer(string="Re (both)")
    taken1 = fields.Boolean(string="Taken", by_hand={"any": ()})
    found1 = fields.Integer(string="Bad", by_hand={"any": ()})
    taken2 = fields.Boolean(string="Second Taken", by_hand={"any": ()})
    found2 = fields.Integer(string="Bad in Second", by_hand={"any": ()})
    verdict = fields.Selection(
        [("open", "Open"), ("second", "Take the Second"), ("accepted", "Accepted"), ("rejected", "Refused")],
        compute="_compute_verdict",
        store=True,
    )

    _figures = models.Constraint("CHECK(found1 >= 0 AND found2 >= 0)", "No fewer than none are bad.")

    def _plan(self):
        self.ensure_one()
        stages = (Stage(self.size1, self.ac1, self.re1), Stage(self.size2, self.ac2, self.re2))
        return Plan(self.letter, stages if self.size2 else stages[:1], self.is_whole)

    def _found(self):
        self.ensure_one()
        return ((self.found1,) if self.taken1 else ()) + ((self.found2,) if self.taken1 and self.taken2 and self.size2 else ())

    @api.depends("taken1", "found1", "taken2", "found2")
    def _compute_verdict(self):
        for sample in self:
            sample.verdict = sample._plan().verdict(sample._found())

    @api.onchange("found1", "found2")
    def _onchange_found(self):
        self.taken1 = self.taken1 or bool(self.found1)
        self.taken2 = self.taken2 or bool(self.found2)

    @api.constrains("found1", "found2")
    def _check_found(self):
        for sample in self.filtered(lambda rec: rec.found1 > rec.size1 or rec.found2 > rec.size2):
            raise SamplingError(
                self.env._("Class %(name)s: more bad units than the sample holds.", name=sample.name)
            )

    def write(self, vals):
        for inspection in self.inspection_id.filtered(lambda rec: rec._is_closed()):
            raise InspectionClosedError(
                self.env._("The inspection %(name)s is confirmed: its samples stay.", name=inspection.name)
            )
        given = {f"taken{number}": True for number in "12" if f"found{number}" in vals and f"taken{number}" not in vals}
        return super().write({**given, **vals})

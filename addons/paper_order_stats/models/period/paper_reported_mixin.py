from odoo import api, fields, models

from ...exceptions import SnapshotError


class PaperReportedMixin(models.AbstractModel):
    """A measure of facts in a closed period: nobody writes it by hand, and it is never deleted."""

    _name = "paper.reported.mixin"
    _inherit = ["paper.step.mixin"]
    _description = "Measure of a Closed Period"
    _all_by_steps = True
    _field_error = SnapshotError

    fact = fields.Char(required=True)
    measure = fields.Char(required=True)
    fact_name = fields.Char(string="Statistics", compute="_compute_names")
    name = fields.Char(string="Figure", compute="_compute_names")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise SnapshotError(self.env._("What was reported is kept."))

    @api.depends("fact", "measure")
    @api.depends_context("lang")
    def _compute_names(self):
        for line in self:
            line.fact_name, line.name = self._words(line.fact, line.measure)

    @api.model
    def _words(self, fact, measure):
        """Return what facts and a measure of theirs are called, in the reader's language; a room that is gone by its name."""
        model = self.env.get(fact)
        if model is None or measure not in model._fields:
            return fact, measure
        # sudo: only what a table is called is read
        return self.env["ir.model"].sudo()._get(fact).name, model._fields[measure]._description_string(self.env)

from odoo import fields, models

from ...lib.sampling import Plan, Stage


class PaperSamplingClass(models.Model):
    """A class of defects of a scheme and its AQL."""

    _name = "paper.sampling.class"
    _description = "Class of Defects"
    _order = "scheme_id, sequence, id"

    scheme_id = fields.Many2one("paper.sampling.scheme", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Class", required=True, help="For example A, B, C: critical, major, minor.")
    aql = fields.Float(string="AQL (%)", digits=(8, 3), required=True, help="Per cent, or defects per hundred units.")
    note = fields.Char(string="Defects", translate=True, help="What belongs to the class.")

    def _prepare_sample(self, units, severity):
        """Return the values of the sample that is taken of a lot of so many units."""
        self.ensure_one()
        scheme = self.scheme_id
        if units < 2:
            plan = Plan("A", (Stage(1, 0, 1),), whole=True)
        else:
            plan = scheme.table_id._plans().plan(units, scheme.level, self.aql, severity, scheme.is_double)
        first, second = plan.stages[0], plan.stages[1] if plan.double else Stage(0, 0, 0)
        return {
            "class_id": self.id,
            "name": self.name,
            "aql": self.aql,
            "letter": plan.letter,
            "is_whole": plan.whole,
            "size1": first.n,
            "ac1": first.ac,
            "re1": first.re,
            "size2": second.n,
            "ac2": second.ac,
            "re2": second.re,
        }

    def _is_stricter_passed(self, units, found):
        """Say whether so many bad units would have passed with an AQL one step tighter, too."""
        self.ensure_one()
        table = self.scheme_id.table_id._plans()
        tighter = [aql for aql in table.aqls if aql < round(self.aql, 4)]
        if not tighter or units < 2:
            return False
        return table.plan(units, self.scheme_id.level, tighter[-1]).verdict((found,)) == "accepted"

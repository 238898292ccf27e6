from odoo import fields, models


class PaperMachineLimit(models.Model):
    """What a machine reaches of one quality property, as the technical department knows it."""

    _name = "paper.machine.limit"
    _description = "Quality Range of a Machine"
    _order = "capability_id, name, id"

    capability_id = fields.Many2one("paper.machine.capability", required=True, ondelete="cascade", index=True)
    name = fields.Char(string="Property", required=True, help="As it is written on specifications.")
    unit = fields.Char()
    grade_id = fields.Many2one("paper.grade", string="For Grade", help="Blank: for every grade.")
    minimum = fields.Float(string="From", digits=(16, 4))
    has_minimum = fields.Boolean(string="Lower End Known")
    maximum = fields.Float(string="To", digits=(16, 4))
    has_maximum = fields.Boolean(string="Upper End Known")
    source = fields.Char(help="Where the range comes from: trial, inspections of a period, supplier of the machine …")

    def _range(self):
        """Return (minimum or None, maximum or None)."""
        self.ensure_one()
        return (self.minimum if self.has_minimum else None, self.maximum if self.has_maximum else None)

from odoo import fields, models


class PaperMachineSpeed(models.Model):
    """How fast a machine runs for a band of basis weights, of one grade or of all."""

    _name = "paper.machine.speed"
    _description = "Machine Speed by Basis Weight"
    _order = "capability_id, basis_weight_from, id"

    capability_id = fields.Many2one("paper.machine.capability", required=True, ondelete="cascade", index=True)
    grade_id = fields.Many2one(
        "paper.grade",
        ondelete="restrict",
        index="btree_not_null",
        help="Blank: every grade without a speed of its own.",
    )
    basis_weight_from = fields.Float(string="From (g/m²)", digits=(16, 3))
    basis_weight_to = fields.Float(string="To (g/m²)", digits=(16, 3), help="Blank: no upper end.")
    speed = fields.Float(string="Speed (m/min)", digits=(16, 1), required=True)

    _speed_positive = models.Constraint("CHECK(speed > 0 AND basis_weight_from >= 0)", "A speed is a positive figure.")

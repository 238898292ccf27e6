from odoo import fields, models

KINDS = [("steam", "Steam"), ("power", "Power"), ("water", "Water"), ("gas", "Gas"), ("air", "Compressed Air")]


class PaperMeter(models.Model):
    """A meter of steam, power or water at a machine; it is read each shift."""

    _name = "paper.meter"
    _description = "Meter"
    _order = "workcenter_id, kind, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(KINDS, required=True, default="power")
    unit = fields.Char(required=True, default="kWh", help="What it counts in: kWh, t, m³.")
    factor = fields.Float(default=1.0, digits=(16, 4), help="What one figure of the meter stands for, in its unit.")
    turns_over_at = fields.Float(
        string="Turns Over at", digits=(16, 1), help="After this figure it begins with 0 again; 0: it never does."
    )
    most_per_hour = fields.Float(digits=(16, 3), help="More than this in an hour cannot be, in its unit; 0: not checked.")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, check_company=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    reading_ids = fields.One2many("paper.meter.reading", "meter_id", string="Readings")

    _factor_positive = models.Constraint("CHECK(factor > 0)", "A meter's factor is above zero.")

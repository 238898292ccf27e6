from odoo import api, fields, models

from ...exceptions import MassBalanceError

OPERATIONS = [
    ("wind", "Winding"),
    ("slit", "Slitting"),
    ("rewind", "Rewinding"),
    ("split", "Splitting"),
    ("sheet", "Sheeting"),
    ("repack", "Repacking"),
]


class PaperRollConversion(models.Model):
    """One conversion of rolls: what went in, what came out, what became broke, and the difference with its reason.

    Made with its rolls by whoever enters them, and never changed: it is the mass balance of these rolls.
    """

    _name = "paper.roll.conversion"
    _description = "Conversion of Rolls"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _all_by_steps = True
    _evidence_states = "ever"
    _field_error = MassBalanceError

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    operation = fields.Selection(OPERATIONS, required=True)
    machine_id = fields.Many2one("mrp.workcenter", check_company=True, index="btree_not_null", ondelete="restrict")
    crew = fields.Char()
    user_id = fields.Many2one("res.users", string="Entered by", required=True, ondelete="restrict")
    done_on = fields.Datetime(string="Done on", required=True, index=True)
    # One roll goes through several conversions: neither is summed up over them.
    parents_kg = fields.Float(string="Taken (kg)", aggregator=None, digits=(16, 3))
    children_kg = fields.Float(string="Made (kg)", aggregator=None, digits=(16, 3))
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 3))
    difference_kg = fields.Float(
        string="Difference (kg)", digits=(16, 3), help="Taken, and neither made nor broke: moisture, dust, scales."
    )
    reason = fields.Char(string="Reason of the Difference")
    link_ids = fields.One2many("paper.lot.link", "conversion_id", string="Rolls", readonly=True)

    @api.depends("operation", "done_on")
    def _compute_display_name(self):
        names = dict(self._fields["operation"]._description_selection(self.env))
        for conversion in self:
            day = conversion.done_on and conversion.company_id._paper_date(conversion.company_id._paper_day(conversion.done_on))
            conversion.display_name = f"{names.get(conversion.operation, '')} {day or ''}".strip()

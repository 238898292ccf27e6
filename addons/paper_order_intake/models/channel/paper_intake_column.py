from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...lib.orderbook.headings import heading_key

LENGTHS = {"mm", "cm", "m", "in"}
# The units that a figure may be written in; the first one is what is meant where none is chosen.
UNITS = {
    "number": {""},
    "width_mm": LENGTHS,
    "length_mm": LENGTHS,
    "diameter_min_mm": LENGTHS,
    "diameter_max_mm": LENGTHS,
    "core_mm": LENGTHS,
    "deckle_mm": LENGTHS,
    "weight_kg": {"kg", "t", "g", "lb"},
    "basis_weight": {"gsm"},
    "caliper_um": {"um", "mm_caliper"},
    "tolerance": {"percent", "fraction"},
}


class PaperIntakeColumn(models.Model):
    """A heading that the customers of a channel write over a column of their order lists: which figure stands
    under it, and in which unit. Kept by whoever sets up the channel.
    """

    _name = "paper.intake.column"
    _description = "Column of an Order List"
    _order = "channel_id, sequence, id"

    channel_id = fields.Many2one("paper.intake.channel", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    heading = fields.Char(required=True, help="As the customer writes it; blanks and capitals do not matter.")
    field = fields.Selection(
        [
            ("number", "Order Number"),
            ("width_mm", "Width"),
            ("length_mm", "Sheet Length"),
            ("weight_kg", "Weight"),
            ("tolerance", "Quantity Tolerance"),
            ("basis_weight", "Basis Weight"),
            ("caliper_um", "Caliper"),
            ("diameter_min_mm", "Reel Diameter from"),
            ("diameter_max_mm", "Reel Diameter to"),
            ("core_mm", "Core Inside Diameter"),
            ("deckle_mm", "Deckle"),
        ],
        string="Figure",
        required=True,
    )
    unit = fields.Selection(
        [
            ("mm", "mm"),
            ("cm", "cm"),
            ("m", "m"),
            ("in", "in"),
            ("kg", "kg"),
            ("t", "t"),
            ("g", "g"),
            ("lb", "lb"),
            ("gsm", "g/m²"),
            ("um", "µm"),
            ("mm_caliper", "mm (caliper)"),
            ("percent", "%"),
            ("fraction", "fraction"),
        ],
        help="Empty: mm, kg, g/m², µm, and the tolerance as a fraction.",
    )

    @api.constrains("field", "unit")
    def _check_unit(self):
        for column in self:
            if column.unit and column.unit not in UNITS[column.field]:
                raise ValidationError(
                    self.env._("“%(heading)s”: this figure is not written in that unit.", heading=column.heading)
                )

    @api.constrains("heading", "channel_id")
    def _check_heading(self):
        for channel in self.channel_id:
            keys = [heading_key(column.heading) for column in channel.column_ids]
            if len(set(keys)) < len(keys) or not all(keys):
                raise ValidationError(
                    self.env._("%(channel)s: each heading stands for one figure.", channel=channel.display_name)
                )

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..models.identity.stock_lot import KILOGRAM, KINDS, MILLIMETRE, WOUND

FIGURES = ("width", "length", "diameter", "core", "joints", "position", "set_number", "tare_kg", "from_m", "to_m")


class PaperRollConvertLine(models.TransientModel):
    """One roll, pallet or bundle that a conversion made, as the crew enters it."""

    _name = "paper.roll.convert.line"
    _description = "Roll Made in a Conversion"

    convert_id = fields.Many2one("paper.roll.convert", required=True, ondelete="cascade")
    name = fields.Char(string="Number")
    kind = fields.Selection(KINDS, required=True, default="roll")
    paper_spec_id = fields.Many2one("paper.spec", string="Specification", help="The order's, where it is another than before.")
    product_id = fields.Many2one("product.product", domain=[("is_paper", "=", True)], help="Empty: that of the roll taken.")
    parent_id = fields.Many2one("stock.lot", string="Made of", help="Empty: of all rolls taken, by their weights.")
    width = fields.Float(string="Width (mm)", digits=MILLIMETRE)
    length = fields.Float(string="Web Length (m)", digits=MILLIMETRE)
    diameter = fields.Float(string="Diameter (mm)", digits=MILLIMETRE)
    core = fields.Float(string="Core Inside Diameter (mm)", digits=MILLIMETRE)
    joints = fields.Integer()
    set_number = fields.Integer(string="Set No.")
    position = fields.Integer(help="Place across the web, counted from the drive side.")
    from_m = fields.Float(string="From (m)", digits=MILLIMETRE)
    to_m = fields.Float(string="To (m)", digits=MILLIMETRE)
    gross_kg = fields.Float(string="Gross (kg)", digits=KILOGRAM)
    tare_kg = fields.Float(string="Tare (kg)", digits=KILOGRAM)

    @api.onchange("width")
    def _onchange_width(self):
        """A roll of another width is for another order."""
        parent = (self.parent_id or self.convert_id.parent_ids[:1])._origin
        if parent:
            self.paper_spec_id = parent._paper_spec_for(self.width)

    def _problems(self, number):
        """Return what is wrong in the line, each with the number of the line and the field."""
        self.ensure_one()
        place = self.env._("Line %(line)s (%(name)s)", line=number, name=self.name or "–")
        problems = []
        if not said(self.name):
            problems.append(self.env._("%(place)s: the number is missing.", place=place))
        if self.gross_kg <= 0:
            problems.append(self.env._("%(place)s: weigh it, the gross weight in kg is missing.", place=place))
        below = [name for name in FIGURES if self[name] < 0]
        if below:
            problems.append(
                self.env._(
                    "%(place)s: %(fields)s cannot be below zero.",
                    place=place,
                    fields=", ".join(self._fields[name]._description_string(self.env) for name in below),
                )
            )
        parent = self.parent_id or self.convert_id.parent_ids[:1]
        if self.kind in WOUND and not self.paper_spec_id and parent._paper_is_narrowed(self.width):
            problems.append(
                self.env._(
                    "%(place)s: it is narrower than %(parent)s was ordered (%(spec)s), and no open order asks for %(width)s mm. "
                    "Choose its specification.",
                    place=place,
                    parent=parent.name,
                    spec=parent.paper_spec_id.display_name,
                    width=f"{self.width:.10g}",
                )
            )
        if self.name and self.name in self.convert_id.parent_ids.mapped("name"):
            problems.append(self.env._("%(place)s would be its own parent: give it another number.", place=place))
        if self.parent_id and self.parent_id not in self.convert_id.parent_ids:
            problems.append(
                self.env._("%(place)s: %(parent)s is none of the rolls taken.", place=place, parent=self.parent_id.name)
            )
        return problems

    def _prepare_roll(self, alone):
        """Return the values of the roll, and of which roll it was made where that is known.

        :param alone: the roll taken where there is one, else none
        """
        self.ensure_one()
        parent = self.parent_id or alone
        vals = {
            "name": said(self.name),
            "paper_kind": self.kind,
            "paper_width": self.width,
            "paper_length": self.length,
            "paper_diameter": self.diameter,
            "paper_core": self.core,
            "paper_joints": self.joints,
            "paper_set_number": self.set_number,
            "paper_position": self.position,
            "paper_gross_kg": self.gross_kg,
            "paper_tare_kg": self.tare_kg,
        }
        if self.paper_spec_id:
            vals["paper_spec_id"] = self.paper_spec_id.id
        if self.product_id:
            vals["product_id"] = self.product_id.id
        if parent:
            vals["parts"] = [
                {
                    "parent": parent,
                    "kg": self.gross_kg - self.tare_kg,
                    "from_m": self.from_m,
                    "to_m": self.to_m,
                    "position": self.position,
                }
            ]
        return vals

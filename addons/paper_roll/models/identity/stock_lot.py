from odoo import api, fields, models

from ...exceptions import RollFigureError, RollNumberError, RollTooHeavyError
from ...lib.weight import heaviest_kg

QUALITY = "paper_base.group_quality"
KINDS = [
    ("jumbo", "Jumbo Reel"),
    ("set", "Set"),
    ("roll", "Roll"),
    ("pallet", "Pallet"),
    ("bundle", "Bundle"),
    ("broke", "Broke"),
]
# What is wound, of one web: it has a width and a length.
WOUND = ("jumbo", "set", "roll")
# As long as nobody has decided on a roll whoever makes or weighs it enters what it is; then quality mends a figure.
SHAPE = {"pending": (), "any": (QUALITY,)}
MILLIMETRE = (16, 2)
KILOGRAM = (16, 3)
FIGURES = (
    "paper_width",
    "paper_diameter",
    "paper_length",
    "paper_core",
    "paper_gross_kg",
    "paper_tare_kg",
    "paper_joints",
    "paper_position",
    "paper_set_number",
)


class StockLot(models.Model):
    """A jumbo, set, roll, pallet or bundle of paper, or broke: what it is, who made it on which machine, what it weighs.

    A lot without a kind is a batch of paper as a manufacturing order makes it, or no paper at all.
    """

    _name = "stock.lot"
    _inherit = ["stock.lot", "paper.step.mixin"]

    # A roll is goods, no document: its files may be replaced.
    _evidence_states = ()
    _locked_error = RollFigureError

    is_paper = fields.Boolean(related="product_id.is_paper")
    paper_kind = fields.Selection(KINDS, string="Kind", index="btree_not_null", by_hand=SHAPE)
    paper_spec_id = fields.Many2one("paper.spec", string="Specification", index="btree_not_null", ondelete="restrict")
    paper_width = fields.Float(string="Width (mm)", aggregator=None, digits=MILLIMETRE, by_hand=SHAPE, help="Trimmed width.")
    paper_diameter = fields.Float(string="Diameter (mm)", aggregator=None, digits=MILLIMETRE, by_hand=SHAPE)
    paper_length = fields.Float(string="Web Length (m)", aggregator=None, digits=MILLIMETRE, by_hand=SHAPE)
    paper_core = fields.Float(string="Core Inside Diameter (mm)", aggregator=None, digits=MILLIMETRE, by_hand=SHAPE)
    paper_gross_kg = fields.Float(
        string="Gross (kg)", digits=KILOGRAM, by_hand=SHAPE, help="As weighed: core, wrapping and spool too."
    )
    paper_tare_kg = fields.Float(string="Tare (kg)", digits=KILOGRAM, by_hand=SHAPE)
    paper_net_kg = fields.Float(string="Net (kg)", digits=KILOGRAM, compute="_compute_paper_net_kg", store=True)
    paper_joints = fields.Integer(string="Joints", aggregator=None, by_hand=SHAPE)
    paper_set_number = fields.Integer(
        string="Set No.", aggregator=None, by_hand=SHAPE, help="Which set of its jumbo it was wound in."
    )
    paper_position = fields.Integer(
        string="Position", aggregator=None, by_hand=SHAPE, help="Place across the web, counted from the drive side."
    )
    paper_machine_id = fields.Many2one(
        "mrp.workcenter", string="Machine", index="btree_not_null", ondelete="restrict", check_company=True, by_hand=SHAPE
    )
    paper_crew = fields.Char(string="Crew", by_hand=SHAPE)
    paper_made_on = fields.Datetime(string="Made on", by_hand=SHAPE, index="btree_not_null")

    # Numbers are unique among what has a kind; the batches of manufacturing orders are numbered by article.
    _paper_number = models.UniqueIndex(
        "(name, COALESCE(company_id, 0)) WHERE paper_kind IS NOT NULL", "Another roll has this number."
    )

    @api.depends("paper_gross_kg", "paper_tare_kg")
    def _compute_paper_net_kg(self):
        for lot in self:
            lot.paper_net_kg = lot.paper_gross_kg - lot.paper_tare_kg

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_used_numbers([vals.get("name") for vals in vals_list if vals.get("paper_kind")])
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("name") and (self.filtered("paper_kind") or vals.get("paper_kind")):
            self._refuse_used_numbers([vals["name"]] * len(self))
        elif vals.get("paper_kind"):
            self.filtered(lambda lot: not lot.paper_kind)._refuse_used_numbers(self.mapped("name"))
        return super().write(vals)

    def _refuse_used_numbers(self, names):
        """Refuse a number that another roll has, in any company: a label is read in all of them.

        :raises RollNumberError: naming the numbers
        """
        names = [name for name in names if name]
        used = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
        if names:
            # sudo: a number is taken whoever may read the roll
            others = self.sudo().search_fetch(
                [("name", "in", names), ("paper_kind", "!=", False), ("id", "not in", self.ids)], ["name"]
            )
            used |= set(others.mapped("name"))
        if used:
            raise RollNumberError(
                self.env._(
                    "The number %(numbers)s is that of another roll. Each roll has a number of its own: scan the label again, or "
                    "take the next number.",
                    numbers=", ".join(sorted(used)),
                )
            )

    @api.constrains(*FIGURES)
    def _check_paper_figures(self):
        for lot in self:
            below = [name for name in FIGURES if lot[name] < 0]
            if below:
                raise RollFigureError(
                    self.env._(
                        "%(roll)s: %(fields)s cannot be below zero.",
                        roll=lot.name,
                        fields=", ".join(self._fields[name]._description_string(self.env) for name in below),
                    )
                )
            if lot.paper_tare_kg > lot.paper_gross_kg:
                raise RollFigureError(
                    self.env._(
                        "%(roll)s: the tare of %(tare)s kg exceeds the gross weight of %(gross)s kg. Weigh it again.",
                        roll=lot.name,
                        tare=f"{lot.paper_tare_kg:.10g}",
                        gross=f"{lot.paper_gross_kg:.10g}",
                    )
                )
            if lot.paper_core and lot.paper_diameter and lot.paper_core >= lot.paper_diameter:
                raise RollFigureError(
                    self.env._(
                        "%(roll)s: the core of %(core)s mm is not smaller than the roll of %(diameter)s mm.",
                        roll=lot.name,
                        core=f"{lot.paper_core:.10g}",
                        diameter=f"{lot.paper_diameter:.10g}",
                    )
                )

    @api.constrains(
        "paper_gross_kg", "paper_tare_kg", "paper_width", "paper_length", "paper_spec_id", "paper_diameter", "paper_core"
    )
    def _check_paper_weight(self):
        for lot in self.filtered("paper_net_kg"):
            most = lot._paper_heaviest_kg()
            if most is not None and lot.paper_net_kg > most:
                raise RollTooHeavyError(
                    self.env._(
                        "%(roll)s weighs %(net)s kg net, but %(weight)s g/m² of %(width)s mm × %(length)s m weigh no more than "
                        "%(most)s kg, %(tolerance)s %% more included. Look at weight, width and length.",
                        roll=lot.name,
                        net=f"{lot.paper_net_kg:.10g}",
                        weight=f"{lot.paper_spec_id.basis_weight:.10g}",
                        width=f"{lot.paper_width:.10g}",
                        length=f"{lot.paper_length:.10g}",
                        most=f"{most:.1f}",
                        tolerance=f"{(lot.company_id or self.env.company).paper_roll_overweight:.10g}",
                    )
                )

    def _paper_heaviest_kg(self):
        """Return the most that the roll can weigh net, kg; None where a figure for it is missing."""
        self.ensure_one()
        if self.paper_kind not in WOUND:
            return None
        spec = self.sudo().paper_spec_id  # sudo: whoever weighs a roll need not read specifications
        tolerance = (self.company_id or self.env.company).sudo().paper_roll_overweight  # sudo: only the tolerance is asked
        return heaviest_kg(spec.basis_weight, self.paper_width, self.paper_length, tolerance)

from odoo import api, fields, models

from ...exceptions import QuantityConversionError, SpecGeometryError, SpecIncompleteError, SpecLockedError
from ...lib import quantity
from ...lib.geometry import REEL, SHEET, PaperGeometry, geometry_errors

# Faults of geometry_errors that mean "not asked yet", not "cannot be made".
INCOMPLETE_CODES = {"missing", "sheet_needs_length"}
MILLIMETRE = (16, 2)
# The fields that decide what a reel or a ream of this paper weighs.
WEIGHT_FIGURES = (
    "format",
    "basis_weight",
    "caliper",
    "width",
    "length",
    "sheets_per_ream",
    "reel_diameter_min",
    "reel_diameter_max",
    "core_diameter",
    "core_outside_diameter",
    "reel_length",
)


def _figure(value):
    """Write a figure as a seller would: without a decimal point that says nothing."""
    return f"{value:.10g}"


class PaperSpec(models.Model):
    """What paper a customer ordered, as geometry and quality rather than as an article number.

    Made once at intake and carried by reference through evaluation, contract, production, quality,
    delivery and claim. Sales may change it until a contract in force refers to it; from then on it is
    locked, and a change makes a new revision that points to the old one. Field names follow papiNet.
    """

    _name = "paper.spec"
    _description = "Paper Specification"
    _inherit = ["paper.agreed.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _rec_names_search = ["reference", "grade_id"]

    reference = fields.Char(help="The customer's own name for this paper.", index="trigram")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    grade_id = fields.Many2one("paper.grade", index=True, ondelete="restrict", agreed=True)
    format = fields.Selection([(REEL, "Reel"), (SHEET, "Sheet")], required=True, default=REEL, agreed=True)
    basis_weight = fields.Float(string="Basis Weight (g/m²)", digits=(16, 3), agreed=True)
    caliper = fields.Float(string="Caliper (µm)", digits=(16, 2), agreed=True)
    width = fields.Float(string="Width (mm)", digits=MILLIMETRE, agreed=True)
    length = fields.Float(string="Sheet Length (mm)", digits=MILLIMETRE, agreed=True)
    sheets_per_ream = fields.Integer(default=500, agreed=True)
    grain_direction = fields.Selection([("long", "Long Grain"), ("short", "Short Grain")], agreed=True)
    reel_diameter_min = fields.Float(string="Reel Diameter from (mm)", digits=MILLIMETRE, agreed=True)
    reel_diameter_max = fields.Float(string="Reel Diameter to (mm)", digits=MILLIMETRE, agreed=True)
    core_diameter = fields.Float(string="Core Inside Diameter (mm)", digits=MILLIMETRE, agreed=True)
    core_outside_diameter = fields.Float(string="Core Outside Diameter (mm)", digits=MILLIMETRE, agreed=True)
    reel_length = fields.Float(
        string="Length per Reel (m)",
        digits=(16, 2),
        help="Ordered web length; wins over the length by diameter.",
        agreed=True,
    )
    winding_direction = fields.Selection(
        [("wire_side_in", "Wire Side In"), ("wire_side_out", "Wire Side Out")], agreed=True
    )
    finish = fields.Char(agreed=True)
    coating_top = fields.Char(string="Coating (Top Side)", agreed=True)
    coating_bottom = fields.Char(string="Coating (Bottom Side)", agreed=True)
    packing = fields.Char(agreed=True)
    tolerance_minus = fields.Float(string="Quantity Tolerance − (%)", digits=(5, 2), agreed=True)
    tolerance_plus = fields.Float(string="Quantity Tolerance + (%)", digits=(5, 2), agreed=True)
    quality_requirement = fields.Text(agreed=True)
    limit_ids = fields.One2many("paper.spec.limit", "spec_id", string="Quality Limits", copy=True)
    revision = fields.Integer(default=1, readonly=True, copy=False)
    previous_id = fields.Many2one("paper.spec", string="Revision of", readonly=True, copy=False, index="btree_not_null")
    next_ids = fields.One2many("paper.spec", "previous_id", string="Later Revisions")
    locked = fields.Boolean(
        readonly=True, copy=False, help="A contract in force refers to this specification."
    )
    reel_weight = fields.Float(string="Weight per Reel (kg)", compute="_compute_unit_weights", digits=(16, 1))
    ream_weight = fields.Float(string="Weight per Ream (kg)", compute="_compute_unit_weights", digits=(16, 3))
    order_line_ids = fields.One2many("sale.order.line", "paper_spec_id", string="Order Lines", readonly=True)

    _figures_positive = models.Constraint(
        """CHECK(basis_weight >= 0 AND caliper >= 0 AND width >= 0 AND length >= 0 AND sheets_per_ream >= 0
           AND reel_diameter_min >= 0 AND reel_diameter_max >= 0 AND core_diameter >= 0
           AND core_outside_diameter >= 0 AND reel_length >= 0 AND tolerance_minus >= 0 AND tolerance_plus >= 0)""",
        "The figures of a specification cannot be negative.",
    )

    @api.depends(*WEIGHT_FIGURES)
    def _compute_unit_weights(self):
        for spec in self:
            spec.reel_weight = spec._convert(1, "reel", "kg", raise_if_missing=False) if spec.format == REEL else 0
            spec.ream_weight = spec._convert(1, "ream", "kg", raise_if_missing=False) if spec.format == SHEET else 0

    @api.depends("grade_id.name", "revision", *WEIGHT_FIGURES)
    @api.depends_context("lang")
    def _compute_display_name(self):
        for spec in self:
            spec.display_name = spec._seller_name()

    def _seller_name(self):
        """Return the specification as a paper seller writes it, leaving out what is not known yet."""
        self.ensure_one()
        parts = [self.grade_id.name or ""]
        if self.basis_weight:
            parts.append(f"{_figure(self.basis_weight)} g/m²")
        if self.format == SHEET:
            size = f"{_figure(self.width)}×{_figure(self.length)} mm" if self.width and self.length else ""
            ream = self.env._("%(sheets)s/ream", sheets=self.sheets_per_ream) if self.sheets_per_ream else ""
            parts.append(", ".join(filter(None, (size, ream))))
        else:
            if self.width:
                parts.append(f"{_figure(self.width)} mm")
            parts.append(self.env._("reel"))
            diameter = self.reel_diameter_max or self.reel_diameter_min
            if diameter:
                parts.append(f"Ø{_figure(diameter)}")
            if self.core_diameter:
                parts.append(self.env._("core %(diameter)s", diameter=_figure(self.core_diameter)))
        if self.revision > 1:
            parts.append(self.env._("(rev. %(revision)s)", revision=self.revision))
        return " ".join(filter(None, parts))

    # Rules

    def _geometry_figures(self):
        """Return the figures that :func:`geometry_errors` checks, mm, µm and g/m²."""
        self.ensure_one()
        return {
            "format": self.format,
            "basis_weight": self.basis_weight,
            "caliper_um": self.caliper,
            "width_mm": self.width,
            "length_mm": self.length,
            "sheets_per_ream": self.sheets_per_ream,
            "reel_diameter_min_mm": self.reel_diameter_min,
            "reel_diameter_max_mm": self.reel_diameter_max,
            "core_diameter_mm": self.core_diameter,
            "core_outside_diameter_mm": self.core_outside_diameter,
            "reel_length_m": self.reel_length,
            "deckle_mm": self._widest_deckle(),
        }

    def _widest_deckle(self):
        """Return the widest deckle of the company's machines, mm; 0 where none is known.

        Override to read it from the machines themselves.
        """
        return self.company_id.paper_max_deckle

    @api.constrains("company_id", *WEIGHT_FIGURES)
    def _check_geometry(self):
        for spec in self:
            faults = spec._contradictions()
            if faults:
                raise SpecGeometryError("\n".join(faults))

    def _contradictions(self):
        """Return a sentence for each pair of figures that cannot both be true; [] if none."""
        self.ensure_one()
        errors = geometry_errors(self._geometry_figures())
        return [self._geometry_sentence(code, params) for code, params in errors if code not in INCOMPLETE_CODES]

    def _missing_figures(self):
        """Return the names of the fields that must be filled before this paper can be made.

        Override to ask for more.
        """
        self.ensure_one()
        needed = ["grade_id", "basis_weight", "width"]
        needed += ["length"] if self.format == SHEET else ["reel_diameter_max", "core_diameter"]
        return [name for name in needed if not self[name]]

    @api.model
    def _geometry_sentence(self, code, params):
        """Return a fault of :func:`geometry_errors` as a sentence in the user's language."""
        _ = self.env._
        texts = {
            "unknown_format": _("The format must be reel or sheet."),
            "not_positive": _("%(field)s: %(value)s is not a positive figure."),
            "not_whole": _("%(field)s: %(value)s is not a whole number."),
            "missing": _("%(field)s is missing."),
            "sheet_needs_length": _("A sheet needs a length."),
            "reel_has_length": _("A reel has no sheet length, but %(length)s mm is given."),
            "core_wall_backwards": _("The core's inside diameter %(inside)s mm is not below its outside %(outside)s mm."),
            "core_not_below_outside": _("The core of %(core)s mm is not smaller than the reel of %(outside)s mm."),
            "diameter_range_backwards": _("The reel diameter runs backwards: from %(min)s mm to %(max)s mm."),
            "width_above_deckle": _("The width of %(width)s mm exceeds the widest deckle of %(deckle)s mm."),
        }
        text = texts.get(code, _("%(field)s: %(value)s cannot be read as a figure."))
        shown = {key: _figure(value) if isinstance(value, float) else value for key, value in params.items()}
        if "field" in shown:
            shown["field"] = self._figure_label(shown["field"])
        return text % ({"field": "", "value": ""} | shown)

    def _check_unlocked(self):
        locked = self.filtered("locked")
        if locked:
            raise SpecLockedError(
                self.env._(
                    "The specification “%(spec)s” belongs to a contract in force and cannot be changed. "
                    "Make a new revision of it.",
                    spec=locked[0].display_name,
                )
            )

    def write(self, vals):
        if vals.keys() - {"active"}:
            self._check_unlocked()
        result = super().write(vals)
        if vals.keys() & set(WEIGHT_FIGURES):
            # sudo: the weight of an order follows its specification, whoever mends the figures
            self.sudo().order_line_ids._follow_spec()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_locked(self):
        self._check_unlocked()

    # Business

    def _lock(self):
        """Make the specifications unchangeable, once a contract refers to them (R4.1.3)."""
        self.filtered(lambda spec: not spec.locked).write({"locked": True})

    def _revise(self, vals=None):
        """Return a new, unlocked revision of this specification with ``vals`` written over it."""
        self.ensure_one()
        return self.copy({"previous_id": self.id, "revision": self.revision + 1, **(vals or {})})

    def action_revise(self):
        """Open a new revision of a specification (R4.1.3)."""
        self.ensure_one()
        self.check_access("write")
        return self._revise()._get_records_action(name=self.env._("New Revision"))

    def _geometry(self):
        """Return the :class:`PaperGeometry` that the quantity maths works on."""
        self.ensure_one()
        return PaperGeometry(
            basis_weight=self.basis_weight,
            format=self.format,
            width_mm=self.width,
            length_mm=self.length,
            caliper_um=self.caliper,
            reel_diameter_mm=self.reel_diameter_max or self.reel_diameter_min,
            core_diameter_mm=self.core_diameter,
            core_outside_diameter_mm=self.core_outside_diameter,
            reel_length_m=self.reel_length,
            sheets_per_ream=self.sheets_per_ream or 500,
        )

    # Quantities of this paper, see lib.quantity

    def _convert(self, qty, from_unit, to_unit, raise_if_missing=True):
        """Convert a quantity through this specification.

        :param qty: number of ``from_unit``
        :param from_unit, to_unit: kg, t, m, m2, sheet, ream or reel
        :param raise_if_missing: False returns 0.0 where the specification cannot tell
        :return: float
        :raises SpecIncompleteError: a figure on the way is missing; the message names it
        :raises QuantityConversionError: the unit does not apply to this paper, or the number is none
        """
        self.ensure_one()
        try:
            return float(quantity.convert(qty, from_unit, to_unit, self._geometry()))
        except quantity.QuantityError as error:
            if not raise_if_missing:
                return 0.0
            refused = SpecIncompleteError if error.code == "missing_figure" else QuantityConversionError
            raise refused(self._quantity_sentence(error)) from error

    def _quantity_summary(self, qty, unit):
        """Return ``{unit: float}`` of a quantity in every unit that this paper can be counted in."""
        self.ensure_one()
        if not unit:
            return {}
        return {key: float(value) for key, value in quantity.summary(qty, unit, self._geometry()).items()}

    def _quantity_sentence(self, error):
        """Return a fault of the quantity maths as a sentence that names the figure to fill in."""
        _ = self.env._
        params = dict(error.params, spec=self.display_name)
        if error.code == "not_applicable":
            params["unit"] = dict(self.env["sale.order.line"]._paper_units()).get(params["unit"], params["unit"])
            return _("“%(spec)s” cannot be counted in %(unit)s.", **params)
        if error.code == "missing_figure":
            params["field"] = self._figure_label(params["field"])
            return _("“%(spec)s” lacks %(field)s, so this quantity cannot be converted.", **params)
        return _("“%(spec)s”: this quantity cannot be converted (%(reason)s).", spec=params["spec"], reason=str(error))

    def _figure_label(self, figure):
        """Return the label of the field that holds a figure of :class:`PaperGeometry`."""
        names = {
            "width_mm": "width",
            "length_mm": "length",
            "caliper_um": "caliper",
            "reel_diameter_mm": "reel_diameter_max",
            "reel_diameter_min_mm": "reel_diameter_min",
            "reel_diameter_max_mm": "reel_diameter_max",
            "core_diameter_mm": "core_diameter",
            "core_outside_diameter_mm": "core_outside_diameter",
            "reel_length_m": "reel_length",
        }
        field = self._fields.get(names.get(figure, figure))
        return field._description_string(self.env) if field else figure

from odoo import api, fields, models

from ...exceptions import CapabilityError
from ...lib.capability import in_range, nearest, one_of, parse_names, parse_sizes, span_within

MILLIMETRE = (16, 2)
# Pairs of figures that run from the lower to the higher.
RANGES = (
    ("basis_weight_min", "basis_weight_max"),
    ("caliper_min", "caliper_max"),
    ("reel_diameter_min", "reel_diameter_max"),
    ("sheet_width_min", "sheet_width_max"),
    ("sheet_length_min", "sheet_length_max"),
)
FIGURES = tuple(name for pair in RANGES for name in pair) + (
    "deckle",
    "trim_width",
    "efficiency",
    "broke_percent",
    "reel_width_min",
    "jumbo_kg",
)


def _span(low, high):
    """Write a range as people do; '' where nothing is known of it."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"≤ {high:.10g}" if low is None else f"≥ {low:.10g}"
    return f"{low:.10g} – {high:.10g}"


class PaperMachineCapability(models.Model):
    """What a machine can make: the ranges of its web, reels and sheets, the grades, finishes and coatings, how fast it
    runs, and the quality it reaches. The technical department keeps it; a figure that is blank (0) is not known, and
    whoever evaluates an order has to say it himself (R3.3.4).
    """

    _name = "paper.machine.capability"
    _description = "Machine Capability"
    _inherit = ["mail.thread"]
    _order = "workcenter_id, id"
    _rec_name = "workcenter_id"
    _check_company_auto = True

    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Machine", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="workcenter_id.company_id", store=True, index=True)
    active = fields.Boolean(default=True)
    makes_web = fields.Boolean(string="Makes the Web", default=True, help="Paper machine, coater, calender.")
    winds_reels = fields.Boolean(string="Winds Reels", help="Makes the customer's reels.")
    cuts_sheets = fields.Boolean(help="Makes the customer's sheets.")
    grade_ids = fields.Many2many("paper.grade", string="Grades", tracking=True)
    refused_grade_ids = fields.Many2many(
        "paper.grade",
        "paper_machine_capability_refused_grade_rel",
        string="Cannot Make",
        tracking=True,
        help="Grades that this machine never makes, whatever their figures; no promise and no plan puts them on it.",
    )
    basis_weight_min = fields.Float(string="Basis Weight from (g/m²)", digits=(16, 3), tracking=True)
    basis_weight_max = fields.Float(string="Basis Weight to (g/m²)", digits=(16, 3), tracking=True)
    caliper_min = fields.Float(string="Caliper from (µm)", digits=(16, 2), tracking=True)
    caliper_max = fields.Float(string="Caliper to (µm)", digits=(16, 2), tracking=True)
    deckle = fields.Float(string="Deckle (mm)", digits=MILLIMETRE, tracking=True, help="Width of the untrimmed web.")
    trim_width = fields.Float(
        string="Trimmed Width (mm)",
        digits=MILLIMETRE,
        tracking=True,
        help="Widest web that can be sold, after the edges are trimmed. Blank: the deckle.",
    )
    jumbo_kg = fields.Float(
        string="Jumbo (kg)",
        digits=(16, 0),
        tracking=True,
        help="Weight after which what it has made goes on to the next machine, which begins meanwhile. Blank: the next one "
        "waits for the whole run.",
    )
    reel_width_min = fields.Float(string="Narrowest Reel (mm)", digits=MILLIMETRE, tracking=True)
    reel_diameter_min = fields.Float(string="Reel Diameter from (mm)", digits=MILLIMETRE, tracking=True)
    reel_diameter_max = fields.Float(string="Reel Diameter to (mm)", digits=MILLIMETRE, tracking=True)
    core_sizes = fields.Char(string="Core Sizes (mm)", tracking=True, help="Inside diameters, for example 76, 152.")
    sheet_width_min = fields.Float(string="Sheet Width from (mm)", digits=MILLIMETRE, tracking=True)
    sheet_width_max = fields.Float(string="Sheet Width to (mm)", digits=MILLIMETRE, tracking=True)
    sheet_length_min = fields.Float(string="Sheet Length from (mm)", digits=MILLIMETRE, tracking=True)
    sheet_length_max = fields.Float(string="Sheet Length to (mm)", digits=MILLIMETRE, tracking=True)
    finishes = fields.Char(tracking=True, help="As they are written on specifications, one after the other with commas.")
    coatings = fields.Char(tracking=True, help="As they are written on specifications, one after the other with commas.")
    efficiency = fields.Float(
        string="Running Time (%)", digits=(5, 2), tracking=True, help="Share of the time that the machine runs. Blank: 100 %."
    )
    broke_percent = fields.Float(
        string="Broke (%)",
        digits=(5, 2),
        tracking=True,
        help="Share of the paper made that goes back to the pulper, beside the trim.",
    )
    speed_ids = fields.One2many("paper.machine.speed", "capability_id", string="Speeds", copy=True)
    limit_ids = fields.One2many("paper.machine.limit", "capability_id", string="Quality", copy=True)
    note = fields.Text()

    _one_a_machine = models.UniqueIndex("(workcenter_id)", "The capability of this machine is recorded already.")
    _figures_positive = models.Constraint(
        f"CHECK({' AND '.join(f'COALESCE({name}, 0) >= 0' for name in FIGURES)})",
        "The figures of a machine cannot be negative.",
    )
    _shares = models.Constraint(
        "CHECK(COALESCE(efficiency, 0) <= 100 AND COALESCE(broke_percent, 0) < 100)", "A share lies between 0 and 100 %."
    )

    @api.constrains("grade_ids", "refused_grade_ids")
    def _check_grades(self):
        for capability in self:
            both = capability.grade_ids & capability.refused_grade_ids
            if both:
                raise CapabilityError(
                    self.env._(
                        "%(machine)s: %(grades)s cannot be made and not be made.",
                        machine=capability.display_name,
                        grades=", ".join(both.mapped("display_name")),
                    )
                )

    @api.constrains("deckle", "trim_width", "reel_width_min", "core_sizes", *(name for pair in RANGES for name in pair))
    def _check_figures(self):
        for capability in self:
            for low, high in RANGES:
                if capability[high] and capability[low] > capability[high]:
                    raise CapabilityError(
                        self.env._(
                            "%(machine)s: “%(figure)s” runs backwards.",
                            machine=capability.display_name,
                            figure=self._fields[low]._description_string(self.env),
                        )
                    )
            if capability.deckle and capability.trim_width > capability.deckle:
                raise CapabilityError(
                    self.env._("%(machine)s: the trimmed width exceeds the deckle.", machine=capability.display_name)
                )
            width = capability._web_width()
            if width and capability.reel_width_min > width:
                raise CapabilityError(
                    self.env._(
                        "%(machine)s: the narrowest reel is wider than its web, %(width)s mm.",
                        machine=capability.display_name,
                        width=f"{width:.10g}",
                    )
                )
            if parse_sizes(capability.core_sizes) is None:
                raise CapabilityError(
                    self.env._(
                        "%(machine)s: write core sizes as numbers in mm, for example 76, 152.", machine=capability.display_name
                    )
                )

    def _known(self, name):
        """Return a figure, None where it is not known."""
        self.ensure_one()
        return self[name] or None

    def _web_width(self):
        """Return the widest web that can be sold, mm; None where it is not known."""
        self.ensure_one()
        centre = self.workcenter_id
        # Another addon may keep the deckle with the work center.
        return self.trim_width or self.deckle or ("paper_deckle" in centre._fields and centre.paper_deckle) or None

    def _core_sizes(self):
        return parse_sizes(self.core_sizes) or ()

    def _names(self, field):
        return parse_names(self[field])

    # What is asked, against one machine

    def _check_property(self, item):
        """Hold one property of a specification against this machine.

        :param item: one of ``paper.spec._asked_properties()``
        :return: ``item`` with ``machine``, ``achievable`` (as text, '' where not known), ``ok`` (True, False, None where not
            known) and ``nearest`` (the nearest figure that can be made, None where there is none)
        """
        self.ensure_one()
        ok, achievable, near = getattr(self, f"_check_{item['property']}")(item)
        return {**item, "machine": self.workcenter_id.display_name, "ok": ok, "achievable": achievable, "nearest": near}

    def _check_range(self, item, name):
        low, high = self._known(f"{name}_min"), self._known(f"{name}_max")
        return in_range(item["value"], low, high), _span(low, high), nearest(item["value"], low, high)

    def _check_grade(self, item):
        known = tuple(self.grade_ids.ids)
        if item["value"] in self.refused_grade_ids.ids:
            return False, ", ".join(self.grade_ids.mapped("display_name")), None
        return one_of(item["value"], known), ", ".join(self.grade_ids.mapped("display_name")), None

    def _check_basis_weight(self, item):
        return self._check_range(item, "basis_weight")

    def _check_caliper(self, item):
        return self._check_range(item, "caliper")

    def _check_sheet_width(self, item):
        return self._check_range(item, "sheet_width")

    def _check_sheet_length(self, item):
        return self._check_range(item, "sheet_length")

    def _check_width(self, item):
        width = self._web_width()
        if width is None:
            return None, "", None
        return item["value"] <= width, _span(None, width), nearest(item["value"], None, width)

    def _check_finish(self, item):
        return one_of(item["value"].strip().casefold(), self._names("finishes")), self.finishes or "", None

    def _check_coating(self, item):
        return one_of(item["value"].strip().casefold(), self._names("coatings")), self.coatings or "", None

    def _check_core_diameter(self, item):
        sizes = self._core_sizes()
        near = nearest(item["value"], sizes=sizes)
        return one_of(item["value"], sizes), ", ".join(f"{size:.10g}" for size in sizes), near

    def _check_reel_diameter(self, item):
        """A range of diameters is met where the machine makes one that lies in it."""
        asked_low, asked_high = item["value"]
        low, high = self._known("reel_diameter_min"), self._known("reel_diameter_max")
        near = nearest(asked_high, low, high)
        if (low is not None and asked_high < low) or (high is not None and asked_low > high):
            return False, _span(low, high), near
        return (None if low is None or high is None else True), _span(low, high), near

    def _check_quality(self, item):
        name, unit = item["name"].strip().casefold(), item["unit"].strip().casefold()
        for limit in self.limit_ids.sorted(lambda limit: not limit.grade_id):
            same = limit.name.strip().casefold() == name and (limit.unit or "").strip().casefold() == unit
            if same and (not limit.grade_id or limit.grade_id.id == item["grade_id"]):
                known = limit._range()
                return span_within(item["value"], known), _span(*known), None
        return None, "", None

    # What past inspections say of a machine

    def _inspected_ranges(self):
        """Return what was measured on paper of each machine.

        Override where inspections are kept: call ``super()`` and add to the lists.

        :return: ``{capability: [{"name", "unit", "grade_id", "minimum", "maximum", "count", "from", "to"}]}``, the dates as
            dates
        """
        return {capability: [] for capability in self}

    def action_propose_limits(self):
        """Add the ranges that past inspections show, for the properties of which nothing is recorded yet.

        :raises CapabilityError: where no inspection says anything new
        """
        self.check_access("write")
        found = self._inspected_ranges()
        values = []
        for capability in self:
            known = {(limit.name.strip().casefold(), limit.grade_id.id) for limit in capability.limit_ids}
            values += [
                capability._prepare_proposed_limit(item)
                for item in found[capability]
                if (item["name"].strip().casefold(), item["grade_id"]) not in known
            ]
        if not values:
            raise CapabilityError(self.env._("No inspection of paper from this machine says more than is recorded."))
        self.env["paper.machine.limit"].create(values)

    def _prepare_proposed_limit(self, item):
        self.ensure_one()
        return {
            "capability_id": self.id,
            "name": item["name"],
            "unit": item["unit"],
            "grade_id": item["grade_id"],
            "minimum": item["minimum"],
            "has_minimum": True,
            "maximum": item["maximum"],
            "has_maximum": True,
            "source": self.env._(
                "%(count)s inspections, %(start)s to %(end)s", count=item["count"], start=item["from"], end=item["to"]
            ),
        }

from odoo import api, fields, models

from ..exceptions import CapabilityError
from ..lib.capability import parse_names, parse_sizes

MILLIMETRE = (16, 2)
# Pairs of figures that run from the lower to the higher.
RANGES = (
    ("basis_weight_min", "basis_weight_max"),
    ("caliper_min", "caliper_max"),
    ("reel_diameter_min", "reel_diameter_max"),
    ("sheet_width_min", "sheet_width_max"),
    ("sheet_length_min", "sheet_length_max"),
)
FIGURES = tuple(name for pair in RANGES for name in pair) + ("deckle", "trim_width", "efficiency", "broke_percent")


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

    @api.constrains("deckle", "trim_width", "core_sizes", *(name for pair in RANGES for name in pair))
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

    def _speed(self, basis_weight):
        """Return the speed for a basis weight, m/min; None where it is not known."""
        self.ensure_one()
        for speed in self.speed_ids:
            if speed.basis_weight_from <= basis_weight and (not speed.basis_weight_to or basis_weight <= speed.basis_weight_to):
                return speed.speed or None
        return None

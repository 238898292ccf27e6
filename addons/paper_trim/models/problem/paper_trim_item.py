from odoo import api, fields, models

from ...exceptions import TrimStateError
from ...lib.items import ANY, END, NO_END
from ...lib.orders import Line
from .words import refusal_words

MILLIMETRE = (16, 2)
KILOGRAM = (16, 3)
POSITIONS = [(ANY, "Anywhere"), (NO_END, "Not at the Edge"), (END, "At the Edge")]
# What is taken of an order once, see _figure.
FIGURES = (
    "width",
    "length",
    "basis_weight",
    "caliper",
    "diameter_min",
    "diameter_max",
    "core",
    "reel_length",
    "winding_direction",
    "kg",
    "least_kg",
    "most_kg",
    "due",
)


def _figure(label, digits=MILLIMETRE, **options):
    """Return a figure that is taken of the order once, and may be mended by hand for this problem."""
    taken = {"compute": "_compute_figures", "store": True, "readonly": False, "precompute": True}
    return fields.Float(string=label, digits=digits, **taken, **options)


class PaperTrimItem(models.Model):
    """A width to be cut: of a manufacturing order, of an order line, or typed by the planner.

    The figures are those of the order on the day when it was taken; the range of the quantity is the one that production,
    dispatch, invoice and OTIF use, see ``mrp.production._paper_limits``. Planning changes items while the problem is a draft.
    """

    _name = "paper.trim.item"
    _description = "Width to Be Cut"
    _inherit = ["paper.trim.part"]
    _order = "sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", index="btree_not_null", check_company=True, ondelete="set null"
    )
    sale_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        index="btree_not_null",
        check_company=True,
        ondelete="set null",
        compute="_compute_sale_line_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    name = fields.Char(
        string="Order", compute="_compute_words", store=True, readonly=False, precompute=True, help="What the pieces are for."
    )
    customer = fields.Char(compute="_compute_words", store=True, readonly=False, precompute=True)
    width = _figure("Width (mm)", aggregator=None)
    length = _figure("Sheet Length (mm)", help="0: a reel.", aggregator=None)
    basis_weight = _figure("Basis Weight (g/m²)", digits=(16, 3), aggregator=None)
    caliper = _figure("Caliper (µm)", aggregator=None)
    diameter_min = _figure("Diameter from (mm)", aggregator=None)
    diameter_max = _figure("Diameter to (mm)", aggregator=None)
    core = _figure("Core (mm)", help="Where the paper begins: the outside of the core where it is known.", aggregator=None)
    reel_length = _figure("Length per Reel (m)", aggregator=None)
    winding_direction = fields.Selection(
        [("wire_side_in", "Wire Side In"), ("wire_side_out", "Wire Side Out")],
        string="Winding",
        compute="_compute_figures",
        store=True,
        readonly=False,
        precompute=True,
    )
    kg = _figure("Ordered (kg)", digits=KILOGRAM)
    least_kg = _figure("At Least (kg)", digits=KILOGRAM)
    most_kg = _figure("At Most (kg)", digits=KILOGRAM)
    due = fields.Date(compute="_compute_figures", store=True, readonly=False, precompute=True)
    position = fields.Selection(POSITIONS, string="Place in the Web", required=True, default=ANY)
    max_ups = fields.Integer(string="Most beside Each Other", aggregator=None, help="0: no limit.")
    refusal = fields.Char(string="Not Planned because", compute="_compute_refusal")

    @api.depends("production_id")
    def _compute_sale_line_id(self):
        for item in self:
            # sudo: planning reads of an order what it has to make
            item.sale_line_id = item.production_id.sudo().sale_line_id or item.sale_line_id

    @api.depends("production_id", "sale_line_id")
    def _compute_words(self):
        for item in self.sudo():  # sudo: as above
            line, production = item.sale_line_id, item.production_id
            item.name = line.order_id.name or production.name or item.name
            item.customer = line.order_id.partner_id.commercial_partner_id.name or item.customer

    @api.depends("production_id", "sale_line_id")
    def _compute_figures(self):
        for item in self.sudo():  # sudo: as above
            figures = item._prepare_figures()
            for name in FIGURES:
                item[name] = figures.get(name, item[name])

    def _prepare_figures(self):
        """Return the figures of the order that the item is of, {} where it is of none."""
        self.ensure_one()
        line, production = self.sale_line_id, self.production_id
        spec = production.paper_spec_id or line.paper_spec_id
        if not (line or production):
            return {}
        return {**self._prepare_spec_figures(spec), **self._prepare_quantity(line, production)}

    def _prepare_spec_figures(self, spec):
        is_sheet = spec.format == "sheet"
        low, high = spec.reel_diameter_min or spec.reel_diameter_max, spec.reel_diameter_max or spec.reel_diameter_min
        return {
            "width": spec.width,
            "length": spec.length if is_sheet else 0.0,
            "basis_weight": spec.basis_weight,
            "caliper": spec.caliper,
            "diameter_min": 0.0 if is_sheet else low,
            "diameter_max": 0.0 if is_sheet else high,
            "core": 0.0 if is_sheet else spec.core_outside_diameter or spec.core_diameter,
            "reel_length": 0.0 if is_sheet else spec.reel_length,
            "winding_direction": False if is_sheet else spec.winding_direction,
        }

    def _prepare_quantity(self, line, production):
        if production:
            kg, low, high = production._paper_trim_range()
            due = production.date_deadline or production.date_finished
        else:
            kg, low, high = line._paper_trim_range()
            due = line._paper_delivery_date()
        return {"kg": kg, "least_kg": low, "most_kg": high, "due": self.company_id._paper_day(due) if due else False}

    @api.depends(*FIGURES, "position", "max_ups", "problem_id.workcenter_id", "problem_id.web_mm", "problem_id.whole")
    def _compute_refusal(self):
        for problem, items in self.grouped("problem_id").items():
            refused = {each.key: each for each in problem._build().refused} if problem.workcenter_id else {}
            for item in items:
                found = refused.get(item._key())
                item.refusal = refusal_words(self.env, found) if found else False

    @api.depends("name", "customer", "width")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " ".join(filter(None, (item.name, item.customer, f"{item.width:.10g} mm")))

    def _key(self):
        return str(self.id or self._origin.id or id(self))

    def _prepare_line(self):
        """Return the item as the maths reads it: :class:`~..lib.orders.Line`."""
        self.ensure_one()
        kg = self.kg or 0.0
        return Line(
            key=self._key(),
            width_mm=self.width,
            kg=kg,
            basis_weight=self.basis_weight,
            length_mm=self.length,
            caliper_um=self.caliper,
            under=1 - self.least_kg / kg if kg else 0.0,
            over=self.most_kg / kg - 1 if kg else 0.0,
            diameter_min_mm=self.diameter_min,
            diameter_max_mm=self.diameter_max,
            core_mm=self.core,
            reel_length_m=self.reel_length,
            winding=self.winding_direction or None,
            position=self.position,
            max_ups=self.max_ups or None,
            due=self.due or None,
            order=self.name or "",
        )

    @api.onchange("kg")
    def _onchange_kg(self):
        """A quantity that is typed has no tolerance until one is typed, too."""
        for item in self.filtered(lambda rec: not rec.production_id and not rec.sale_line_id):
            item.least_kg = item.most_kg = item.kg

    @api.constrains("production_id", "problem_id")
    def _check_once(self):
        for problem, items in self.problem_id.item_ids.grouped("problem_id").items():
            productions = items.filtered("production_id").mapped("production_id")
            if len(productions) < len(items.filtered("production_id")):
                raise TrimStateError(self.env._("%(problem)s: a manufacturing order stands in it twice.", problem=problem.name))

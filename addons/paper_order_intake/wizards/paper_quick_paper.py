from odoo import api, fields, models

from ..exceptions import QuickOrderError

MILLIMETRE = (16, 2)
# The specification of the wizard, under the names of paper.spec.
SPEC_FIELDS = (
    "format",
    "basis_weight",
    "caliper",
    "width",
    "length",
    "sheets_per_ream",
    "grain_direction",
    "reel_diameter_max",
    "core_diameter",
    "core_outside_diameter",
    "packing",
    "tolerance_minus",
    "tolerance_plus",
    "quality_requirement",
)
ONE_FORMAT = {
    "reel": ("reel_diameter_max", "core_diameter", "core_outside_diameter"),
    "sheet": ("length", "grain_direction", "sheets_per_ream"),
}
# What is told of each paper; when and where it is wanted may differ from one paper of an order to the next.
PAPER_FIELDS = ("product_id", *SPEC_FIELDS, "quantity", "unit", "commitment_date", "partner_shipping_id")


class PaperQuickPaper(models.AbstractModel):
    """One paper of an order as a customer says it; what it weighs and costs is known at once.

    Who inherits gives it a company and a customer.
    """

    _name = "paper.quick.paper"
    _description = "Paper Told by a Customer"

    company_id = fields.Many2one("res.company")
    partner_id = fields.Many2one("res.partner", string="Customer")
    product_id = fields.Many2one("product.product", required=True, domain=[("is_paper", "=", True), ("sale_ok", "=", True)])
    format = fields.Selection([("reel", "Reel"), ("sheet", "Sheet")], required=True, default="reel")
    basis_weight = fields.Float(string="Basis Weight (g/m²)", digits=(16, 3))
    caliper = fields.Float(string="Caliper (µm)", digits=MILLIMETRE)
    width = fields.Float(string="Width (mm)", digits=MILLIMETRE)
    length = fields.Float(string="Sheet Length (mm)", digits=MILLIMETRE)
    sheets_per_ream = fields.Integer(string="Sheets per Ream", default=500)
    grain_direction = fields.Selection([("long", "Long Grain"), ("short", "Short Grain")])
    reel_diameter_max = fields.Float(string="Reel Diameter (mm)", digits=MILLIMETRE)
    core_diameter = fields.Float(string="Core Inside Diameter (mm)", digits=MILLIMETRE)
    core_outside_diameter = fields.Float(string="Core Outside Diameter (mm)", digits=MILLIMETRE)
    quantity = fields.Float(digits=(16, 3))
    unit = fields.Selection("_units", required=True, default="t")
    packing = fields.Char()
    tolerance_minus = fields.Float(string="Quantity Tolerance − (%)", digits=(5, 2))
    tolerance_plus = fields.Float(string="Quantity Tolerance + (%)", digits=(5, 2))
    quality_requirement = fields.Text(string="Quality Requirements")
    partner_shipping_id = fields.Many2one("res.partner", string="Delivery Place")
    commitment_date = fields.Date(string="Delivery Date")
    spec_text = fields.Char(string="Specification", compute="_compute_figures")
    weight_kg = fields.Float(string="Weight (kg)", compute="_compute_figures", digits=(16, 3))
    equivalents = fields.Char(string="That is", compute="_compute_figures")
    problem = fields.Text(compute="_compute_figures")
    currency_id = fields.Many2one("res.currency", compute="_compute_price")
    price_unit = fields.Float(string="Price", compute="_compute_price", digits="Product Price")
    uom_name = fields.Char(related="product_id.uom_id.name")
    amount = fields.Monetary(compute="_compute_price", help="Without taxes, by the customer's price list.")

    @api.model
    def _units(self):
        return self.env["sale.order.line"]._paper_units()

    def _spec(self):
        """Return the specification as far as it was told, not stored."""
        self.ensure_one()
        return self.env["paper.spec"].new(
            {**self._prepare_spec(), "grade_id": self.product_id.paper_grade_id.id, "company_id": self.company_id.id}
        )

    def _prepare_spec(self):
        """Return what was told of the specification; figures of the other format, typed before it changed, are not."""
        other = ONE_FORMAT["sheet" if self.format == "reel" else "reel"]
        return {name: self[name] for name in SPEC_FIELDS if name not in other}

    @api.depends("product_id", "company_id", "quantity", "unit", *SPEC_FIELDS)
    @api.depends_context("lang")
    def _compute_figures(self):
        for wizard in self:
            spec = wizard._spec()
            line = self.env["sale.order.line"].new(
                {"paper_spec_id": spec, "paper_quantity": wizard.quantity, "paper_unit": wizard.unit}
            )
            wizard.spec_text = spec.display_name
            wizard.weight_kg = spec._convert(wizard.quantity, wizard.unit, "kg", raise_if_missing=False)
            wizard.equivalents = line.paper_equivalents if wizard.quantity else ""
            wizard.problem = "\n".join(spec._contradictions())

    @api.depends("product_id", "partner_id", "weight_kg")
    def _compute_price(self):
        kg = self.env["uom.uom"]._kilogram()
        for wizard in self:
            product = wizard.product_id.with_company(wizard.company_id)
            pricelist = wizard.partner_id.with_company(wizard.company_id).property_product_pricelist
            currency = pricelist.currency_id or wizard.company_id.currency_id or self.env.company.currency_id
            uom = product.uom_id
            same = uom and uom._has_common_reference(kg)
            quantity = kg._compute_quantity(wizard.weight_kg, uom, round=False) if same else 0
            wizard.currency_id = currency
            wizard.price_unit = (
                pricelist._get_product_price(product, quantity or 1.0, currency=currency, uom=uom) if product else 0
            )
            wizard.amount = wizard.price_unit * quantity

    def _is_told(self):
        """Say whether anything was told of a paper beyond what it shares with the one before."""
        self.ensure_one()
        return bool(self.quantity or self.width or self.length or self.basis_weight)

    def _check_told(self):
        """Refuse figures that contradict each other, are negative, or count what cannot be counted.

        :raises QuickOrderError: see there
        """
        self.ensure_one()
        if self.problem:
            raise QuickOrderError(self.problem)
        spec = self._spec()
        if self.quantity < 0 or any(self[name] < 0 for name in SPEC_FIELDS if self._fields[name].type in ("float", "integer")):
            raise QuickOrderError(self.env._("The figures of an order cannot be negative."))
        if self.unit not in ("kg", "t") and self.quantity and not self.weight_kg:
            spec._convert(self.quantity, self.unit, "kg")  # says which figure is missing

    def _paper_told(self):
        """Return the fields of this paper, to be told of another record."""
        self.ensure_one()
        return {name: self._fields[name].convert_to_write(self[name], self) for name in PAPER_FIELDS}

    def _prepare_paper_values(self):
        """Return the fields of the arrival of this paper."""
        self.ensure_one()
        spec = self._prepare_spec()
        noon = self.company_id._paper_noon
        return {
            "product_id": self.product_id.id,
            "weight": self.weight_kg,
            "basis_weight": self.basis_weight,
            "caliper": self.caliper,
            "width": self.width,
            "length": spec.get("length", 0),
            "diameter_max": spec.get("reel_diameter_max", 0),
            "core_diameter": spec.get("core_diameter", 0),
            "commitment_date": noon(self.commitment_date) if self.commitment_date else False,
            "quality_requirement": self.quality_requirement,
            "details": {
                "spec": {name: spec[name] for name in SPEC_FIELDS if name in spec and spec[name]},
                "order": {"partner_shipping_id": self.partner_shipping_id.id or self.partner_id.id},
                "line": {"paper_quantity": self.quantity, "paper_unit": self.unit},
            },
        }

    def _said(self, names):
        """Return these fields as they were said, a line each; what was not said is left out."""
        self.ensure_one()
        lines = []
        for name in names:
            value, field = self[name], self._fields[name]
            if field.type == "many2one":
                value = value.display_name
            elif field.type == "selection":
                value = dict(field._description_selection(self.env)).get(value)
            elif field.type == "float":
                value = f"{value:.10g}" if value else ""
            if value:
                lines.append(f"{field._description_string(self.env)}: {value}")
        return lines

    def _raw_paper(self):
        """Return what was said of the paper, in the words of the form."""
        names = ("product_id", *self._prepare_spec(), "quantity", "unit", "commitment_date", "partner_shipping_id")
        return self._said(names)

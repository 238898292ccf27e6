import uuid

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
# What the next order of the same customer has in common with this one.
KEPT = (
    "channel_id",
    "order_type",
    "product_id",
    "format",
    "unit",
    "partner_id",
    "partner_shipping_id",
    "commitment_date",
    "payment_term_id",
)


class PaperQuickOrder(models.TransientModel):
    """An order as a customer says it, on the telephone or across the table: the paper first, what it weighs and costs
    at once, then who wants it, when, where. Becomes an arrival like every other, and an order at once.
    """

    _name = "paper.quick.order"
    _description = "Order by Phone or Visit"

    channel_id = fields.Many2one(
        "paper.intake.channel",
        required=True,
        domain=[("kind", "in", ("phone", "visit"))],
        default=lambda self: self._default_channel(),
    )
    company_id = fields.Many2one(related="channel_id.company_id")
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
    order_type = fields.Selection(
        lambda self: self.env["sale.order"]._fields["paper_order_type"]._description_selection(self.env),
        compute="_compute_order_type",
        store=True,
        readonly=False,
        required=True,
    )
    packing = fields.Char()
    tolerance_minus = fields.Float(string="Quantity Tolerance − (%)", digits=(5, 2))
    tolerance_plus = fields.Float(string="Quantity Tolerance + (%)", digits=(5, 2))
    quality_requirement = fields.Text(string="Quality Requirements")
    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    partner_shipping_id = fields.Many2one("res.partner", string="Delivery Place")
    commitment_date = fields.Date(string="Delivery Date")
    payment_term_id = fields.Many2one("account.payment.term", string="Payment Terms")
    incoterm = fields.Many2one("account.incoterms", string="Incoterm")
    number = fields.Char(string="Customer's No.")
    words = fields.Text(string="In the Customer's Words", help="Kept with the arrival as it was said.")
    spec_text = fields.Char(string="Specification", compute="_compute_figures")
    weight_kg = fields.Float(string="Weight (kg)", compute="_compute_figures", digits=(16, 3))
    equivalents = fields.Char(string="That is", compute="_compute_figures")
    problem = fields.Text(compute="_compute_figures")
    currency_id = fields.Many2one("res.currency", compute="_compute_price")
    price_unit = fields.Float(string="Price", compute="_compute_price", digits="Product Price")
    uom_name = fields.Char(related="product_id.uom_id.name")
    amount = fields.Monetary(compute="_compute_price", help="Without taxes, by the customer's price list.")

    @api.model
    def _default_channel(self):
        channels = self.env["paper.intake.channel"]
        return channels.search([("kind", "=", "phone"), ("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("channel_id")
    def _compute_order_type(self):
        for wizard in self:
            wizard.order_type = wizard.channel_id.order_type or "standard"

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
        kg = self.env["sale.order.line"]._kilogram()
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

    @api.onchange("partner_id")
    def _onchange_partner(self):
        partner = self.partner_id.with_company(self.company_id)
        self.partner_shipping_id = partner and partner.address_get(["delivery"])["delivery"]
        self.payment_term_id = partner.property_payment_term_id or self.payment_term_id

    @api.onchange("format")
    def _onchange_format(self):
        wrong = {"reel": ("sheet", "ream"), "sheet": ("reel", "m")}[self.format or "reel"]
        if self.unit in wrong:
            self.unit = "t"

    # Steps

    def action_save(self):
        """Store the arrival and make the order of it (R3.1.1).

        :return: action on the order, or on the arrival where the order has to wait
        :raises QuickOrderError: the figures contradict each other, or the quantity cannot be counted so
        """
        message = self._take_in()
        return (message.order_id or message)._get_records_action(name=self.env._("Order"))

    def action_save_next(self):
        """Store the arrival and make the order of it, then offer an empty form for the customer's next paper."""
        message = self._take_in()
        made = message.order_id.name or message.display_name
        names = self._kept_names()
        kept = {f"default_{name}": self._fields[name].convert_to_write(self[name], self) for name in names}
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_quick_order")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if message.order_id else "warning",
                "message": self.env._("%(order)s is taken in: %(spec)s", order=made, spec=self.spec_text),
                "next": {**action, "context": kept},
            },
        }

    def _kept_names(self):
        """Return the fields that the customer's next paper shares with this one. Override to add."""
        return KEPT

    def _take_in(self):
        """Hand the order in by its channel's door; return its arrival."""
        self.ensure_one()
        self.env["paper.intake.message"].check_access("create")
        self._check_channel()
        self._check_told()
        return self.channel_id._receive([self._prepare_arrival()])

    def _check_channel(self):
        """Refuse a channel that no person takes orders by. Override where orders of another one are taken by hand."""
        if self.channel_id.kind not in ("phone", "visit"):
            raise QuickOrderError(self.env._("Orders are taken here by phone and at visits only."))

    def _prepare_arrival(self):
        """Return what is handed to the channel; see its ``_receive``."""
        reference = f"{self.channel_id.kind}:{uuid.uuid4()}"
        return {"external_ref": reference, "raw": self._raw(), "values": self._prepare_values()}

    def _check_told(self):
        if self.problem:
            raise QuickOrderError(self.problem)
        spec = self._spec()
        if self.quantity < 0 or any(self[name] < 0 for name in SPEC_FIELDS if self._fields[name].type in ("float", "integer")):
            raise QuickOrderError(self.env._("The figures of an order cannot be negative."))
        if self.unit not in ("kg", "t") and self.quantity and not self.weight_kg:
            spec._convert(self.quantity, self.unit, "kg")  # says which figure is missing

    def _prepare_values(self):
        """Return the fields of the arrival."""
        spec = self._prepare_spec()
        details = {
            "spec": {name: spec[name] for name in SPEC_FIELDS if name in spec and spec[name]},
            "order": {
                "partner_shipping_id": self.partner_shipping_id.id or self.partner_id.id,
                "incoterm": self.incoterm.id,
                "paper_order_type": self.order_type,
            },
            "line": {"paper_quantity": self.quantity, "paper_unit": self.unit},
        }
        noon = self.env["sale.order"].new({"company_id": self.company_id.id})._noon
        return {
            "handler_id": self.env.uid,
            "partner_id": self.partner_id.id,
            "product_id": self.product_id.id,
            "number": self.number,
            "weight": self.weight_kg,
            "basis_weight": self.basis_weight,
            "caliper": self.caliper,
            "width": self.width,
            "length": spec.get("length", 0),
            "diameter_max": spec.get("reel_diameter_max", 0),
            "core_diameter": spec.get("core_diameter", 0),
            "commitment_date": noon(self.commitment_date) if self.commitment_date else False,
            "payment_term_id": self.payment_term_id.id,
            "quality_requirement": self.quality_requirement,
            "details": details,
        }

    def _raw(self):
        """Return what was said, in the words of the form: what the arrival keeps."""
        names = ("product_id", *self._prepare_spec(), "quantity", "unit", "partner_id", "partner_shipping_id")
        names += ("commitment_date", "payment_term_id", "incoterm", "number")
        names += ("order_type",) if self.order_type != "standard" else ()
        lines = [self.words] if self.words else []
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
        return "\n".join(lines)

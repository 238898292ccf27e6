from odoo import api, fields, models
from odoo.tools import float_compare
from odoo.tools.misc import formatLang

from ...exceptions import PaperAmountError, PaperInvoicingError, QuantityConversionError, SpecIncompleteError
from ...lib.order_fields import BY_INVOICE
from ...lib.quantity import UNITS
from ..department.reading import changed_by_sales, computing_records, unreadable_lists
from ..spec.paper_spec import WEIGHT_FIGURES

# Odoo's own fields of a line that are agreed with a customer; ours say so by ``agreed=True``.
AGREED_OF_ODOO = (
    "order_id",
    "product_id",
    "product_uom_qty",
    "product_uom_id",
    "price_unit",
    "discount",
    "tax_ids",
)
QUANTITY_FIELDS = {"paper_spec_id", "paper_quantity", "paper_unit", "product_uom_id", "product_uom_qty"}
SPEC_FIGURES = [f"paper_spec_id.{name}" for name in WEIGHT_FIGURES]
# Digits shown of each unit beside the ordered quantity.
SHOWN_DIGITS = {"kg": 1, "t": 3, "m": 0, "m2": 0, "sheet": 0, "ream": 2, "reel": 2}


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "paper.agreed.mixin", "paper.amount.mixin", "paper.step.mixin"]

    _paper_amounts = ("paper_quantity", "product_uom_qty", "price_unit")
    _paper_plausible = ("product_uom_qty", "price_unit", "discount")

    # Lines of these kinds are made by the invoice of a down payment and by costs that are invoiced on.
    is_downpayment = fields.Boolean(by_steps=True)
    is_expense = fields.Boolean(by_steps=True)
    invoice_lines = fields.Many2many(by_steps=True)
    is_paper = fields.Boolean(compute="_compute_is_paper")
    paper_spec_id = fields.Many2one(
        "paper.spec",
        string="Specification",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=True,
        agreed=True,
    )
    paper_quantity = fields.Float(
        string="Ordered",
        digits=(16, 6),
        agreed=True,
        help="Quantity in the customer's own unit; the weight follows from the specification.",
    )
    paper_unit = fields.Selection("_paper_units", string="Paper Unit", default="kg", agreed=True)
    paper_weight_kg = fields.Float(
        string="Weight (kg)", digits=(16, 3), compute="_compute_paper_weight_kg", store=True, precompute=True
    )
    paper_equivalents = fields.Char(
        string="That is",
        compute="_compute_paper_equivalents",
        help="The ordered quantity in the other units of this paper.",
    )

    @api.model
    def _paper_units(self):
        _ = self.env._
        labels = {
            "kg": _("kg"),
            "t": _("tonnes"),
            "m": _("metres"),
            "m2": _("m²"),
            "sheet": _("sheets"),
            "ream": _("reams"),
            "reel": _("reels"),
        }
        return [(unit, labels[unit]) for unit in UNITS]

    @api.depends("product_id.is_paper", "paper_spec_id")
    def _compute_is_paper(self):
        for line in self:
            line.is_paper = bool(line.paper_spec_id or line.product_id.is_paper)

    @api.depends("paper_quantity", "paper_unit", "paper_spec_id", *SPEC_FIGURES)
    def _compute_paper_weight_kg(self):
        for line in self:
            spec = line.paper_spec_id
            line.paper_weight_kg = (
                spec._convert(line.paper_quantity, line.paper_unit, "kg", raise_if_missing=False)
                if spec and line.paper_unit
                else 0.0
            )

    @api.depends("paper_quantity", "paper_unit", "paper_spec_id", *SPEC_FIGURES)
    @api.depends_context("lang")
    def _compute_paper_equivalents(self):
        labels = dict(self._paper_units())
        for line in self:
            amounts = line.paper_spec_id and line.paper_spec_id._quantity_summary(line.paper_quantity, line.paper_unit)
            line.paper_equivalents = " · ".join(
                f"{formatLang(self.env, value, digits=SHOWN_DIGITS[unit])} {labels[unit]}"
                for unit, value in (amounts or {}).items()
                if unit not in (line.paper_unit, "t")
            )

    def _paper_quantity_text(self):
        """Return the ordered quantity in the customer's unit as he would write it: "1,000 reams"."""
        self.ensure_one()
        digits = next((count for count in range(3) if round(self.paper_quantity, count) == round(self.paper_quantity, 3)), 3)
        unit = dict(self._paper_units()).get(self.paper_unit, "")
        return f"{formatLang(self.env, self.paper_quantity, digits=digits)} {unit}"

    # Quantity: the customer's unit leads, the product's unit of measure follows.

    @api.onchange("product_id")
    def _onchange_paper_product(self):
        # Odoo begins a line with 1 unit. Of paper that is a quantity which nobody ordered.
        if self.product_id.is_paper and self._is_quantity_untouched():
            self.product_uom_qty = 0

    @api.onchange("paper_spec_id")
    def _onchange_paper_spec(self):
        if self.paper_spec_id and not self.product_id.is_paper and self._is_quantity_untouched():
            self.product_uom_qty = 0

    @api.onchange("paper_quantity")
    def _onchange_ordered_quantity(self):
        if self.paper_spec_id and not self.paper_quantity:
            self.product_uom_qty = 0

    @api.onchange("paper_spec_id", "paper_quantity", "paper_unit", "product_uom_id")
    def _onchange_paper_quantity(self):
        given = {name: self[name] for name in ("paper_quantity", "paper_unit", "product_uom_qty")}
        self.update(self._completed_quantity(self.paper_spec_id, self.product_uom_id, given))

    def _is_quantity_untouched(self):
        """Say whether the line of a form still has the quantity that Odoo begins it with."""
        self.ensure_one()
        given = "default_product_uom_qty" in self.env.context
        return not self._origin and not given and not self.paper_quantity and self.product_uom_qty == 1

    @api.onchange("product_uom_qty")
    def _onchange_weighed_quantity(self):
        if self.paper_spec_id and not self._same_quantity():
            given = {"paper_unit": self.paper_unit, "product_uom_qty": self.product_uom_qty}
            self.update(self._completed_quantity(self.paper_spec_id, self.product_uom_id, given))

    @api.model
    def _completed_quantity(self, spec, uom, vals):
        """Return the quantities that follow from those in ``vals``: the unit of measure's from the
        customer's, or the other way round where only the former is given; {} where nothing follows.
        A weight that the specification cannot tell yet is 0, and so is a quantity that nobody gave.
        """
        kg = self.env["uom.uom"]._kilogram()
        unit = vals.get("paper_unit") or "kg"
        if not spec or not uom or not uom._has_common_reference(kg):
            return {}
        if vals.get("paper_quantity"):
            weight = spec._convert(vals["paper_quantity"], unit, "kg", raise_if_missing=False)
            return {"product_uom_qty": kg._compute_quantity(weight, uom, rounding_method="HALF-UP")}
        if vals.get("product_uom_qty"):
            weight = uom._compute_quantity(vals["product_uom_qty"], kg, round=False)
            return {"paper_quantity": spec._convert(weight, "kg", unit, raise_if_missing=False)}
        return {}

    def _completed_write(self, vals):
        """Return the quantities that a write of ``vals`` entails on this line."""
        self.ensure_one()
        spec = self.paper_spec_id.browse(vals["paper_spec_id"]) if "paper_spec_id" in vals else self.paper_spec_id
        uom = self.product_uom_id.browse(vals["product_uom_id"]) if "product_uom_id" in vals else self.product_uom_id
        given = {"paper_unit": vals.get("paper_unit", self.paper_unit)}
        if spec and vals.get("paper_quantity") == 0 and "product_uom_qty" not in vals:
            return {"product_uom_qty": 0}
        # A weight of 0 alone takes the quantity back, unless the specification cannot tell the weight anyway.
        if self.paper_weight_kg and QUANTITY_FIELDS & vals.keys() == {"product_uom_qty"} and not vals["product_uom_qty"]:
            return {"paper_quantity": 0}
        if "product_uom_qty" in vals and "paper_quantity" not in vals:
            given["product_uom_qty"] = vals["product_uom_qty"]
        elif "product_uom_qty" not in vals:
            given["paper_quantity"] = vals.get("paper_quantity", self.paper_quantity)
            given["product_uom_qty"] = self.product_uom_qty
        return self._completed_quantity(spec, uom, given)

    def _follow_spec(self):
        """Weigh the lines again after figures of their specification changed."""
        for line in self.filtered("paper_quantity"):
            line.write({"paper_quantity": line.paper_quantity})

    def _same_quantity(self):
        """Say whether the two quantities of the line agree, within the rounding of its unit of measure."""
        self.ensure_one()
        given = {"paper_quantity": self.paper_quantity, "paper_unit": self.paper_unit}
        follows = self._completed_quantity(self.paper_spec_id, self.product_uom_id, given)
        step = max(self.product_uom_id.rounding, 0.001)
        return float_compare(follows.get("product_uom_qty", 0), self.product_uom_qty, precision_rounding=step) == 0

    @api.constrains("paper_spec_id", "paper_quantity", "paper_unit", "product_uom_qty", "product_uom_id")
    def _check_paper_quantity(self):
        kg = self.env["uom.uom"]._kilogram()
        for line in self.filtered("paper_spec_id"):
            if not line.product_uom_id._has_common_reference(kg):
                raise QuantityConversionError(
                    self.env._(
                        "“%(product)s” is sold in %(uom)s, which is no weight: a specification needs a product in kg or t.",
                        product=line.product_id.display_name,
                        uom=line.product_uom_id.name,
                    )
                )
            try:
                line.paper_spec_id._convert(line.paper_quantity, line.paper_unit, "kg")
            except SpecIncompleteError:
                continue  # an order may be received before all is known; the missing weight blocks its evaluation
            if not line._same_quantity():
                raise QuantityConversionError(
                    self.env._(
                        "%(product)s: the ordered %(quantity)s %(unit)s do not weigh %(weight)s %(uom)s.",
                        product=line.product_id.display_name,
                        quantity=line.paper_quantity,
                        unit=dict(line._paper_units())[line.paper_unit],
                        weight=line.product_uom_qty,
                        uom=line.product_uom_id.name,
                    )
                )

    def _has_paper_amounts(self):
        return self.is_paper

    @api.constrains("discount", "product_id", "paper_spec_id")
    def _check_paper_line(self):
        self._check_paper_amounts()
        for line in self.filtered("is_paper"):
            if float_compare(line.discount, 100, precision_digits=2) > 0:
                raise PaperAmountError(
                    self.env._(
                        "%(record)s: a discount of more than 100 %% would be a price below zero. Correct the discount.",
                        record=line._paper_amount_name(),
                    )
                )

    def _check_access(self, operation):
        lines = self
        if operation == "write" and self and self.env.user.has_group("account.group_account_invoice"):
            # Whoever posts the invoice of a down payment writes what it says.
            lines = self.filtered(lambda line: not line.sudo().is_downpayment)  # sudo: see changed_by_sales
        refused = changed_by_sales(lines, operation) if lines or not self else None
        return refused or super()._check_access(operation)

    def _is_of_paper_order(self):
        return self.order_id.is_paper_order

    def _is_paper_without(self, products):
        """Say whether the line is paper whatever these products are."""
        self.ensure_one()
        return bool(self.paper_spec_id) or self.product_id not in products and self.product_id.is_paper

    def _compute_field_value(self, field):
        return super(SaleOrderLine, computing_records(self, field))._compute_field_value(field)

    def web_read(self, specification):
        hidden = unreadable_lists(self, specification)
        result = super().web_read({name: spec for name, spec in specification.items() if name not in hidden})
        return [{**values, **{name: [] for name in hidden}} for values in result]

    # A confirmed order

    @api.model
    def _agreed_fields(self):
        """Return what is agreed of a line: changing it in a confirmed order is a change of the order."""
        return [*AGREED_OF_ODOO, *super()._agreed_fields()]

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(self._completed_create(vals_list))
        if not self._is_step():
            lines.order_id._paper_orders_confirmed()._check_confirmed_change()
        lines.order_id._lock_agreed_specs()
        lines.order_id._standing_changed()
        return lines

    def _completed_create(self, vals_list):
        """Return the values of new lines, with the quantities that follow from those given."""
        spec_ids = [vals["paper_spec_id"] for vals in vals_list if vals.get("paper_spec_id")]
        product_ids = [vals["product_id"] for vals in vals_list if vals.get("product_id")]
        names = ("product_id", "paper_spec_id", "product_uom_id", "product_uom_qty", "paper_quantity", "paper_unit")
        context = self.env.context
        defaults = {name: context[f"default_{name}"] for name in names if f"default_{name}" in context}
        completed = []
        for vals in vals_list:
            vals = {name: value for name, value in vals.items() if name != "is_paper"}
            given = {**defaults, **vals}
            spec = self.env["paper.spec"].browse(given.get("paper_spec_id")).with_prefetch(spec_ids)
            product = self.env["product.product"].browse(given.get("product_id")).with_prefetch(product_ids)
            weighed = "product_uom_qty" in given
            if not weighed and (spec or product.is_paper):
                vals["product_uom_qty"] = 0  # Odoo's default of 1 is a quantity which nobody ordered
            if spec and not (given.get("paper_quantity") and weighed):
                uom = self.env["uom.uom"].browse(given.get("product_uom_id")) or product.uom_id
                vals = {**vals, **self._completed_quantity(spec, uom, given)}
            completed.append(vals)
        return completed

    def write(self, vals):
        # Whether a line is paper follows from its product and specification; see sale.order._without_conclusions.
        vals = {name: value for name, value in vals.items() if name != "is_paper"}
        self._check_delivered_by_transfers(vals)
        agreed = self.filtered(lambda line: line.order_id._paper_orders_confirmed())
        changed = self.browse() if self._is_step() else agreed._changing_fixed(vals)
        if changed:
            changed.check_access("write")
            changed.order_id._check_confirmed_change()
        weighed = self.filtered(lambda line: line.paper_spec_id) if QUANTITY_FIELDS & vals.keys() else self.browse()
        if vals.get("paper_spec_id"):
            weighed = self
        for line in weighed:
            super(SaleOrderLine, line).write({**vals, **line._completed_write(vals)})
        result = super(SaleOrderLine, self - weighed).write(vals)
        if {"paper_spec_id", "product_id", "order_id"} & vals.keys():
            (self if "order_id" in vals else self - changed).filtered("is_paper").order_id._check_confirmed_change()
            self.order_id._lock_agreed_specs()
        if QUANTITY_FIELDS & vals.keys():
            self.order_id.filtered(lambda order: order.state == "sale")._paper_weight_changed()
        self.order_id._standing_changed()
        return result

    def _check_delivered_by_transfers(self, vals):
        """Refuse that a person states what transfers tell: how much paper was delivered, and with it what is invoiced.

        :raises PaperInvoicingError: unless nothing but a person can know it, as where no stock is kept
        """
        if self.env.su or not {"qty_delivered", "qty_delivered_method"} & vals.keys():
            return
        for line in self.filtered(lambda rec: rec.is_paper and rec.qty_delivered_method not in (False, "manual")):
            raise PaperInvoicingError(
                self.env._(
                    "%(line)s: the delivered quantity follows from the deliveries. Correct the delivery or its return.",
                    line=line.display_name,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_contracted(self):
        # A down payment that no invoice asks for any more was never agreed on.
        agreed = self.filtered(lambda line: not line.is_downpayment or line.invoice_lines)
        agreed.order_id._paper_orders_confirmed()._check_confirmed_change()

    def _changing_fixed(self, vals):
        lines = super()._changing_fixed(vals)
        if vals.keys() <= {*BY_INVOICE}:
            lines = lines.filtered(lambda line: not line.is_downpayment)
        return lines

    def _get_protected_fields(self):
        # The rules of a paper order hold whether it is locked or not, and a supplement changes it all the same.
        return [] if all(order.is_paper_order for order in self.order_id) else super()._get_protected_fields()

    def copy_data(self, default=None):
        """Give the copied order a specification of its own, as long as no contract has locked it."""
        result = super().copy_data(default)
        for line, vals in zip(self, result, strict=True):
            if line.paper_spec_id and not line.paper_spec_id.locked and vals.get("paper_spec_id"):
                vals["paper_spec_id"] = line.paper_spec_id.copy().id
        return result

from odoo import api, fields, models

from ...exceptions import OrderTypeError

SALES, PURCHASING = "paper_base.group_sales", "paper_base.group_purchasing"
# Entered by sales until the order is agreed; when the pulp comes the customer may still tell later.
OPEN = {"new": (SALES,), "open": (SALES,)}
LATER = {"new": (SALES,), "any": (SALES, PURCHASING)}


class PaperCustomerMaterial(models.Model):
    """Pulp that the customer of a toll order brings for it: which, how much, when, the yield that is agreed, and what becomes
    of the rest. It stays the customer's property. Entered by sales; fixed with the type of the order, but for the date.
    """

    _name = "paper.customer.material"
    _description = "Pulp of the Customer"
    _inherit = ["paper.step.mixin"]
    _order = "order_id, id"
    _check_company_auto = True

    _evidence_states = ()  # until when it may be taken out of its order is said below
    _field_error = OrderTypeError
    _locked_error = OrderTypeError

    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="cascade", check_company=True, by_hand={"new": (SALES,)}
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="For",
        domain="[('order_id', '=', order_id)]",
        index="btree_not_null",
        ondelete="cascade",
        by_hand=OPEN,
        help="The paper that is made of it; all of the order if empty.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Pulp",
        required=True,
        domain=[("is_paper", "=", False)],
        check_company=True,
        ondelete="restrict",
        by_hand=OPEN,
    )
    quantity_kg = fields.Float(string="Brought (kg)", digits=(16, 3), required=True, by_hand=OPEN)
    promised_date = fields.Date(string="Expected on", by_hand=LATER, help="When the customer brings it.")
    yield_percent = fields.Float(
        string="Yield (%)",
        digits=(5, 2),
        default=90.0,
        by_hand=OPEN,
        help="How much paper is made of 100 kg of it, as agreed.",
    )
    rest = fields.Selection(
        [("return", "Returned"), ("keep", "Kept for the Next Order"), ("left", "Left to the Mill")],
        string="What Is Left",
        required=True,
        default="return",
        by_hand=OPEN,
    )

    _quantity_positive = models.Constraint("CHECK(quantity_kg > 0)", "Say how many kg of pulp the customer brings.")
    _yield_possible = models.Constraint("CHECK(yield_percent > 0)", "The agreed yield is more than 0 %.")

    @api.depends("product_id", "order_id.name")
    def _compute_display_name(self):
        for material in self:
            material.display_name = f"{material.order_id.name or ''} {material.product_id.display_name or ''}".strip()

    @api.constrains("order_id", "order_line_id", "product_id")
    def _check_order(self):
        for material in self:
            if not material.order_id._paper_type_rule("customer_material"):
                raise OrderTypeError(
                    self.env._(
                        "%(order)s is not made of the customer's pulp: make it a toll manufacturing order first.",
                        order=material.order_id.name,
                    )
                )
            if material.order_line_id and material.order_line_id.order_id != material.order_id:
                raise OrderTypeError(self.env._("%(material)s: the line is another order's.", material=material.display_name))

    # Who may change it

    def _own_state(self):
        return "fixed" if self._fixed_by() else "open"

    @api.model
    def _first_state(self):
        return "open"

    def _fixed_by(self):
        """Return what fixes the pulp of the order, "" if nothing does yet."""
        order = self.sudo().order_id  # sudo: how far the order is counts, whoever may read it
        fixed = order._paper_type_fixed_by()
        if not fixed and order.state not in ("draft", "sent"):
            fixed = self.env._("%(order)s is confirmed: its pulp can no longer be changed.", order=order.name)
        return fixed

    def _refused_hand_message(self, names):
        fixed = self[:1] and names != ["promised_date"] and self[:1]._fixed_by()
        return fixed or super()._refused_hand_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        if not self._is_one_of((SALES,)) and not self._is_loading():
            raise OrderTypeError(self.env._("The customer's pulp is entered by %(who)s.", who=self._group_names((SALES,))))
        self._check_open()

    @api.constrains("order_id")
    def _check_open(self):
        """Refuse what is added to an order that is agreed, or taken out of it."""
        for material in self:
            if (fixed := material._fixed_by()) and not self._is_loading():
                raise OrderTypeError(fixed)

    def _agreed_facts(self):
        """Return what is agreed of the pulp, as plain values."""
        return [
            {
                "product": material.product_id.id,
                "line": material.order_line_id.id or None,
                "kg": material.quantity_kg,
                "yield": material.yield_percent,
                "rest": material.rest,
            }
            for material in self.sorted("id")
        ]

    def _terms_text(self):
        """Return what is agreed of the pulp in words, for a contract."""
        self.ensure_one()
        rest = dict(self._fields["rest"]._description_selection(self.env))[self.rest]
        return self.env._(
            "%(pulp)s, %(kg)s kg, yield %(yield)s %%, what is left: %(rest)s",
            pulp=self.product_id.name,
            kg=f"{self.quantity_kg:,.10g}",
            rest=rest,
            **{"yield": f"{self.yield_percent:g}"},
        )

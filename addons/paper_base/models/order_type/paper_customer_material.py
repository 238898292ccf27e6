from odoo import api, fields, models

from ...exceptions import OrderTypeError

SALES, PURCHASING = "paper_base.group_sales", "paper_base.group_purchasing"
# What the customer may still tell when the rest is agreed.
LATER = {"promised_date"}


class PaperCustomerMaterial(models.Model):
    """Pulp that the customer of a toll order brings for it: which, how much, when, the yield that is agreed, and what becomes
    of the rest. It stays the customer's property. Entered by sales; fixed with the type of the order, but for the date.
    """

    _name = "paper.customer.material"
    _description = "Pulp of the Customer"
    _order = "order_id, id"
    _check_company_auto = True

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="For",
        domain="[('order_id', '=', order_id)]",
        index="btree_not_null",
        ondelete="cascade",
        help="The paper that is made of it; all of the order if empty.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Pulp",
        required=True,
        domain=[("is_paper", "=", False)],
        check_company=True,
        ondelete="restrict",
    )
    quantity_kg = fields.Float(string="Brought (kg)", digits=(16, 3), required=True)
    promised_date = fields.Date(string="Expected on", help="When the customer brings it.")
    yield_percent = fields.Float(
        string="Yield (%)", digits=(5, 2), default=90.0, help="How much paper is made of 100 kg of it, as agreed."
    )
    rest = fields.Selection(
        [("return", "Returned"), ("keep", "Kept for the Next Order"), ("left", "Left to the Mill")],
        string="What Is Left",
        required=True,
        default="return",
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

    @api.model_create_multi
    def create(self, vals_list):
        materials = super().create(vals_list)
        materials._check_hand(set())
        return materials

    def write(self, vals):
        self._check_hand(vals.keys())
        result = super().write(vals)
        self._check_hand(vals.keys())  # the order that it was moved to is asked as well
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_hand(set())

    def _check_hand(self, names):
        """Refuse a change that is not the person's, or of what is agreed.

        :param names: the fields that are written, none for the record as a whole
        :raises OrderTypeError: saying why
        """
        later = bool(names) and names <= LATER
        groups = (SALES, PURCHASING) if later else (SALES,)
        if not self.env["sale.order"]._is_one_of(groups) and not self.env["sale.order"]._is_loading():
            raise OrderTypeError(
                self.env._("The customer's pulp is entered by %(who)s.", who=self.env["sale.order"]._group_names(groups))
            )
        for order in () if later else self.order_id:
            fixed = order._paper_type_fixed_by()
            if fixed or order.state not in ("draft", "sent"):
                raise OrderTypeError(
                    fixed or self.env._("%(order)s is confirmed: its pulp can no longer be changed.", order=order.name)
                )

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

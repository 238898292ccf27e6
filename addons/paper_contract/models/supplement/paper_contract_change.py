from odoo import api, fields, models

from ...exceptions import ContractImmutableError
from ...triggers import set_trigger
from ..draft.paper_contract import WHEN_MADE
from ..draft.paper_contract_part import PART_IN_DRAFT

# What a supplement changes of a line: old_<name> beside new_<name>.
CHANGED = ("quantity", "price", "spec_id", "commitment_date", "shipping_id")


class PaperContractChange(models.Model):
    """What a supplement changes of one line of the order: quantity, price, specification, day or place of delivery, old
    beside new. Sales writes the new figures while the supplement is a draft; they reach the order when it is in force (R4.1.3).
    """

    _name = "paper.contract.change"
    _inherit = ["paper.contract.part", "paper.amount.mixin"]
    _description = "Change of an Order Line by a Supplement"
    _order = "contract_id, id"
    _rec_name = "order_line_id"

    _paper_amounts = ("new_quantity", "new_price")

    contract_id = fields.Many2one(
        "paper.contract", required=True, ondelete="cascade", index=True, readonly=True, by_hand=WHEN_MADE
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="contract_id.currency_id")
    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Product",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        by_hand=WHEN_MADE,
    )
    unit = fields.Char(compute="_compute_unit")
    price_unit_name = fields.Char(related="order_line_id.product_uom_id.name", string="per")
    old_quantity = fields.Float(string="Quantity, old", digits=(16, 3), by_steps=True)
    new_quantity = fields.Float(string="Quantity, new", digits=(16, 3), by_hand=PART_IN_DRAFT)
    old_price = fields.Float(string="Price, old", digits="Product Price", by_steps=True)
    new_price = fields.Float(string="Price, new", digits="Product Price", by_hand=PART_IN_DRAFT)
    old_spec_id = fields.Many2one("paper.spec", string="Specification, old", by_steps=True)
    new_spec_id = fields.Many2one(
        "paper.spec", string="Specification, new", domain="[('locked', '=', False)]", by_hand=PART_IN_DRAFT
    )
    # Empty: as the order.
    old_commitment_date = fields.Datetime(string="Delivery, old", by_steps=True)
    new_commitment_date = fields.Datetime(string="Delivery, new", by_hand=PART_IN_DRAFT)
    old_shipping_id = fields.Many2one("res.partner", string="Delivery Place, old", by_steps=True)
    new_shipping_id = fields.Many2one("res.partner", string="Delivery Place, new", by_hand=PART_IN_DRAFT)
    # The address that was signed, where the contact says another one since: the supplement agrees on that of today.
    signed_place = fields.Json(groups="base.group_user", by_steps=True)
    is_changed = fields.Boolean(compute="_compute_is_changed")

    _line_once = models.UniqueIndex("(contract_id, order_line_id)", "A supplement changes each line once.")

    @api.depends("order_line_id.paper_unit", "order_line_id.paper_spec_id", "order_line_id.product_uom_id")
    @api.depends_context("lang")
    def _compute_unit(self):
        for change in self:
            # sudo: who reads the contract reads its units
            change.unit = change.sudo().order_line_id._contract_quantity_unit()[1]

    @api.depends(*(f"{age}_{name}" for name in CHANGED for age in ("old", "new")), "signed_place")
    def _compute_is_changed(self):
        for change in self:
            change.is_changed = any(change._changes(name) for name in CHANGED)

    def _changes(self, name):
        """Say whether the supplement changes a figure of the line: one of ``CHANGED``."""
        return self[f"old_{name}"] != self[f"new_{name}"] or (name == "shipping_id" and self._is_place_moved())

    def _new_place(self):
        """Return the contact to whom the line is delivered by the supplement."""
        return self.new_shipping_id or self.order_line_id.order_id.partner_shipping_id

    def _is_place_moved(self):
        """Say whether the contact's address of today is another one than the one that was signed."""
        place = self.sudo().signed_place  # sudo: whether it changes is the same for every reader
        return bool(place) and place != self._new_place()._contract_place()

    def _texts(self, with_prices=True):
        """Return ``[(what, old, new), …]`` of what changes, in the user's language."""
        self.ensure_one()
        _ = self.env._
        number = self.env["sale.order.line"]._contract_number
        found = []
        if self.old_spec_id != self.new_spec_id:
            found.append((_("Specification"), self.old_spec_id._contract_name(), self._spec_text()))
        if self.old_quantity != self.new_quantity:
            quantities = [f"{number(value)} {self.unit}" for value in (self.old_quantity, self.new_quantity)]
            found.append((_("Quantity"), *quantities))
        if with_prices and self.old_price != self.new_price:
            prices = [
                f"{number(value)} {self.currency_id.name}/{self.price_unit_name}" for value in (self.old_price, self.new_price)
            ]
            found.append((_("Unit Price"), *prices))
        if self._changes("commitment_date"):
            dates = [self._date_text(date) for date in (self.old_commitment_date, self.new_commitment_date)]
            found.append((_("Delivery time"), *dates))
        if self._changes("shipping_id"):
            signed, partner = self.sudo().signed_place, self.env["res.partner"]  # sudo: see _is_place_moved
            old = self.contract_id._address_text(partner._of_place(signed)) if signed else self._place_text(self.old_shipping_id)
            found.append((_("Delivery place"), old, self._place_text(self.new_shipping_id)))
        return found

    def _date_text(self, date):
        contract = self.contract_id
        return contract._date_text(date) or self.env._(
            "%(text)s, as the order", text=contract._date_text(contract.new_commitment_date) or "—"
        )

    def _place_text(self, place):
        text = self.contract_id._address_text(place or self.order_line_id.order_id.partner_shipping_id)
        return text if place else self.env._("%(text)s, as the order", text=text or "—")

    def _spec_text(self):
        """Return the new specification as the supplement names it, with its packing, tolerance and quality."""
        spec = self.new_spec_id
        texts = [spec._contract_name()]
        old = self.old_spec_id
        for method in ("_contract_tolerance", "_contract_packing", "_contract_quality"):
            if getattr(spec, method)() != getattr(old, method)():
                texts.append(getattr(spec, method)() or "—")
        return "\n".join(texts)

    def _terms(self):
        """Return the new figures as plain values, for the digest of what is reviewed and signed."""
        self.ensure_one()
        terms = {
            "line": self.order_line_id.id,
            "quantity": [self.old_quantity, self.new_quantity],
            "price": [self.old_price, self.new_price],
            "spec": [self.old_spec_id.id, self.new_spec_id._contract_terms() if self.new_spec_id else None],
        }
        # Only where they change: what was reviewed or signed before says the same as ever.
        if self._changes("commitment_date"):
            terms["date"] = [fields.Datetime.to_string(date) for date in (self.old_commitment_date, self.new_commitment_date)]
        if self._changes("shipping_id"):
            place = self._new_place() if self._is_place_moved() else self.new_shipping_id
            terms["place"] = [self.old_shipping_id.id, place.id, place._contract_place() if place else None]
        return terms

    @api.model_create_multi
    def create(self, vals_list):
        completed = []
        for vals in vals_list if self._is_step() else self._given(vals_list):
            line = self.env["sale.order.line"].browse(vals.get("order_line_id"))
            # What stands in the order is read from the order, whatever is given.
            completed.append({**self._prepare_change(line), **vals})
        changes = super(PaperContractChange, self._completing()).create(completed).with_env(self.env)
        changes._check_contract()
        return changes

    def write(self, vals):
        result = super().write(vals)
        if not self._is_step():
            self._check_contract()
            self.contract_id._add_drafter()
        self.contract_id._sync_warnings()
        return result

    @api.model
    def _prepare_change(self, line):
        """Return the values of a change of ``line`` that changes nothing yet."""
        quantity = line._contract_quantity_unit()[0] if line else 0
        return {
            "old_quantity": quantity,
            "new_quantity": quantity,
            "old_price": line.price_unit,
            "new_price": line.price_unit,
            "old_spec_id": line.paper_spec_id.id,
            "new_spec_id": line.paper_spec_id.id,
            "old_commitment_date": line.paper_commitment_date,
            "new_commitment_date": line.paper_commitment_date,
            "old_shipping_id": line.paper_shipping_id.id,
            "new_shipping_id": line.paper_shipping_id.id,
            "signed_place": line._moved_place() if line else False,
        }

    def _check_contract(self):
        """Refuse changes outside a draft supplement of the user's own, or of a line of another order."""
        self.contract_id.check_access("write")
        self.contract_id._check_state("draft")
        if any(not rec.contract_id.parent_id or rec.order_line_id.order_id != rec.contract_id.order_id for rec in self):
            self._refuse()

    @api.ondelete(at_uninstall=False)
    def _unlink_with_draft(self):
        self._refuse()

    def _refuse(self):
        raise ContractImmutableError(
            self.env._("Only the new figures of a supplement are typed, and only while it is a draft.")
        )

    def action_revise_spec(self):
        """Make the next revision of the specification, take it into the supplement and open it."""
        self.ensure_one()
        self.contract_id._check_act("edit")
        if self.new_spec_id == self.old_spec_id:
            self.new_spec_id = self.old_spec_id._revise()
        return self.new_spec_id._get_records_action(target="new")

    def _apply(self):
        """Write the new figures into the order, by the supplement in force."""
        for change in self.filtered("is_changed"):
            change.order_line_id._by_step().write(change._prepare_line_values())

    def _prepare_line_values(self):
        """Return what is written in the order's line."""
        self.ensure_one()
        line = self.order_line_id
        quantity = "paper_quantity" if line.paper_spec_id and line.paper_quantity else "product_uom_qty"
        vals = {"price_unit": self.new_price}
        if self.new_quantity != self.old_quantity:
            vals[quantity] = self.new_quantity
        if self.new_spec_id != self.old_spec_id:
            # The quantity in the customer's own unit stays; the weight follows the new specification.
            vals = {"paper_quantity": line.paper_quantity, **vals, "paper_spec_id": self.new_spec_id.id}
        if self._changes("commitment_date"):
            vals["paper_commitment_date"] = self.new_commitment_date
        if self._changes("shipping_id"):
            vals["paper_shipping_id"] = self.new_shipping_id.id
        return vals

    def _prepare_base_line(self):
        """Return the order's line as the computation of taxes takes it, with the new figures."""
        self.ensure_one()
        line, vals = self.order_line_id, self._prepare_line_values()
        follows = {**line._completed_write(vals), **vals}
        return line._prepare_base_line_for_taxes_computation(
            price_unit=self.new_price, quantity=follows.get("product_uom_qty", line.product_uom_qty)
        )

    def init(self):
        result = super().init()
        columns = self._settled_columns()
        set_trigger(self, "INSERT OR UPDATE OR DELETE", "paper_contract_refuse_clause", columns=columns)
        return result

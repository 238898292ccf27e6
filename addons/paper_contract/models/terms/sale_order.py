
from odoo import api, fields, models

from ...triggers import set_trigger

# An order's own fields that a contract fixes; writing any of them asks its contract.
ORDER_TERMS = {
    "partner_id",
    "partner_invoice_id",
    "partner_shipping_id",
    "currency_id",
    "pricelist_id",
    "payment_term_id",
    "commitment_date",
    "client_order_ref",
    "fiscal_position_id",
    "company_id",
    "incoterm",
    "incoterm_location",
    "paper_valid_from",
    "paper_valid_to",
}


class SaleOrder(models.Model):
    """An order says what its contract says, once one side has signed (R4.2.1)."""

    _inherit = "sale.order"

    paper_contract_moved = fields.Char(
        string="Differs from the Contract", compute="_compute_paper_contract_moved", groups="base.group_user"
    )

    # The order says what its contract says

    def _contract_terms(self):
        """Return what a contract fixes of this order, as plain values."""
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: line._is_contract_line())
        shipping = self.partner_shipping_id
        materials = self.paper_customer_material_ids
        return {
            **({"customer_material": materials._agreed_facts()} if self._paper_type_rule("customer_material") else {}),
            "partner": self.partner_id.id,
            "invoice": self.partner_invoice_id.id,
            "shipping": shipping.id,
            "place": shipping._contract_place(),
            "currency": self.currency_id.name,
            "payment_term": self.payment_term_id.id,
            "commitment_date": fields.Datetime.to_string(self.commitment_date) or None,
            "customer_order": self.client_order_ref or None,
            **self._later_terms(),
            **self._framework_terms(),
            "lines": [line._contract_terms() for line in lines.sorted("id")],
        }

    def _later_terms(self):
        """Return the terms that contracts signed before do not name: see ``LATER_TERMS``."""
        self.ensure_one()
        # The trade term is a field of sale_stock, which a mill may do without.
        trade = self.incoterm.code if "incoterm" in self._fields else None
        place = self.incoterm_location if "incoterm_location" in self._fields else None
        fiscal_position = self.fiscal_position_id.id
        return {"incoterm": trade or None, "incoterm_location": place or None, "fiscal_position": fiscal_position or None}

    def _contracts_before(self):
        """Return what the orders of contracts say, before a change is made to them: ``{contract: terms}``.

        Handed to :meth:`_contracts_follow` after the change, so that it answers for itself and not for what moved behind
        the order since it was signed: a merged address, say.
        """
        # sudo: the rule is the same whatever the user may read
        contracts = self.sudo().contract_ids.filtered(lambda contract: contract.state not in ("draft", "cancelled"))
        return {contract: contract._order_terms() for contract in contracts}

    def _contracts_follow(self, before):
        """Let the open contracts of the orders follow, or refuse, a change that was just made.

        :param before: what :meth:`_contracts_before` said
        """
        # sudo: the rule is the same whatever the user may read
        self.sudo().contract_ids.filtered(lambda contract: contract.state != "cancelled")._follow_order(before)

    def _recompute_prices(self):
        before = self._contracts_before()
        result = super()._recompute_prices()
        self._contracts_follow(before)
        return result

    def _recompute_taxes(self):
        before = self._contracts_before()
        result = super()._recompute_taxes()
        self._contracts_follow(before)
        return result

    @api.depends("contract_ids.state", "partner_shipping_id", "order_line.paper_shipping_id")
    @api.depends_context("lang")
    def _compute_paper_contract_moved(self):
        for order in self:
            # sudo: who reads the order may know that its contract says something else
            contract = order.sudo()._open_contract()
            order.paper_contract_moved = contract.moved if contract.state == "in_force" else False

    def _is_undelivered(self):
        """Say whether goods of the order are still to be delivered."""
        self.ensure_one()
        return any(line.qty_delivered < line.product_uom_qty for line in self._paper_delivery_lines())

    def _check_lines_free(self):
        """Refuse to add or remove goods of orders whose contract is in force, before the database does."""
        for order in self.sudo():  # sudo: the rule is the same whatever the user may read
            contract = order._open_contract()
            if contract.state == "in_force" and not contract._is_applying():
                order._check_confirmed_change()
                contract._refuse_signed_change()

    def _paper_signed_place(self, partner):
        # sudo: logistics send the goods where it was signed, without reading the contract
        if self.sudo()._open_contract().state != "in_force":
            return super()._paper_signed_place(partner)
        lines = self._paper_delivery_lines()
        # What goes to somebody whom no line names was signed for the place of the others.
        line = lines.filtered(lambda rec: rec._paper_delivery_place() == partner)[:1] or lines[:1]
        return line.with_context(lang=partner.lang or self.env.lang)._paper_signed_place() if line else ""

    def init(self):
        result = super().init()
        columns = [name for name in ORDER_TERMS if name in self._fields and self._fields[name].column_type]
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in sorted(columns))
        set_trigger(self, "UPDATE", "paper_contract_refuse_order", changed, columns)
        return result

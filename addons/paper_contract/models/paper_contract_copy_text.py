from odoo import models

from ..lib.price_free import amounts_in, without_prices
from .paper_contract_fill import FIELD

# What a department may read that sees no prices. A clause that names any other field, known or new, is left out.
PLAIN_FIELDS = {
    "contract_number",
    "order_number",
    "customer_order",
    "seller_name",
    "seller_address",
    "seller_vat",
    "seller_phone",
    "buyer_name",
    "buyer_address",
    "buyer_vat",
    "buyer_phone",
    "products",
    "quantity",
    "tolerance",
    "delivery_time",
    "delivery_place",
    "delivery_contact",
    "delivery_method",
    "packing",
    "quality_standard",
    "inspection_methods",
    "measuring_method",
    "freight",
    "trade_term",
    "loading_port",
    "discharge_port",
    "partial_shipment",
    "claim_days_visible",
    "claim_days_hidden",
    "dispute_body",
    "copies_total",
    "copies_each",
}
# Clauses about these are left out as a whole, whatever they say.
PRICE_ELEMENTS = {"price", "payment", "breach"}


class PaperContractCopy(models.Model):
    _inherit = "paper.contract.copy"

    def _content_values(self):
        """Return what the copy shows of its contract: clauses, goods, and the headings of what is left out.

        Sums of money are taken out of everything that is shown, also of what was typed by hand.

        :return: ``{"contract", "clauses": [(label, heading, text)], "instalments": [(date, product, quantity)], "lines": [dict],
            "left_out": [heading]}``
        """
        self.ensure_one()
        # sudo: the copy is made from a contract that its department may not read
        contract = self.sudo().contract_id
        contract = contract.with_context(lang=contract.language)
        amounts = self._hidden_amounts()
        shown, left_out = [], []
        for index, clause in enumerate(contract.clause_ids):
            label = clause._article_label(index)
            heading = without_prices(clause.name, amounts)
            if self._is_plain(clause):
                shown.append((label, heading, without_prices(clause.text, amounts)))
            else:
                left_out.append(f"{label} {heading}")
        return {
            "contract": contract,
            "clauses": shown,
            "left_out": left_out,
            "instalments": contract._instalment_texts(),
            "lines": [self._line_values(line, amounts) for line in contract._contract_lines()],
        }

    def _is_plain(self, clause):
        """Say whether a clause may be shown to who sees no prices."""
        if set(FIELD.findall(clause.body or "")) - PLAIN_FIELDS:
            return False
        return not PRICE_ELEMENTS & set(clause.element_ids.mapped("code"))

    def _line_values(self, line, amounts):
        return {
            "product": without_prices(line._contract_product(), amounts),
            "quantity": line._contract_quantity(),
            "weight": line.paper_weight_kg,
        }

    def _hidden_amounts(self):
        """Return every price and amount of the contract, as agreed and as its order says now."""
        contract = self.sudo().contract_id  # sudo: see _content_values
        order = contract.order_id
        found = amounts_in(contract.terms or {}) | {order.amount_untaxed, order.amount_tax, order.amount_total}
        for line in contract._contract_lines():
            found |= {line.price_unit, line.price_subtotal, line.price_tax, line.price_total, line.price_reduce_taxinc}
        return found


class PaperContract(models.Model):
    _inherit = "paper.contract"

    def _contract_lines(self):
        """Return the order lines that the contract is about."""
        self.ensure_one()
        return self.order_id.order_line.filtered(lambda line: line._is_contract_line())

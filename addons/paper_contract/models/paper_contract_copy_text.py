from odoo import api, fields, models

from ..lib.price_free import names_prices
from .paper_contract_fill import FIELD
from .paper_contract_part import PART_IN_DRAFT

# What a department may read that sees no prices. A clause that names any other field, known or new, is left out.
# A field of PLAINLY_SAID is said to it in words of its own.
PLAINLY_SAID = {"changes"}
PLAIN_FIELDS = PLAINLY_SAID | {
    "parent_number",
    "parent_date",
    "change_reason",
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


class PaperContractClauseTemplate(models.Model):
    _inherit = "paper.contract.clause.template"

    holds_price = fields.Boolean(
        string="Holds a Price",
        help="Left out of the copies for departments that work without prices. A clause that names prices in braces, or says "
        "price, payment or breach, is left out in any case.",
    )

    def _prepare_clause(self):
        return {**super()._prepare_clause(), "holds_price": self.holds_price}


class PaperContractClause(models.Model):
    _inherit = "paper.contract.clause"

    holds_price = fields.Boolean(
        string="Holds a Price",
        by_hand=PART_IN_DRAFT,
        help="A price was typed into the clause: it is left out of the copies for departments that work without prices.",
    )
    left_out = fields.Boolean(
        string="Not in Copies without Prices",
        compute="_compute_left_out",
        help="Departments that work without prices read the heading of the clause, and not what it says.",
    )
    # What departments without prices read in place of the clause, where it says more to the others. Fixed with the text.
    frozen_plain = fields.Text(by_steps=True)

    @api.depends("holds_price", "body", "text", "element_ids.code", "name")
    def _compute_left_out(self):
        for clause in self:
            clause.left_out = clause._is_about_prices() or clause._names_a_price()

    def _is_about_prices(self):
        """Say whether the clause is left out by what it is: marked, naming a field that is not for everybody, or about money."""
        self.ensure_one()
        if self.holds_price or set(FIELD.findall(self.body or "")) - PLAIN_FIELDS:
            return True
        return bool(PRICE_ELEMENTS & set(self.element_ids.mapped("code")))

    def _names_a_price(self):
        """Say whether a sum of money was typed into the heading or the text."""
        return names_prices(self.name) or names_prices(self._plain_text())

    def _plain_to_keep(self):
        """Return what is fixed of the clause for who works without prices; False where they read what everybody reads."""
        self.ensure_one()
        own = not self._is_about_prices() and PLAINLY_SAID & set(FIELD.findall(self.body or ""))
        return self._plain_text() if own else False

    def _plain_text(self):
        """Return the clause as who works without prices may read it; only of one that is not about prices."""
        self.ensure_one()
        clause = self.sudo()  # sudo: the copy is made from a contract that its department may not read
        if clause.frozen_plain or not PLAINLY_SAID & set(FIELD.findall(clause.body or "")):
            return clause.frozen_plain or clause.text or ""
        contract = clause.contract_id
        return clause._filled({**contract._fill_values(), **contract._plain_values()})[0]


class PaperContractCopy(models.Model):
    _inherit = "paper.contract.copy"

    def _content_values(self):
        """Return what the copy shows of its contract: clauses, goods, and the headings of what is left out.

        Printed without the fields of prices: a clause that holds one is left out as a whole, and what is shown is shown as it
        was signed, to the last figure.

        :return: ``{"contract", "clauses": [(label, heading, text)], "instalments": [(date, product, quantity)], "lines": [dict],
            "left_out": [heading]}``
        """
        self.ensure_one()
        # sudo: the copy is made from a contract that its department may not read
        contract = self.sudo().contract_id
        contract = contract.with_context(lang=contract.language)
        shown, left_out = [], []
        for index, clause in enumerate(contract.clause_ids):
            label = clause._article_label(index)
            if not clause.left_out:
                shown.append((label, clause.name, clause._plain_text()))
            else:
                # A heading into which a price was typed is no more than its number here.
                left_out.append(label if names_prices(clause.name) else f"{label} {clause.name}")
        return {
            "contract": contract,
            "clauses": shown,
            "left_out": left_out,
            "instalments": contract._instalment_texts(),
            "lines": [self._line_values(line) for line in contract._contract_lines()],
        }

    def _line_values(self, line):
        return {
            "product": line._contract_product(),
            "quantity": line._contract_quantity(),
            "weight": line.paper_weight_kg,
        }


class PaperContract(models.Model):
    _inherit = "paper.contract"

    def _contract_lines(self):
        """Return the order lines that the contract is about."""
        self.ensure_one()
        return self.order_id.order_line.filtered(lambda line: line._is_contract_line())

    def _price_warnings(self):
        """Warn of sums of money in clauses that nobody marked as holding a price."""
        clauses = [
            f"{clause._article_label(index)} {clause.name}"
            for index, clause in enumerate(self.clause_ids)
            if not clause._is_about_prices() and clause._names_a_price()
        ]
        return {"price_in_clause": (False, {"clauses": ", ".join(clauses)})} if clauses else {}

    def _plain_values(self):
        """Return what the fields of PLAINLY_SAID say to who works without prices."""
        self.ensure_one()
        contract = self.sudo()  # sudo: see _fill_values
        texts = contract._change_texts(with_prices=False) if contract.parent_id else []
        return {"changes": "\n".join(f"{what}: {old} → {new}" for what, old, new in texts)}


from odoo import api, fields, models
from odoo.addons.paper_base.lib.price_free import names_prices

from ...lib import blanks, zh_numbers
from ...lib.conditions import CONDITIONS
from ...triggers import set_trigger
from ..draft.paper_contract import WHEN_MADE
from ..draft.paper_contract_part import PART_IN_DRAFT
from .paper_contract import FIELD

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


class PaperContractClause(models.Model):
    """One clause of a contract, in its order. Sales edits it while the contract is a draft; the text is
    filled from the order as long as the contract can still change and is fixed when the contract is sent.
    """

    _name = "paper.contract.clause"
    _description = "Contract Clause"
    _inherit = ["paper.contract.part"]
    _order = "contract_id, sequence, id"

    contract_id = fields.Many2one(
        "paper.contract", required=True, ondelete="cascade", index=True, by_hand=WHEN_MADE
    )
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, by_hand=PART_IN_DRAFT)
    name = fields.Char(string="Heading", required=True, by_hand=PART_IN_DRAFT)
    body = fields.Text(
        string="Text with Fields", by_hand=PART_IN_DRAFT, help="Fields of the order in braces, for example {delivery_time}."
    )
    text = fields.Text(compute="_compute_text", help="The clause as it will be printed.")
    frozen_text = fields.Text(by_steps=True)
    missing = fields.Char(compute="_compute_text", help="Fields that the order does not fill yet.")
    blanks = fields.Integer(compute="_compute_text", help="Places that are still left open.")
    # A template may be deleted later; where a text came from is no part of it.
    template_id = fields.Many2one(
        "paper.contract.clause.template", ondelete="set null", by_hand=PART_IN_DRAFT, after_end=True
    )
    element_ids = fields.Many2many(
        "paper.contract.element",
        "paper_contract_clause_element_rel",
        "clause_id",
        "element_id",
        string="Legal Elements",
        by_hand=PART_IN_DRAFT,
    )
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
    opinion_ids = fields.One2many("paper.contract.opinion", "clause_id", string="Opinions", groups="base.group_user")

    @api.depends(
        "body",
        "frozen_text",
        "contract_id.none_agreed",
        *(f"contract_id.{name}" for name in CONDITIONS),
        "contract_id.instalment_ids.date",
        "contract_id.order_id.commitment_date",
        "contract_id.order_id.order_line.paper_commitment_date",
        "contract_id.order_id.order_line.paper_shipping_id",
        "contract_id.change_ids.new_quantity",
        "contract_id.change_ids.new_price",
        "contract_id.change_ids.new_spec_id",
        "contract_id.change_ids.new_commitment_date",
        "contract_id.change_ids.new_shipping_id",
        "contract_id.new_commitment_date",
        "contract_id.change_reason",
    )
    def _compute_text(self):
        labels = self.env["paper.contract"]._fill_labels()
        # sudo: whoever may read the contract reads its text, whatever of the order he may read
        for contract, clauses in self.sudo().grouped("contract_id").items():
            values = contract._fill_values() if any(not clause.frozen_text for clause in clauses) else {}
            for clause in clauses:
                text, missing = clause._filled(values) if not clause.frozen_text else (clause.frozen_text, [])
                clause.text = text
                clause.missing = ", ".join(labels[name] for name in missing)
                clause.blanks = blanks.count(text)

    def _filled(self, values):
        """Return the clause's text and the names of the fields in it that have no value."""
        return self.env["paper.contract"]._fill(self.body or "", values)

    def _is_said(self):
        """Say whether the clause really says something, with every field of it filled."""
        self.ensure_one()
        return bool((self.text or "").strip()) and not self.missing

    @api.constrains("body")
    def _check_body(self):
        for clause in self:
            self.env["paper.contract"]._check_fields(clause.body)

    @api.model_create_multi
    def create(self, vals_list):
        # Before the database refuses it for a contract in force.
        given = {vals.get("contract_id") for vals in self._given(vals_list)}
        self.env["paper.contract"].browse(given - {None, False})._check_clauses_editable()
        clauses = super().create(vals_list)
        clauses._check_editable()
        clauses.contract_id._add_drafter()
        return clauses

    def write(self, vals):
        result = super().write(vals)
        if not self._is_step():
            self._check_editable()
            self.contract_id._add_drafter()
            self.contract_id._sync_warnings()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._check_editable()

    def _check_editable(self):
        self.contract_id._check_clauses_editable()

    def _refused_hand_message(self, names):
        return self.env["paper.contract"]._clauses_message(self.contract_id[:1].name or self.env._("a new contract"))

    def _article_label(self, index):
        """Return the number that is printed before the heading of the clause at ``index`` (from 0)."""
        self.ensure_one()
        if self.contract_id.language == "zh_CN":
            return f"第{zh_numbers.ordinal(index + 1)}条"
        return f"Article {index + 1}"

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

    def init(self):
        result = super().init()
        columns = self._settled_columns()
        set_trigger(self, "INSERT OR UPDATE OR DELETE", "paper_contract_refuse_clause", columns=columns)
        return result

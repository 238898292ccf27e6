from odoo import api, fields, models

from ..lib import blanks, zh_numbers
from ..lib.conditions import CONDITIONS
from .paper_contract import WHEN_MADE
from .paper_contract_part import PART_IN_DRAFT


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

    @api.depends("body", "frozen_text", "contract_id.none_agreed", *(f"contract_id.{name}" for name in CONDITIONS))
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

from odoo import api, fields, models

from ..lib import blanks, zh_numbers
from ..lib.conditions import CONDITIONS


class PaperContractClause(models.Model):
    """One clause of a contract, in its order. Sales edits it while the contract is a draft; the text is
    filled from the order as long as the contract can still change and is fixed when the contract is sent.
    """

    _name = "paper.contract.clause"
    _description = "Contract Clause"
    _order = "contract_id, sequence, id"

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Heading", required=True)
    body = fields.Text(string="Text with Fields", help="Fields of the order in braces, for example {delivery_time}.")
    text = fields.Text(compute="_compute_text", help="The clause as it will be printed.")
    frozen_text = fields.Text(readonly=True, copy=False)
    missing = fields.Char(compute="_compute_text", help="Fields that the order does not fill yet.")
    blanks = fields.Integer(compute="_compute_text", help="Places that are still left open.")
    template_id = fields.Many2one("paper.contract.clause.template", ondelete="set null")
    element_ids = fields.Many2many(
        "paper.contract.element",
        "paper_contract_clause_element_rel",
        "clause_id",
        "element_id",
        string="Legal Elements",
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
        if any(vals.get("frozen_text") for vals in vals_list):
            self._refuse(self.env._("a new contract"))
        contracts = self.env["paper.contract"].browse({vals["contract_id"] for vals in vals_list if vals.get("contract_id")})
        contracts._check_clauses_editable()
        clauses = super().create(vals_list)
        clauses.contract_id._add_drafter()
        return clauses

    def write(self, vals):
        if "contract_id" in vals or (vals.get("frozen_text") and not self._is_freezing(vals)):
            self._refuse(self.contract_id[:1].name)
        if self._is_freezing(vals):
            return super().write(vals)
        self._check_editable()
        result = super().write(vals)
        self.contract_id._add_drafter()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_draft(self):
        self._check_editable()

    def _is_freezing(self, vals):
        """Say whether this is the contract's own step that fixes or releases the texts."""
        states = set(self.contract_id.mapped("state"))
        return self.env.su and set(vals) == {"frozen_text"} and states <= {"draft", "reviewed"}

    def _check_editable(self):
        self.contract_id._check_clauses_editable()

    def _refuse(self, name):
        self.env["paper.contract"]._refuse_clauses(name)

    def _article_label(self, index):
        """Return the number that is printed before the heading of the clause at ``index`` (from 0)."""
        self.ensure_one()
        if self.contract_id.language == "zh_CN":
            return f"第{zh_numbers.ordinal(index + 1)}条"
        return f"Article {index + 1}"

from odoo import api, fields, models

from ..draft.paper_contract import LANGUAGES


class PaperContractClauseTemplate(models.Model):
    """The text of a clause as the company's contracts start with it, in one language. Legal keeps the
    texts; fields in braces such as {delivery_time} are filled from the order, and ____ is left open where
    the parties have to decide.
    """

    _name = "paper.contract.clause.template"
    _description = "Contract Clause Template"
    _order = "language, sequence, id"
    _check_company_auto = True

    name = fields.Char(string="Heading", required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    language = fields.Selection(LANGUAGES, required=True, default="zh_CN")
    company_id = fields.Many2one("res.company", index=True, help="Only for this company; for all if empty.")
    body = fields.Text(
        string="Text", required=True, help="Fields of the order in braces, for example {delivery_time}."
    )
    element_ids = fields.Many2many(
        "paper.contract.element",
        "paper_contract_template_element_rel",
        "template_id",
        "element_id",
        string="Legal Elements",
        help="What articles 470 and 596 of the Civil Code ask for and this clause says.",
    )
    document = fields.Selection(
        [("contract", "Contract"), ("supplement", "Supplement")], string="For", required=True, default="contract"
    )
    category_id = fields.Many2one(
        "res.partner.category",
        string="Customer Class",
        index="btree_not_null",
        help="Only for customers of this class; for all if empty.",
    )
    replaces_id = fields.Many2one(
        "paper.contract.clause.template",
        string="In Place of",
        ondelete="set null",
        help="For customers of the class this clause takes the place of that one; without, it is added.",
    )
    holds_price = fields.Boolean(
        string="Holds a Price",
        help="Left out of the copies for departments that work without prices. A clause that names prices in braces, or says "
        "price, payment or breach, is left out in any case.",
    )

    @api.model
    def _templates_of(self, contract):
        """Return the clauses that ``contract`` starts with: those of its company if it has clauses of its own, with
        those of the customer's classes instead of, or beside, the common ones.
        """
        found = self.search(
            [
                ("language", "=", contract.language),
                ("document", "=", "supplement" if contract.parent_id else "contract"),
                ("company_id", "in", (False, contract.company_id.id)),
                ("category_id", "in", [False, *contract.partner_id.commercial_partner_id.category_id.ids]),
            ]
        )
        general = found.filtered(lambda item: not item.category_id)
        own = general.filtered("company_id") or general
        special = found - general
        return (own - special.replaces_id | special).sorted(lambda item: (item.sequence, item.id))

    @api.constrains("body")
    def _check_body(self):
        for template in self:
            self.env["paper.contract"]._check_fields(template.body)

    def _prepare_clause(self):
        """Return the values of the clause that a contract starts with."""
        self.ensure_one()
        return {
            "name": self.name,
            "sequence": self.sequence,
            "body": self.body,
            "template_id": self.id,
            "element_ids": [fields.Command.set(self.element_ids.ids)],
            "holds_price": self.holds_price,
        }

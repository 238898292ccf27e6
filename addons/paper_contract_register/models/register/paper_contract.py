import hashlib

from dateutil.relativedelta import relativedelta
from odoo import fields, models

# What goes on changing on a contract in force, and is no part of what was agreed.
VOLATILE = {
    "id",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
    "display_name",
    "state",
    "access_token",
    "applied_on",
    "applied_terms",  # follows the supplements, whose papers have entries of their own
    "ended_on",
    "ended_by_id",
    "ended_reason",
}
VOLATILE_PREFIXES = ("message_", "activity_", "website_message_", "rating_", "my_activity_", "deadline_")
# The records that belong to a contract, with the field that says to which.
PARTS = {
    "paper.contract.clause": "contract_id",
    "paper.contract.change": "contract_id",
    "paper.contract.instalment": "contract_id",
    "paper.contract.review": "contract_id",
    "paper.contract.signature": "contract_id",
    "paper.contract.document": "contract_id",
}


class PaperContract(models.Model):
    _inherit = "paper.contract"

    register_id = fields.Many2one(
        "paper.contract.register",
        string="Register Entry",
        compute="_compute_register_id",
        groups="paper_contract.group_contract_reader",
    )

    def _action_in_force(self):
        result = super()._action_in_force()
        for contract in self:
            self.env["paper.contract.register"]._enter(contract, "in_force")
        return result

    def _action_cancelled(self):
        result = super()._action_cancelled()
        # sudo: the register follows the contract, whoever ends it
        for contract in self.sudo().filtered("in_force_on"):
            self.env["paper.contract.register"]._enter(contract, "ended")
        return result

    def _case_sections(self):
        return {**super()._case_sections(), "archive": self.env._("Archived papers and entries of the register")}

    def _archive_content(self):
        """Return everything that the contract says, by model, record and field, as plain values.

        Every stored field of the contract, its clauses, reviews and documents is in it, those of other addons too; of
        a picture its SHA-256.

        :return: ``{"model,id": {field: value}}``
        """
        self.ensure_one()
        content = {f"{self._name},{self.id}": self._archive_values(self)}
        for model, link in self._archive_parts().items():
            # An archive is of everything, whatever is hidden from lists.
            records = self.env[model].with_context(active_test=False).search([(link, "=", self.id)], order="id")
            content |= {f"{model},{record.id}": self._archive_values(record) for record in records}
        return content

    def _archive_parts(self):
        """Return the models whose records belong to a contract. Override to add."""
        return dict(PARTS)

    def _archive_values(self, record):
        names = [
            name
            for name, field in record._fields.items()
            if field.store
            and name not in VOLATILE
            and not name.startswith(VOLATILE_PREFIXES)
            and field.type not in ("one2many", "many2many", "properties_definition")
        ]
        return {name: self._archive_value(record, name) for name in names}

    def _archive_value(self, record, name):
        value, field = record[name], record._fields[name]
        if field.type == "many2one":
            return value.id or None
        if field.type == "many2one_reference":
            return value or None
        if field.type in ("binary", "image"):
            return hashlib.sha256(value).hexdigest() if value else None
        if field.type in ("date", "datetime"):
            return fields.Datetime.to_string(value) if field.type == "datetime" else fields.Date.to_string(value)
        return value if value or field.type in ("boolean", "integer", "float", "monetary") else None

    def _register_content(self, kind, document=None):
        """Return what an entry of the register about this contract keeps."""
        self.ensure_one()
        # sudo: the register keeps the whole contract
        contract = self.sudo().with_context(lang=None, bin_size=False)
        if kind == "document":
            return {"document": document.id, "name": document.name, "kind": document.kind, "sha256": document.sha256}
        if kind == "ended":
            return {
                "ended_on": fields.Datetime.to_string(contract.ended_on) or None,
                "ended_by": contract.ended_by_id.id or None,
                "reason": contract.ended_reason or None,
            }
        return {"archive": contract._archive_content()}

    def _register_text(self):
        """Return everything that a person may look for in a contract, as text."""
        self.ensure_one()
        contract = self.sudo().with_context(lang=self.language)  # sudo: see _register_content
        order = contract.order_id
        goods = [f"{line._contract_product()} {line._contract_quantity()}" for line in contract._contract_lines()]
        clauses = [f"{clause.name}\n{clause.text}" for clause in contract.clause_ids]
        head = [contract.name, order.name, order.client_order_ref, contract.partner_id.commercial_partner_id.name]
        signers = [contract.customer_signed_by, contract.company_signed_by]
        return "\n".join(filter(None, [*head, *signers, *goods, *clauses]))

    def _compute_register_id(self):
        entries = self.env["paper.contract.register"].search(
            [("contract_id", "in", self.ids), ("kind", "=", "in_force")]
        )
        by_contract = entries.grouped("contract_id")
        for contract in self:
            contract.register_id = by_contract.get(contract)

    def _retention_end(self):
        """Return the date until which a contract that comes into force now is kept, False without an end."""
        self.ensure_one()
        years = self.company_id.paper_contract_retention_years
        return self.company_id._paper_today() + relativedelta(years=years) if years else False

    def action_view_register(self):
        """Open the contract's entry in the register."""
        self.ensure_one()
        return self.register_id._get_records_action()

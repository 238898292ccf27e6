
from odoo import fields, models


class PaperContract(models.Model):
    """A supplement changes a contract in force. It is a contract of its own, with its own draft, review and signatures,
    shows what it changes, and changes the order when it is in force: by no other path does a confirmed order say
    something else than what was signed (R4.1.3).
    """

    _inherit = "paper.contract"

    version_ids = fields.One2many(
        "paper.contract.version", "contract_id", string="Versions", groups="base.group_user", by_steps=True
    )

    def _version_content(self):
        """Return what the contract says as plain JSON: its clauses, filled, and the facts behind them."""
        self.ensure_one()
        contract = self.with_context(lang=self.language)
        return {
            "language": contract.language,
            "clauses": [
                {
                    "key": clause.template_id.id or f"clause {clause.id}",
                    "name": clause.name,
                    "text": clause.text,
                    "body": clause.body or "",
                }
                for clause in contract.clause_ids
            ],
            "facts": contract._version_facts(),
        }

    def _version_facts(self):
        """Return the figures that stand in the contract's tables, as ``{name: text}``. Override to add."""
        facts = {}
        for number, line in enumerate(
            self.order_id.order_line.filtered(lambda rec: rec._is_contract_line()).sorted("id"), 1
        ):
            name = f"{number}. {line.product_id.display_name}"
            price = f"{line.price_unit:g} / {line.product_uom_id.name}"
            if line.discount:
                price += f" − {line.discount:g} %"
            facts[name] = "\n".join([line._contract_product(), line._contract_quantity(), price])
        schedule = "\n".join(" · ".join(item) for item in self._instalment_texts())
        if schedule:
            facts[self.env._("Delivery Schedule")] = schedule
        if self.parent_id:
            facts |= {what: f"{old} → {new}" for what, old, new in self._change_texts()}
        return facts

    def action_compare_versions(self):
        """Show the last two versions side by side, word by word."""
        self.ensure_one()
        self.check_access("read")
        return self.version_ids.sorted("number")[-1:].action_compare()

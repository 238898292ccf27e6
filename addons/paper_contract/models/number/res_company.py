from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_gapless_numbers = fields.Boolean(
        string="Numbers without Gaps",
        help="Contracts are numbered without gaps, and an order gets its number, without gaps, when it is confirmed; "
        "until then it has the number of a quotation.",
    )

    def _next_contract_number(self):
        """Return the next contract number of this company, from a sequence of its own."""
        self.ensure_one()
        # sudo: sales numbers contracts without a right to sequences
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "paper.contract"), ("company_id", "=", self.id)], limit=1)
        if not sequence:
            sequence = sequences.create(self._prepare_contract_sequence())
        if self.paper_gapless_numbers and sequence.implementation != "no_gap":
            sequence.write({"number_next": sequence.number_next_actual, "implementation": "no_gap"})
        return sequence._next_in_turn()

    def _next_order_number(self):
        """Return the next number of a confirmed order, from this company's own sequence without gaps."""
        self.ensure_one()
        # sudo: whoever signs last confirms, and numbers the order
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "paper.order"), ("company_id", "=", self.id)], limit=1)
        if not sequence:
            sequence = sequences.create(
                {
                    "name": self.env._("Confirmed orders (%(company)s)", company=self.name),
                    "code": "paper.order",
                    "implementation": "no_gap",
                    "prefix": "DD%(year)s-",
                    "padding": 5,
                    "company_id": self.id,
                }
            )
        return sequence._next_in_turn()

    def _prepare_contract_sequence(self):
        return {
            "name": self.env._("Contract (%(company)s)", company=self.name),
            "code": "paper.contract",
            "prefix": "HT%(year)s-",
            "padding": 5,
            "company_id": self.id,
        }

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_contract_retention_years = fields.Integer(
        string="Contracts are Kept (years)",
        help="How long contracts are kept, from the day they come into force; 0: without an end.",
    )

    _paper_contract_retention_positive = models.Constraint(
        "CHECK(paper_contract_retention_years >= 0)", "The years that contracts are kept cannot be negative."
    )

    def _register_sequence(self):
        """Return the sequence, without gaps, of the entries in this company's register of contracts."""
        self.ensure_one()
        # sudo: the register is kept by whoever takes the contract's steps
        sequences = self.env["ir.sequence"].sudo()
        sequence = sequences.search([("code", "=", "paper.contract.register"), ("company_id", "=", self.id)], limit=1)
        return sequence or sequences.create(
            {
                "name": self.env._("Register of contracts (%(company)s)", company=self.name),
                "code": "paper.contract.register",
                "implementation": "no_gap",
                "company_id": self.id,
            }
        )

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_legal_review_days = fields.Integer(
        string="Legal Review (working days)",
        default=3,
        help="Working days in which the legal department reviews a contract (R4.1.2).",
    )
    paper_sign_link_days = fields.Integer(
        string="Link to Sign (days)",
        default=14,
        help="Calendar days for which the customer's link to sign a contract is valid.",
    )

    paper_copy_read_days = fields.Integer(
        string="Reading a Contract Copy (working days)",
        default=2,
        help="Working days in which a department confirms that it has read its copy of a contract; 0 sets no deadline.",
    )

    paper_contract_retention_years = fields.Integer(
        string="Contracts are Kept (years)",
        help="How long contracts are kept, from the day they come into force; 0: without an end.",
    )

    _paper_contract_retention_positive = models.Constraint(
        "CHECK(paper_contract_retention_years >= 0)", "The years that contracts are kept cannot be negative."
    )
    paper_read_link_days = fields.Integer(
        string="Link to Read (days)",
        default=90,
        help="Calendar days for which the customer's link to read a contract is valid; 0: without an end.",
    )

    _paper_read_link_days_positive = models.Constraint(
        "CHECK(paper_read_link_days >= 0)", "The days of a link to read cannot be negative."
    )
    paper_gapless_numbers = fields.Boolean(
        string="Numbers without Gaps",
        help="Contracts are numbered without gaps, and an order gets its number, without gaps, when it is confirmed; "
        "until then it has the number of a quotation.",
    )
    _paper_copy_read_days_positive = models.Constraint(
        "CHECK(paper_copy_read_days >= 0)", "The days to read a copy cannot be negative."
    )
    paper_change_days = fields.Integer(
        string="Last Change before Delivery (days)",
        help="Days before delivery until which an order can be changed by a supplement; 0 sets no date.",
    )

    _paper_change_days_positive = models.Constraint(
        "CHECK(paper_change_days >= 0)", "The days before delivery cannot be negative."
    )
    _paper_legal_review_days_positive = models.Constraint(
        "CHECK(paper_legal_review_days >= 0)", "The days of the legal review cannot be negative."
    )
    _paper_sign_link_days_positive = models.Constraint(
        "CHECK(paper_sign_link_days > 0)", "A link to sign must be valid for at least a day."
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

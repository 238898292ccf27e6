import re

from dateutil.relativedelta import relativedelta
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The pairs of neighbouring characters of a text. PostgreSQL's own trigrams need three characters to find anything, and
# most Chinese words have two; words separated by spaces, which its text search looks for, Chinese does not have at all.
BIGRAMS = """
CREATE OR REPLACE FUNCTION paper_bigrams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT first || second), '{}'::text[])
      FROM (SELECT letter AS first, lead(letter) OVER (ORDER BY place) AS second
              FROM regexp_split_to_table(lower(value), '') WITH ORDINALITY AS letters(letter, place)) AS pairs
     WHERE second IS NOT NULL AND first !~ '\\s' AND second !~ '\\s'
$$
"""
INDEX = """
CREATE INDEX IF NOT EXISTS paper_contract_register_bigrams_idx
    ON paper_contract_register USING gin (paper_bigrams(text)) WHERE text IS NOT NULL
"""


class PaperContractRegister(models.Model):
    _inherit = "paper.contract.register"

    full_text = fields.Char(string="Full Text", compute="_compute_full_text", search="_search_full_text")

    def init(self):
        self.env.cr.execute(BIGRAMS)
        self.env.cr.execute(INDEX)

    def _compute_full_text(self):
        self.full_text = False  # only searched

    def _search_full_text(self, operator, value):
        """Find the contracts whose text holds every word of ``value``: any part of a word, in any language."""
        if operator not in ("ilike", "like", "="):
            return NotImplemented
        words = (value or "").split()
        if not words:
            return Domain("text", "!=", False)
        return Domain.AND(self._word_domain(word) for word in words)

    def _word_domain(self, word):
        pattern = "%" + re.sub(r"([%_\\])", r"\\\1", word) + "%"

        def to_sql(model, alias, _query):
            text = SQL.identifier(alias, "text")
            holds = SQL("(%s IS NOT NULL AND %s ILIKE %s)", text, text, pattern)
            if len(word) < 2:  # of one character there is no pair to look up
                return holds
            return SQL("(paper_bigrams(%s) @> paper_bigrams(%s) AND %s)", text, word, holds)

        return Domain.custom(to_sql=to_sql, predicate=lambda entry: word.lower() in (entry.text or "").lower())


class PaperContract(models.Model):
    _inherit = "paper.contract"

    register_id = fields.Many2one(
        "paper.contract.register",
        string="Register Entry",
        compute="_compute_register_id",
        groups="paper_contract.group_contract_reader",
    )

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

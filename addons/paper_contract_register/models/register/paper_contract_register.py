import hashlib
import json
import re

from odoo import api, fields, models
from odoo.addons.paper_contract.triggers import set_trigger
from odoo.fields import Domain
from odoo.tools import SQL

# Where the paper is and how long it is kept may be written later; the rest of an entry never changes.
LATER = {"any": ()}
SEQUENCE = "paper.contract.register"
KINDS = [
    ("document", "Document Archived"),
    ("in_force", "Contract in Force"),
    ("ended", "Contract Ended"),
]
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
    """The register of contracts: one entry, numbered without gaps in each company, for every paper that is archived,
    for every contract that comes into force, with all that it says, and for every end. Each entry holds the hash of the
    one before it, so that an entry which is altered or taken out is noticed. The entry of a contract in force also says
    how long it is kept and where its paper original lies (R4.1.3).
    """

    _name = "paper.contract.register"
    _description = "Contract Register"
    _inherit = ["mail.thread", "paper.contract.part"]
    _order = "company_id, position desc"
    _check_company_auto = True
    _rec_name = "number"

    _all_by_steps = True
    _kept = True

    company_id = fields.Many2one("res.company", required=True, index=True)
    position = fields.Integer(string="No.", required=True)
    kind = fields.Selection(KINDS, string="Entry", required=True, index=True)
    contract_id = fields.Many2one("paper.contract", required=True, ondelete="restrict", index=True)
    document_id = fields.Many2one("paper.contract.document", ondelete="restrict", index="btree_not_null")
    number = fields.Char(string="Contract No.", required=True, index=True)
    customer = fields.Char(string="Customer as Registered", required=True)
    registered_on = fields.Datetime(required=True)
    content = fields.Json(required=True)
    content_sha256 = fields.Char(string="SHA-256 of the Content", required=True)
    previous_hash = fields.Char(string="Hash of the Entry before")
    entry_hash = fields.Char(string="Hash of this Entry", required=True)
    text = fields.Text()
    original_place = fields.Char(string="Place of the Paper Original", tracking=True, by_hand=LATER)
    retention_until = fields.Date(
        string="Kept until",
        tracking=True,
        by_hand=LATER,
        help="Empty: without an end. Set from the company's retention period.",
    )
    remark = fields.Char(tracking=True, by_hand=LATER)
    order_id = fields.Many2one(related="contract_id.order_id")
    partner_id = fields.Many2one(related="contract_id.partner_id", store=True, index=True)
    state = fields.Selection(related="contract_id.state")
    in_force_on = fields.Datetime(related="contract_id.in_force_on")
    document_ids = fields.One2many(related="contract_id.document_ids", string="Original and Versions")
    review_ids = fields.One2many(related="contract_id.review_ids")
    copy_ids = fields.One2many(related="contract_id.copy_ids")
    customer_signed_by = fields.Char(related="contract_id.customer_signed_by")
    customer_signed_on = fields.Datetime(related="contract_id.customer_signed_on")
    company_signed_by = fields.Char(related="contract_id.company_signed_by")
    company_signed_on = fields.Datetime(related="contract_id.company_signed_on")

    _position_uniq = models.UniqueIndex("(company_id, position)", "Each entry of the register has a number of its own.")
    _one_in_force = models.UniqueIndex(
        "(contract_id) WHERE kind = 'in_force'", "This contract is in the register already."
    )
    _retention_idx = models.Index("(retention_until) WHERE kind = 'in_force' AND retention_until IS NOT NULL")

    full_text = fields.Char(string="Full Text", compute="_compute_full_text", search="_search_full_text")

    # Keeping it

    @api.model
    def _enter(self, contract, kind, document=None):
        """Add the next entry about a contract to its company's register and return it.

        :param contract: ``paper.contract``
        :param kind: a key of KINDS
        :param document: the ``paper.contract.document`` that an entry ``document`` is about
        """
        # sudo: the register is kept by the contract's steps, whoever takes them
        register, contract = self.sudo(), contract.sudo()
        register.env.flush_all()
        position = int(contract.company_id._register_sequence()._next_in_turn())
        before = register.search([("company_id", "=", contract.company_id.id)], order="position desc", limit=1)
        content = contract._register_content(kind, document)
        values = {
            "company_id": contract.company_id.id,
            "position": position,
            "kind": kind,
            "contract_id": contract.id,
            "document_id": document.id if document else False,
            "number": contract.name,
            "customer": contract.partner_id.commercial_partner_id.name,
            "registered_on": fields.Datetime.now(),
            "content": content,
            "content_sha256": sha256(canonical(content)),
            "previous_hash": before.entry_hash or False,
        }
        values["entry_hash"] = self._hash_of(values)
        if kind == "in_force":
            values["text"] = contract._register_text()
            values["retention_until"] = contract._retention_end()
        return register.with_context(tracking_disable=True, mail_create_nolog=True)._by_step().create(values)

    @api.model
    def _hash_of(self, values):
        """Return the hash of an entry from its values, those of a record as well as those of a new one."""
        names = ("company_id", "position", "kind", "contract_id", "document_id", "number", "customer")
        plain = {name: values[name] or None for name in names}
        moment = fields.Datetime.to_string(values["registered_on"])
        chained = (values["previous_hash"] or "", moment, values["content_sha256"], canonical(plain))
        return sha256("\n".join(chained))

    def _hash_now(self):
        """Return the hash that this entry has by what it says now."""
        self.ensure_one()
        values = self._convert_to_write({name: self[name] for name in self._hashed_fields()})
        return self._hash_of({**values, "registered_on": self.registered_on})

    @api.model
    def _hashed_fields(self):
        return (
            "company_id",
            "position",
            "kind",
            "contract_id",
            "document_id",
            "number",
            "customer",
            "registered_on",
            "previous_hash",
            "content_sha256",
        )

    # Buttons

    def action_open_contract(self):
        """Open the contract of this entry."""
        self.ensure_one()
        return self.contract_id._open_action()

    def action_export_case(self):
        """Download the contract's whole case as one PDF, in whatever state the contract is: the entry is what is exported."""
        self.ensure_one()
        return self.contract_id._export_case()

    def action_verify(self):
        """Check the companies' registers and archived papers, and show what was found."""
        self.check_access("read")
        return self.env["paper.contract.check"]._run(self.company_id or self.env.company)._result_action()

    def init(self):
        result = super().init()
        self.env.cr.execute(BIGRAMS)
        self.env.cr.execute(INDEX)
        columns = {name for name in self._settled_columns() if "any" not in self._by_hand(name)}
        set_trigger(self, "UPDATE OR DELETE", "paper_contract_refuse", columns=columns)
        return result

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

def canonical(value):
    """Return ``value`` as the JSON text that the register's hashes are made of."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def sha256(text):
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()

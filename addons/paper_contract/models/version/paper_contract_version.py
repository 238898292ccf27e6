import hashlib
import json

from markupsafe import Markup
from odoo import api, fields, models

from ...lib import compare

KIND_CLASSES = {
    "gone": "bg-danger-subtle text-danger-emphasis text-decoration-line-through",
    "new": "bg-success-subtle text-success-emphasis",
}


class PaperContractVersion(models.Model):
    """A contract's whole text as it was at one moment: when it was drafted, before its clauses were taken from
    the templates again, each time it was submitted to legal, and when it was sent to be signed. Kept with the
    SHA-256 of what it says, never changed (R4.1.1).
    """

    _name = "paper.contract.version"
    _description = "Version of a Contract's Text"
    _inherit = ["paper.contract.part"]
    _order = "contract_id, number desc"

    _all_by_steps = True
    _kept = True

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    number = fields.Integer(string="Draft", required=True)
    reason = fields.Selection(
        [
            ("drafted", "Drafted"),
            ("refilled", "Before New Clauses"),
            ("submitted", "Submitted to Legal"),
            ("sent", "Sent to be Signed"),
        ],
        required=True,
    )
    round = fields.Integer(help="Round of the legal review that it was submitted for.")
    content = fields.Json(required=True)
    sha256 = fields.Char(string="SHA-256", required=True)
    intact = fields.Boolean(string="Unchanged", compute="_compute_intact")

    _number_uniq = models.UniqueIndex("(contract_id, number)", "Each version of a contract has a number of its own.")

    @api.depends("content", "sha256")
    def _compute_intact(self):
        for version in self:
            version.intact = self._digest(version.content) == version.sha256

    @api.depends("number", "reason")
    @api.depends_context("lang")
    def _compute_display_name(self):
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        for version in self:
            version.display_name = self.env._(
                "%(number)s – %(reason)s", number=version.number, reason=reasons.get(version.reason, "")
            )

    @api.model
    def _digest(self, content):
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @api.model
    def _keep(self, contract, reason):
        """Keep what the contract says now, unless that is what its last version says and was kept for."""
        contract = contract.sudo()  # sudo: versions are kept by the contract's steps, whoever takes them
        content = contract._version_content()
        # One that was kept in this transaction stands last in the cache, whatever the model's order says.
        digest, last = self._digest(content), contract.version_ids.sorted("number")[-1:]
        if last.sha256 == digest and last.reason == reason:
            return last
        # sudo: see above
        return self.sudo()._by_step().create(
            {
                "contract_id": contract.id,
                "number": (last.number or 0) + 1,
                "reason": reason,
                "round": len(contract.review_ids),
                "content": content,
                "sha256": digest,
            }
        )

    def action_compare(self):
        """Show this version beside the one before it, word by word."""
        self.ensure_one()
        before = self.contract_id.version_ids.filtered(lambda version: version.number < self.number).sorted("number")[-1:]
        return self.env["paper.contract.compare"]._open(self.contract_id, before or self, self)

    def _difference(self, other, changed_only=True):
        """Return this version and ``other`` side by side as HTML, each difference marked."""
        self.ensure_one()
        pairs = compare.pair(self.content["clauses"], other.content["clauses"])
        facts = [self.content["facts"], other.content["facts"]]
        for name in dict.fromkeys([*facts[0], *facts[1]]):
            pairs.append(tuple({"name": name, "text": side[name]} if name in side else None for side in facts))
        if changed_only:
            pairs = [both for both in pairs if self._is_changed(*both)]
        if not pairs:
            return Markup('<p class="text-muted">%s</p>') % self.env._("The two versions say the same.")
        return Markup("").join(self._row(left, right) for left, right in pairs)

    @api.model
    def _is_changed(self, left, right):
        return not left or not right or (left["name"], left["text"]) != (right["name"], right["text"])

    @api.model
    def _row(self, left, right):
        sides = zip(
            compare.compare(left and left["name"] or "", right and right["name"] or ""),
            compare.compare(left and left["text"] or "", right and right["text"] or ""),
            strict=True,
        )
        cells = [
            Markup('<div class="col-12 col-md-6 py-2 text-break"><div class="fw-bold">%s</div>'
                   '<div style="white-space: pre-wrap;">%s</div></div>') % (self._marked(name), self._marked(text))
            for name, text in sides
        ]
        return Markup('<div class="row border-bottom %s">%s</div>') % (
            "o_contract_changed" if self._is_changed(left, right) else "o_contract_same text-muted", Markup("").join(cells)
        )

    @api.model
    def _marked(self, pieces):
        return Markup("").join(
            Markup('<span class="%s">%s</span>') % (KIND_CLASSES[kind], text) if kind in KIND_CLASSES else text
            for kind, text in pieces
        )

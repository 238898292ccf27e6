import hashlib
import json

from odoo import api, fields, models

from ...exceptions import ContractInForceError, ContractOutdatedError, ContractSignedError
from ...lib.conditions import ADDED_LATER, CONDITIONS

# Terms that contracts signed before version 19.0.1.0.7 do not name: nobody knows what they said about them.
LATER_TERMS = ("incoterm", "incoterm_location", "fiscal_position")
# What people are told of a contract in force from whose terms the records behind its order have moved away.
MOVED = "moved"
# Terms that name a contact, beside which the place behind it is kept.
CONTACTS = ("shipping", "paper_shipping_id")


class PaperContract(models.Model):
    """What the order says and its contract fixes:
    a draft follows it, and once a side has signed, the order says nothing else (R4.2.1). The records behind the order
    may move on, an address that is edited, contacts that are merged: that changes nothing of what was signed and locks
    nothing; sales are told, and agree on a supplement or put it back.
    """

    _inherit = "paper.contract"

    moved = fields.Char(
        string="Differs from What Was Signed",
        compute="_compute_moved",
        groups="base.group_user",
        help="Terms of the order whose records were changed since the contract was signed.",
    )

    def _order_terms(self):
        """Return what the order says now and the contract fixes, as plain JSON."""
        self.ensure_one()
        terms = json.loads(json.dumps(self.order_id._contract_terms(), default=str))
        if self.parent_id:
            terms["supplement"] = {
                "changes": [change._terms() for change in self.change_ids],
                "commitment_date": fields.Datetime.to_string(self.new_commitment_date) or None,
            }
        return terms

    def _agreed_terms(self):
        """Return what was agreed last, and the order has to agree with: by the supplement that was applied last, or by the
        contract itself."""
        applied = self.supplement_ids.filtered("applied_on").sorted("applied_on")[-1:]
        return applied.applied_terms or self.terms

    def _agreed_deliveries(self):
        """Return when each line is delivered by this contract: ``{sale.order.line: datetime or False}``."""
        self.ensure_one()
        lines = self._contract_lines()
        if not self.parent_id:
            return {line: line._paper_delivery_date() for line in lines}
        changes = self.change_ids.grouped("order_line_id")
        return {
            line: (changes[line].new_commitment_date if line in changes else line.paper_commitment_date)
            or self.new_commitment_date
            for line in lines
        }

    def _agreed_specs(self):
        """Return the specifications of the goods by this contract."""
        self.ensure_one()
        return self.change_ids.new_spec_id if self.parent_id else self.order_id.order_line.paper_spec_id

    def _signed_place(self, line):
        """Return the address at which a line of the order is delivered by what was agreed, as it was then; None where the
        contract names none."""
        self.ensure_one()
        terms = self._agreed_terms() or {}
        own = next((kept for kept in terms.get("lines", ()) if kept["id"] == line.id), {})
        return own.get("place") or terms.get("place")

    def _changed_terms(self):
        """Return what differs between the order and the contract, as dotted names; [] if they agree."""
        self.ensure_one()
        contract = self.sudo()  # sudo: the comparison is the same whatever the user may read
        return differing_terms(contract._agreed_terms() or {}, contract._order_terms())

    def _term_labels(self, changed):
        """Return the dotted names of :meth:`_changed_terms` as what a person calls them."""
        _ = self.env._
        labels = {
            "partner": _("customer"),
            "invoice": _("invoice address"),
            "shipping": _("delivery place"),
            "place": _("delivery place"),
            "currency": _("currency"),
            "payment_term": _("payment terms"),
            "incoterm": _("trade term and its place"),
            "incoterm_location": _("trade term and its place"),
            "fiscal_position": _("taxes"),
            "taxes": _("taxes"),
            "commitment_date": _("delivery time"),
            "customer_order": _("customer's order number"),
            "lines": _("products, quantities or prices"),
            "supplement": _("what the supplement changes"),
        }
        labels |= {"paper_commitment_date": labels["commitment_date"], "paper_shipping_id": labels["shipping"]}
        parts = [name.split(".") for name in changed]
        return ", ".join(dict.fromkeys(labels.get(part[-1], labels[part[0]]) for part in parts))

    def _check_terms(self):
        """Refuse to go on while the order says something else than the contract (R4.2.1)."""
        for contract in self:
            # What moved behind the order since its contract was signed is nothing that a supplement says.
            moved = contract.parent_id._changed_terms() if contract.parent_id else ()
            changed = [name for name in contract._changed_terms() if name not in moved]
            if changed:
                raise ContractOutdatedError(
                    self.env._(
                        "%(order)s does not say any more what “%(contract)s” says: %(fields)s. "
                        "Take the contract back to draft and submit it again.",
                        order=contract.order_id.name,
                        contract=contract.name,
                        fields=contract._term_labels(changed),
                    )
                )

    def _content_digest(self):
        """Return the SHA-256 of everything that legal reviews."""
        return hashlib.sha256(json.dumps(self._reviewed_content(), sort_keys=True).encode()).hexdigest()

    def _reviewed_content(self):
        """Return everything that legal reviews: terms, clauses, conditions and instalments, as plain values. Override to
        add."""
        self.ensure_one()
        contract = self.sudo().with_context(lang=self.language)  # sudo: see _changed_terms
        # Clauses are filled from more of the order and its papers than a computed field can name.
        contract.clause_ids.invalidate_recordset(["text", "missing", "blanks"], flush=False)
        clauses = [[clause.sequence, clause.name, clause.text] for clause in contract.clause_ids]
        terms = contract._order_terms()
        terms = {name: terms[name] for name in terms if name not in LATER_TERMS or terms[name]}
        content = {"terms": terms, "clauses": clauses, "language": contract.language}
        content["conditions"] = {
            name: contract._fields[name].convert_to_read(contract[name], contract, use_display_name=False)
            for name in CONDITIONS
            if name not in ADDED_LATER or contract[name]
        }
        schedule = [[str(item.date), item.order_line_id.id, item.quantity] for item in self.instalment_ids]
        return {**content, "instalments": schedule} if schedule else content

    @api.model
    def _return_outdated_reviews(self):
        """Take back to draft what legal accepted and the system would send in other words since an upgrade.

        :return: the contracts that are drafts again
        """
        # sudo: an upgrade is nobody's step, and the digest of the review is nobody's to read
        accepted = self.sudo().search([("state", "=", "reviewed")])
        outdated = accepted.filtered(lambda rec: rec._content_digest() != rec.reviewed_digest)
        for contract in outdated:
            drafter = contract.drafter_id or contract.order_id.user_id
            contract = contract.with_context(lang=drafter.lang or self.env.lang)
            review = contract.current_review_id
            contract._follow_to("draft")
            note = contract.env._(
                "Since the upgrade the system words some of “%(contract)s” differently, so that legal's acceptance (round "
                "%(round)s) is outdated: the contract is a draft again, to be read and submitted again.",
                contract=contract.name,
                round=review.round,
            )
            contract._log(note)
            review.message_post(body=note)
            contract._tell(
                (drafter, *contract._drafters()),
                lambda rec: rec.env._("Submit the contract again: its words have changed with the upgrade"),
            )
        return outdated

    def _follow_order(self, before):
        """Keep the contracts in step with their order after it has changed.

        :param before: ``{contract: terms of its order before the change}``; what differs from the contract already then
            is not this change's doing

        A draft simply follows. What is being reviewed, or waits to be signed, goes back to draft: nobody shall
        review or sign what is not ordered any more. Once one side has signed, or the contract is in force, the
        change itself is refused. A supplement in force has done its work; while one is being applied, the order may change.
        """
        settled = self.filtered(lambda rec: rec.state == "in_force" and (rec.parent_id or rec._is_applying()))
        following = self - settled
        drafts = following.filtered(lambda rec: rec.state == "draft")
        for contract in drafts.filtered(lambda rec: rec.partner_id != rec.order_id.partner_id):
            contract._set({"partner_id": contract.order_id.partner_id.id})
        drafts._sync_warnings()
        for contract in following - drafts:
            made = differing_terms(before.get(contract) or {}, contract._order_terms())
            if set(made) & set(contract._changed_terms()):
                contract._refuse_signed_change()
                contract._follow_to("draft")
                if contract.partner_id != contract.order_id.partner_id:
                    contract._set({"partner_id": contract.order_id.partner_id.id})
                contract._log(self.env._("The order was changed, so the contract is a draft again."))
        (following & self.browse(contract.id for contract in before))._tell_moved()

    def _refuse_signed_change(self):
        self.ensure_one()
        if self.state == "in_force":
            raise ContractInForceError(
                self.env._(
                    "“%(contract)s” is in force: its order cannot say something else. Agree on a supplement.",
                    contract=self.name,
                )
            )
        self._check_unsigned()

    def _check_unsigned(self):
        for contract in self:
            objection = contract._step_objection("draft")
            if objection:
                raise ContractSignedError(objection)

    def _step_objection(self, state):
        if state == "draft" and (self.customer_signed_on or self.company_signed_on):
            return self.env._(
                "“%(contract)s” was signed by one side already. Cancel it and draft a new contract to change it.",
                contract=self.name,
            )
        return super()._step_objection(state)

    @api.depends("state", "order_id.partner_shipping_id", "order_id.order_line.paper_shipping_id")
    @api.depends_context("lang")
    def _compute_moved(self):
        for contract in self:
            contract.moved = contract._term_labels(contract._moved_terms()) or False

    def _moved_terms(self):
        """Return in what the order differs from the contract in force, as :meth:`_changed_terms`.

        A contact that is gone, merged into another at the same address, is no difference.
        """
        self.ensure_one()
        if self.state != "in_force" or self.parent_id:
            return []
        changed = self._changed_terms()
        contacts = {name: self._agreed_contact(name) for name in changed if name.rpartition(".")[2] in CONTACTS}
        there = self.env["res.partner"].browse(filter(None, contacts.values())).exists().ids
        places = {name: ".".join([*name.split(".")[:-1], "place"]) for name in contacts}
        return [name for name in changed if name not in contacts or contacts[name] in there or places[name] in changed]

    def _agreed_contact(self, name):
        """Return the id of the contact that a term of this dotted name agreed on."""
        terms = self.sudo()._agreed_terms() or {}  # sudo: see _changed_terms
        lines = {str(line["id"]): line for line in terms.get("lines", ())}
        *path, key = name.split(".")
        return (lines.get(path[1], {}) if path else terms).get(key)

    def _tell_moved(self):
        """Tell sales which of these contracts their orders have moved away from, and no more of those that agree again."""
        # sudo: whoever edits an address need not read the contracts with it
        in_force = self.sudo().filtered(lambda contract: contract.state == "in_force" and not contract.parent_id)
        moved = in_force.filtered(lambda contract: contract._moved_terms())
        settled = in_force - moved
        if settled:
            self.env["res.company"]._paper_told(settled, MOVED)
        moved.filtered(lambda contract: contract.order_id._is_undelivered())._tell(
            lambda contract: contract._drafters(),
            lambda contract: contract.env._(
                "%(order)s differs from what was signed: %(terms)s. Agree on a supplement, or put it back.",
                order=contract.order_id.name,
                terms=contract._term_labels(contract._moved_terms()),
            ),
            kind=MOVED,
        )

def differing_terms(old, new):
    """Return what differs between two states of an order's terms, as dotted names.

    A term of ``LATER_TERMS`` that the old state does not name at all does not differ.
    """
    changed = [
        name
        for name in new
        if name != "lines" and new[name] != old.get(name) and (name in old or name not in LATER_TERMS)
    ]
    old_lines = {line["id"]: line for line in old.get("lines", [])}
    new_lines = {line["id"]: line for line in new["lines"]}
    changed += [f"lines.{line_id}" for line_id in old_lines.keys() ^ new_lines.keys()]
    for line_id in old_lines.keys() & new_lines.keys():
        old_line, line = old_lines[line_id], new_lines[line_id]
        # What is gone counts, too: a line that had a day of its own.
        changed += [f"lines.{line_id}.{key}" for key in old_line.keys() | line.keys() if line.get(key) != old_line.get(key)]
    return sorted(changed)

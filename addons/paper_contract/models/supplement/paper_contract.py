from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_amount

from ...exceptions import ChangeTooLateError, ContractStateError, SignatureDataError
from ..draft.paper_contract import IN_DRAFT, WHEN_MADE

OPEN = ("draft", "review", "reviewed", "sent")

_lt = LazyTranslate(__name__)


class PaperContract(models.Model):
    """A supplement changes a contract in force. It is a contract of its own, with its own draft, review and signatures,
    shows what it changes, and changes the order when it is in force: by no other path does a confirmed order say
    something else than what was signed. After the last date for changes, nobody submits, sends or signs it before somebody
    entitled has let it through, with a reason: the consent is to the change as it was then; another change needs another
    one (R4.1.3).
    """

    _inherit = "paper.contract"

    parent_id = fields.Many2one(
        "paper.contract",
        string="Supplement to",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        by_hand=WHEN_MADE,
    )
    supplement_ids = fields.One2many("paper.contract", "parent_id", string="Supplements", by_steps=True)
    supplement_count = fields.Integer(compute="_compute_supplement_count", groups="base.group_user")
    change_ids = fields.One2many(
        "paper.contract.change", "contract_id", string="Changes", groups="base.group_user", by_hand=IN_DRAFT
    )
    amount_agreed = fields.Monetary(
        string="Amount",
        compute="_compute_amount_agreed",
        compute_sudo=True,
        help="With tax; of a supplement that is being made, as it will be with the new figures.",
    )
    change_reason = fields.Text(string="Reason of the Change", by_hand=IN_DRAFT)
    old_commitment_date = fields.Datetime(string="Delivery, old", by_steps=True)
    new_commitment_date = fields.Datetime(string="Delivery, new", copy=False, by_hand=IN_DRAFT)
    # A supplement in force is applied to the order once.
    applied_on = fields.Datetime(string="Applied to the Order on", by_steps=True, after_end=True)
    applied_terms = fields.Json(groups="base.group_user", by_steps=True, after_end=True)

    _one_supplement = models.UniqueIndex(
        "(parent_id) WHERE parent_id IS NOT NULL AND state NOT IN ('cancelled', 'in_force')",
        "The contract has an open supplement already; finish or cancel it first.",
    )

    _reason_steps = {
        "action_allow_late_change": ReasonStep(
            _lt("Let the Late Change through"),
            hint=_lt("Why the order can still be changed. The reason is kept with your name."),
        )
    }

    last_change_date = fields.Date(
        string="Last Date for Changes", compute="_compute_last_change_date", groups="base.group_user"
    )
    is_late_change = fields.Boolean(compute="_compute_last_change_date", groups="base.group_user")
    late_allowed_by_id = fields.Many2one(
        "res.users", string="Late Change Allowed by", groups="base.group_user", by_steps=True
    )
    late_allowed_on = fields.Datetime(groups="base.group_user", by_steps=True)
    late_reason = fields.Text(string="Why so Late", groups="base.group_user", by_steps=True)
    late_terms = fields.Json(groups="base.group_user", by_steps=True)

    @api.depends(
        "order_id.amount_total", "state", "applied_on",
        "change_ids.new_quantity", "change_ids.new_price", "change_ids.new_spec_id",
    )  # fmt: skip
    def _compute_amount_agreed(self):
        for contract in self:
            changes = contract._is_to_apply() and contract.change_ids.filtered("is_changed")
            contract.amount_agreed = contract._amount_after() if changes else contract.amount_total

    def _is_to_apply(self):
        """Say whether it is a supplement whose figures are not the order's yet."""
        self.ensure_one()
        return bool(self.parent_id) and not self.applied_on and self.state != "cancelled"

    @api.depends("supplement_ids")
    def _compute_supplement_count(self):
        for contract in self:
            contract.supplement_count = len(contract.supplement_ids)

    def action_draft_supplement(self):
        """Draft a supplement to a contract in force, or open the one that is being made (R4.1.3)."""
        self.ensure_one()
        self._check_act("supplement")
        # sudo: whoever drafts, there is one
        found = self.sudo().supplement_ids.filtered(lambda rec: rec.state not in ("in_force", "cancelled"))
        supplement = self.browse(found[:1].id) or self.create(
            [{"order_id": self.order_id.id, "parent_id": self.id, "language": self.language}]
        )
        return supplement._get_records_action(name=self.env._("Supplement"))

    def _check_supplement(self, parent, vals):
        parent.check_access("write")
        parent._check_state("in_force")
        if parent.parent_id or parent.order_id.id != vals.get("order_id"):
            raise ContractStateError(self.env._("A supplement belongs to the contract in force of the same order."))

    def _supplement_values(self, vals):
        """Return what a new supplement starts from, besides what every contract does; {} for what is none.

        :param vals: what a person gives of the new contract
        """
        parent = self.browse(vals.get("parent_id"))
        if not parent:
            return {}
        lines = parent.order_id.order_line.filtered(lambda line: line._is_contract_line())
        return {
            # sudo: the number counts every supplement, whoever may read them
            "name": f"{parent.name}-S{len(parent.sudo().supplement_ids) + 1}",
            "change_ids": [Command.create({"order_line_id": line.id}) for line in lines],
            "old_commitment_date": parent.order_id.commitment_date,
            "new_commitment_date": vals.get("new_commitment_date") or parent.order_id.commitment_date,
        }

    # What it says

    def _change_texts(self, with_prices=True, lang=None):
        """Return ``[(what, old, new), …]`` of everything that the supplement changes, in ``lang`` or the contract's own."""
        self.ensure_one()
        contract = self.sudo().with_context(lang=lang or self.language)  # sudo: the text is the same for every reader
        numbers = {line: number for number, line in enumerate(contract._contract_lines(), 1)}
        many = len(contract.change_ids) > 1
        found = []
        for change in contract.change_ids:
            line = change.order_line_id
            item = f"{contract._item_label([numbers.get(line, 0)])} {line.product_id.name}"
            texts = change._texts(with_prices)
            found += [(contract._named(item, what) if many else what, old, new) for what, old, new in texts]
        if contract.old_commitment_date != contract.new_commitment_date:
            dates = [contract._date_text(date) or "—" for date in (contract.old_commitment_date, contract.new_commitment_date)]
            found.append((contract.env._("Delivery time"), *dates))
        return found + (contract._amount_texts() if with_prices else [])

    def _supplement_texts(self):
        """Return the values of the fields that only the clauses of a supplement name."""
        self.ensure_one()
        parent = self.parent_id
        texts = [f"{what}: {old} → {new}" for what, old, new in self._change_texts()] if parent else []
        return {
            "parent_number": parent.name or "",
            "parent_date": self._date_text(parent.in_force_on) if parent else "",
            "changes": "\n".join(texts),
            "change_reason": self.change_reason or "",
        }

    def _supplement_missing(self):
        """Return what a supplement lacks before it is submitted; everything that it does not change the contract says."""
        self.ensure_one()
        _ = self.env._
        sentences = [] if self._change_texts() else [_("Nothing is changed yet: type the new figures.")]
        for spec in self.change_ids.new_spec_id - self.change_ids.old_spec_id:
            if spec._missing_figures():
                sentences.append(_("%(spec)s is not complete.", spec=spec.display_name))
        return sentences + [clause.missing for clause in self.clause_ids if clause.missing]

    def _amount_texts(self):
        """Return the contract's amount before and after the changes, where they change it."""
        self.ensure_one()
        if self.applied_on or not self.change_ids.filtered("is_changed"):
            # What the order says since is not what this supplement found.
            return []
        order = self.order_id
        amounts = [
            format_amount(self.env, amount, order.currency_id, lang_code=self.language)
            for amount in (order.amount_total, self._amount_after())
        ]
        return [(self.env._("Contract amount, tax included"), *amounts)] if len(set(amounts)) > 1 else []

    def _amount_after(self):
        """Return the order's total with tax as it will be, computed the way the order computes its own."""
        self.ensure_one()
        order = self.order_id
        changes = self.change_ids.filtered("is_changed").grouped("order_line_id")
        lines = [
            changes[line]._prepare_base_line() if line in changes else line._prepare_base_line_for_taxes_computation()
            for line in order._get_priced_lines()
        ]
        taxes = self.env["account.tax"]
        taxes._add_tax_details_in_base_lines(lines, order.company_id)
        taxes._round_base_lines_tax_details(lines, order.company_id)
        totals = taxes._get_tax_totals_summary(base_lines=lines, currency=order.currency_id, company=order.company_id)
        return totals["total_amount_currency"]

    # Steps

    def _is_applying(self):
        """Say whether a supplement to this contract is in force and not yet in the order."""
        self.ensure_one()
        return any(rec.state == "in_force" and not rec.applied_on for rec in self.supplement_ids)

    def _apply_supplement(self, order):
        """Make of the order what this supplement, which is in force, agrees on."""
        # The guards in the database have to see that this supplement is in force, and then that it is applied.
        self.env.flush_all()
        before = self.parent_id._order_terms()
        self.change_ids._apply()
        if self.new_commitment_date != self.old_commitment_date:
            order._by_step().write({"commitment_date": self.new_commitment_date})
        self.change_ids.new_spec_id._lock()
        self.env.flush_all()
        self._set({"applied_on": fields.Datetime.now(), "applied_terms": self._agreed_after(before)})
        self.env.flush_all()
        self.parent_id._tell_moved()
        self.parent_id._log(self.env._("Changed by supplement %(supplement)s.", supplement=self.name))

    def _agreed_after(self, before):
        """Return what is agreed from now on: what was agreed before, and what this supplement made of the order.

        What moved behind the order is not agreed by that, except for the places that the supplement names.

        :param before: the order's terms before the supplement was applied
        """
        agreed, after = self.parent_id._agreed_terms() or {}, self.parent_id._order_terms()
        kept = _agreed_part(agreed, before, after)
        old, was = ({line["id"]: line for line in terms.get("lines", ())} for terms in (agreed, before))
        lines = {line["id"]: _agreed_part(old.get(line["id"], line), was.get(line["id"], {}), line) for line in after["lines"]}
        now = {line["id"]: line for line in after["lines"]}
        for change in self.change_ids.filtered(lambda rec: rec._changes("shipping_id")):
            line = change.order_line_id.id
            source, target = (now[line], lines[line]) if "place" in now[line] else (after, kept)
            target |= {name: source[name] for name in ("place", "shipping", "paper_shipping_id") if name in source}
        return {**kept, "lines": [*lines.values()]}

    @api.depends(
        "order_id.commitment_date", "order_id.order_line.paper_commitment_date", "parent_id", "state", "late_terms",
        "new_commitment_date", "change_ids.new_quantity", "change_ids.new_price", "change_ids.new_spec_id",
        "change_ids.new_commitment_date", "change_ids.new_shipping_id",
    )
    def _compute_last_change_date(self):
        for contract in self:
            contract.last_change_date = contract.parent_id and contract.order_id._last_change_date() or False
            contract.is_late_change = contract.state in OPEN and contract._is_late()

    def _is_late(self):
        """Say whether the last date for changes has passed and nobody let this very change through."""
        self.ensure_one()
        last = self.parent_id and self.order_id._last_change_date()
        if not last or self.company_id._paper_today() <= last:
            return False
        # sudo: the consent is the same whoever asks for it
        return self.sudo().late_terms != self.sudo()._order_terms()["supplement"]

    def _check_in_time(self):
        """Refuse a supplement after the last date for changes, unless it was let through.

        :raises ChangeTooLateError: with the date, and who can let it through
        """
        for contract in self.filtered("parent_id"):
            if contract._is_late():
                raise ChangeTooLateError(
                    self.env._(
                        "%(order)s could be changed until %(date)s. Now the change has to be let through first, by: "
                        "%(departments)s.",
                        order=contract.order_id.name,
                        date=contract.company_id._paper_date(contract.order_id._last_change_date()),
                        departments=contract._group_names(contract._late_departments()),
                    )
                )

    def _late_departments(self):
        """Return the xmlids of the groups that may let a late change through. Override to add."""
        return ["paper_base.group_management"]

    def action_allow_late_change(self, reason=None):
        """Let a supplement through after the last date for changes; without a reason, a dialog asks for it (R4.1.3).

        :raises ContractStateError: if it is not late, or no supplement that is being made
        """
        self._check_department(*self._late_departments())
        self.check_access("read")
        self.ensure_one()
        if not said(reason):
            self._check_late()
            return self.env["paper.reason.wizard"]._ask(self, "action_allow_late_change")
        self._allow_late_change(reason)
        return True

    def _check_late(self):
        self._check_state(*OPEN)
        for contract in self:
            if not contract._is_late():
                raise ContractStateError(
                    self.env._("“%(contract)s” is not late: it needs no consent.", contract=contract.name)
                )

    def _allow_late_change(self, reason):
        """Record that the user let the change through as it stands; the caller has checked that he may."""
        self._check_late()
        if not said(reason):
            raise SignatureDataError(self.env._("Say why the change may still be made."))
        for contract in self:
            # sudo: the consent is to the whole change, whatever of it the user may read
            supplement = contract.sudo()._order_terms()["supplement"]
            contract._set(
                {
                    "late_allowed_by_id": self.env.uid,
                    "late_allowed_on": fields.Datetime.now(),
                    "late_reason": said(reason),
                    "late_terms": supplement,
                }
            )
            contract._log(self.env._("Let through after the last date for changes: %(reason)s", reason=said(reason)))
            contract._tell(
                contract._drafters(),
                lambda rec: rec.env._("The late change may be made: go on with the supplement"),
            )


def _agreed_part(agreed, before, after):
    """Return terms as they were agreed, with those of ``after`` that are not as ``before``; without the lines."""
    made = {name for name in after if after[name] != before.get(name)}
    return {
        name: after[name] if name in made else agreed[name]
        for name in after
        if name != "lines" and (name in made or name in agreed)
    }

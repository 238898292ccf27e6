from odoo import Command, api, fields, models
from odoo.tools.misc import format_amount

from ..exceptions import ContractStateError
from .paper_contract import IN_DRAFT, WHEN_MADE


class PaperContract(models.Model):
    """A supplement changes a contract in force. It is a contract of its own, with its own draft, review and signatures,
    shows what it changes, and changes the order when it is in force: by no other path does a confirmed order say
    something else than what was signed (R4.1.3).
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

    @api.depends("supplement_ids")
    def _compute_supplement_count(self):
        for contract in self:
            contract.supplement_count = len(contract.supplement_ids)

    # Drafting

    def _act_objection(self, verb):
        if verb == "supplement" and self.parent_id:
            return self.env._("“%(contract)s” is a supplement itself: draft the next one to its contract.", contract=self.name)
        return super()._act_objection(verb)

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

    def _completed_create(self, vals):
        completed = super()._completed_create(vals)
        parent = self.browse(vals.get("parent_id"))
        if parent:
            # sudo: the number counts every supplement, whoever may read them
            completed["name"] = f"{parent.name}-S{len(parent.sudo().supplement_ids) + 1}"
            lines = parent.order_id.order_line.filtered(lambda line: line._is_contract_line())
            completed["change_ids"] = [Command.create({"order_line_id": line.id}) for line in lines]
            completed["old_commitment_date"] = parent.order_id.commitment_date
            completed["new_commitment_date"] = vals.get("new_commitment_date") or parent.order_id.commitment_date
        return completed

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

    def _fill_labels(self):
        _ = self.env._
        return {
            **super()._fill_labels(),
            "parent_number": _("number of the contract that is changed"),
            "parent_date": _("date of the contract that is changed"),
            "changes": _("what is changed"),
            "change_reason": _("reason of the change"),
        }

    def _fill_values(self):
        values = super()._fill_values()
        # sudo: see _fill_values of the contract
        contract = self.sudo().with_context(lang=self.language)
        parent = contract.parent_id
        texts = [f"{what}: {old} → {new}" for what, old, new in contract._change_texts()] if parent else []
        return {
            **values,
            "parent_number": parent.name or "",
            "parent_date": contract._date_text(parent.in_force_on) if parent else "",
            "changes": "\n".join(texts),
            "change_reason": contract.change_reason or "",
        }

    def _missing_elements(self):
        # A supplement says what changes; everything else stays as the contract says it.
        return super()._missing_elements() if not self.parent_id else self.env["paper.contract.element"]

    def _missing_sentences(self):
        if not self.parent_id:
            return super()._missing_sentences()
        _ = self.env._
        sentences = [] if self._change_texts() else [_("Nothing is changed yet: type the new figures.")]
        for spec in self.change_ids.new_spec_id - self.change_ids.old_spec_id:
            if spec._missing_figures():
                sentences.append(_("%(spec)s is not complete.", spec=spec.display_name))
        return sentences + [clause.missing for clause in self.clause_ids if clause.missing]

    @api.depends("change_ids.is_changed", "new_commitment_date")
    def _compute_missing(self):
        return super()._compute_missing()

    def _order_terms(self):
        terms = super()._order_terms()
        if self.parent_id:
            terms["supplement"] = {
                "changes": [change._terms() for change in self.change_ids],
                "commitment_date": fields.Datetime.to_string(self.new_commitment_date) or None,
            }
        return terms

    def _agreed_deliveries(self):
        dates = super()._agreed_deliveries()
        if self.parent_id:
            changes = self.change_ids.grouped("order_line_id")
            dates = {
                line: (changes[line].new_commitment_date if line in changes else line.paper_commitment_date)
                or self.new_commitment_date
                for line in dates
            }
        return dates

    def _agreed_specs(self):
        return self.change_ids.new_spec_id if self.parent_id else super()._agreed_specs()

    def _version_facts(self):
        facts = super()._version_facts()
        return {**facts, **{what: f"{old} → {new}" for what, old, new in self._change_texts()}} if self.parent_id else facts

    def _document_title(self):
        """Return the title of the document, in the contract's own language."""
        self.ensure_one()
        titles = {
            "zh_CN": ("纸品买卖合同", "纸品买卖合同补充协议"),
            "en_US": ("Paper Products Sales Contract", "Supplement to the Paper Products Sales Contract"),
        }
        return titles[self.language][bool(self.parent_id)]

    # Steps

    def _is_applying(self):
        """Say whether a supplement to this contract is in force and not yet in the order."""
        self.ensure_one()
        return any(rec.state == "in_force" and not rec.applied_on for rec in self.supplement_ids)

    def _agreed_terms(self):
        """Return what was agreed last: by the supplement that was applied last, or by the contract itself."""
        applied = self.supplement_ids.filtered("applied_on").sorted("applied_on")[-1:]
        return applied.applied_terms or super()._agreed_terms()

    def _follow_order(self, before):
        # A supplement in force has done its work; while one is being applied, the order may change.
        settled = self.filtered(lambda rec: rec.state == "in_force" and (rec.parent_id or rec._is_applying()))
        return super(PaperContract, self - settled)._follow_order(before)

    def _take_effect(self, order):
        if not self.parent_id:
            return super()._take_effect(order)
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
        return None


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


def _agreed_part(agreed, before, after):
    """Return terms as they were agreed, with those of ``after`` that are not as ``before``; without the lines."""
    made = {name for name in after if after[name] != before.get(name)}
    return {
        name: after[name] if name in made else agreed[name]
        for name in after
        if name != "lines" and (name in made or name in agreed)
    }


class PaperContractClause(models.Model):
    _inherit = "paper.contract.clause"

    @api.depends(
        "contract_id.change_ids.new_quantity",
        "contract_id.change_ids.new_price",
        "contract_id.change_ids.new_spec_id",
        "contract_id.change_ids.new_commitment_date",
        "contract_id.change_ids.new_shipping_id",
        "contract_id.new_commitment_date",
        "contract_id.change_reason",
    )
    def _compute_text(self):
        return super()._compute_text()

import hashlib
import json

from odoo import api, fields, models
from odoo.addons.paper_capacity.exceptions import SlotTakenError

from ...lib.changes import changed_fields, touched_dimensions

# Facts that name a contact.
CONTACTS = ("partner_shipping_id", "paper_shipping_id")
OPINION_WORDS = ("dimension", "state", "verdict", "proposal", "comment", "condition")
REMEDY_WORDS = ("kind", "name", "cost_effect", "days_effect")


class PaperEvaluation(models.Model):
    """The next revision of an order: what the change does not touch stands (R3.3.1). And the decision as it was made: order,
    rules, opinions and figures of that moment, in one piece that nobody changes afterwards (R3.3.1); and how the order of
    today differs from the one that was decided on.
    """

    _inherit = "paper.evaluation"

    # With what was agreed, the price among it.
    snapshot = fields.Json(
        string="Decision as It Was Made",
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
    )
    cost_snapshot = fields.Json(
        string="Cost Figures of the Decision",
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
    )
    snapshot_digest = fields.Char(string="Digest of the Decision", help="SHA-256 over the decision and its figures.")
    change_summary = fields.Char(
        compute="_compute_change_summary", help="Which departments answer again when sales submits the changed order."
    )

    def _start_from(self, earlier):
        """Let the opinions of the order's state before stand that the change does not touch (R3.3.1).

        A "no" is always asked again: the order was submitted anew to find another way. So is capacity, where the
        machine hours that it was given for cannot be held any more.

        :param earlier: the evaluation before, decided or still open; empty for the first one
        """
        self.ensure_one()
        if not earlier:
            return
        given = {opinion.dimension: opinion for opinion in earlier.opinion_ids if opinion.state == "given"}
        touched = self._touched_since(earlier)
        for opinion in self.opinion_ids:
            before = given.get(opinion.dimension)
            if not before or before.verdict == "no" or opinion.dimension in touched:
                continue
            if opinion.dimension != "capacity" or self._keeps_slots(before) or self._takes_over_slots(before):
                opinion._carry_over(before)

    def _keeps_slots(self, capacity):
        """Keep the promise of an opinion on capacity whose slots stay with the order, because its terms are only to change.

        :return: False where the order's slots are to be held for this evaluation
        """
        if not self._is_ahead():
            return False
        self._by_step().write(self._prepare_promise_values(capacity.evidence or {}))
        return True

    def _takes_over_slots(self, capacity):
        """Hold the machine hours of an opinion on capacity for this evaluation, with the date that was promised.

        :return: False where they passed by, or somebody else has them by now
        """
        self.ensure_one()
        slots = (capacity.carried_from_id or capacity)._slots_to_hold()
        now = fields.Datetime.now()
        if any(fields.Datetime.to_datetime(slot["from"]) < now for slot in slots):
            return False
        try:
            with self.env.cr.savepoint():
                self._hold_slots({self: slots}, check=True)
        except SlotTakenError:
            return False
        self._by_step().write(self._prepare_promise_values(capacity.evidence or {}))
        return True

    @api.depends("outdated")
    @api.depends_context("lang")
    def _compute_change_summary(self):
        names = self.env["paper.evaluation.dimension"]._names()
        for evaluation in self:
            touched = evaluation._touched_dimensions() if evaluation.outdated else []
            evaluation.change_summary = ", ".join(names[dimension] for dimension in touched)

    def _changed_facts(self):
        """Return the names of the facts that differ between the order of today and the one that was submitted."""
        self.ensure_one()
        # sudo: the facts are compared, not shown; a department need not read prices
        before, after = self.sudo().agreed_facts, self.sudo()._asked_orders()._paper_agreed_facts()
        names = changed_fields(before, after) if before else {"line"}
        moved = names & set(CONTACTS) and self.order_id.state == "sale"
        return names - self._merged_contacts(before) if moved else names

    @api.model
    def _merged_contacts(self, facts):
        """Return which of CONTACTS name a contact that is gone: what was agreed in an order that is confirmed moves with it."""
        named = [(name, state[name]) for state in (facts, *facts.get("lines", ())) for name in CONTACTS if state.get(name)]
        there = set(self.env["res.partner"].browse({int(key) for _name, key in named}).exists().ids)
        return {name for name, key in named if int(key) not in there}

    def _is_outdated(self):
        """Say whether something agreed on the order changed since it was submitted."""
        return bool(self._changed_facts())

    def _touched_dimensions(self):
        """Return the dimensions that the change of the order touches."""
        return touched_dimensions(self._changed_facts(), self._dimension_codes())

    def _touched_since(self, earlier):
        """Return the dimensions that differ between an earlier evaluation and what this one was submitted with."""
        self.ensure_one()
        before, after = earlier.sudo().agreed_facts, self.sudo().agreed_facts  # sudo: see _changed_facts
        changed = changed_fields(before, after) if before and after else {"line"}
        return touched_dimensions(changed, self._dimension_codes())

    def _prepare_snapshot(self, decision):
        """Return the decision with its figures, to be kept as they are.

        :param decision: the values that close the panel
        """
        self.ensure_one()
        rules = self._quorum_rules()
        snapshot = {
            "order": self.order_id.name,
            "revision": self.revision,
            "facts": self.sudo().agreed_facts,  # sudo: kept in the decision, whoever closes the panel
            "rules": {**rules, "chair": self.company_id._evaluation_chair_name()},
            "result": decision["state"],
            "closed_by": self.env["res.users"].browse(decision["closed_by_id"]).name,
            "closed_on": fields.Datetime.to_string(decision["closed_on"]),
            "conclusion": self.conclusion or "",
            "promise": fields.Date.to_string(self.promise_date) if self.promise_date else None,
            "opinions": [self._snapshot_opinion(opinion) for opinion in self.opinion_ids],
        }
        # sudo: as above
        opinions = self.sudo().opinion_ids
        cost = {opinion.dimension: opinion.cost_evidence for opinion in opinions if opinion.cost_evidence}
        text = json.dumps([snapshot, cost], sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return {"snapshot": snapshot, "cost_snapshot": cost, "snapshot_digest": digest}

    @api.model
    def _snapshot_opinion(self, opinion):
        return {
            **{name: opinion[name] for name in OPINION_WORDS},
            "given_on": fields.Datetime.to_string(opinion.given_on) if opinion.given_on else None,
            "author": opinion.author_id.name or "",
            "on_behalf_of": opinion.on_behalf_of_id.name or "",
            "carried_from_revision": opinion.carried_from_id.evaluation_id.revision,
            "evidence": opinion.evidence,
            "remedies": [{name: remedy[name] for name in REMEDY_WORDS} for remedy in opinion._remedies()],
        }

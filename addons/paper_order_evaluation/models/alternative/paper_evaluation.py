from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.paper_base.exceptions import OrderBlockedError
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_capacity.lib.capability import verdict

from ...exceptions import EvaluationBusyError, OfferClosedError
from ..panel.paper_evaluation import SALES

# Who refuses what another day or a part of the order would mend.
PLANNED = {"capacity", "materials"}
# Property -> field of the specification that may be moved to the nearest figure that a machine makes.
MOVABLE = {
    "basis_weight": "basis_weight",
    "caliper": "caliper",
    "width": "width",
    "reel_diameter": "reel_diameter_max",
    "core_diameter": "core_diameter",
    "sheet_width": "width",
    "sheet_length": "length",
}


class PaperEvaluation(models.Model):
    """What the mill could make instead of an order that does not pass: a later date, a part quantity, a nearby
    specification that can be made (R3.3.4, R3.4); and the customer's answer to it.
    """

    _inherit = "paper.evaluation"

    can_decline = fields.Boolean(compute="_compute_can_decline")

    def _compute_alternatives(self):
        """Compute what could be offered to the customer in place of each failed order.

        Override to add: call ``super()``, append results of :meth:`_alternative` and return. Called once for any
        number of evaluations, with sudo, when a panel fails, and again when sales asks for it before the letter goes.

        :return: ``{evaluation: [alternative, …]}`` with every evaluation of ``self`` as a key
        """
        nearby = dict(self._nearby_alternatives())
        return {
            evaluation: evaluation._dates_that_help()
            + evaluation._passable(evaluation._planned_alternatives(), nearby.get(evaluation))
            for evaluation in self
        }

    def _passable(self, planned, nearby):
        """Return those of the alternatives that everybody who refused the order could pass: another day or a part of it
        where machines or materials kept it back, another paper where that cannot be made, both in one where both did.

        :param planned: alternatives by the plan; :param nearby: the papers near to the ordered ones, None without them
        """
        self.ensure_one()
        failed = set(self.opinion_ids.filtered(lambda opinion: opinion.verdict == "no").mapped("dimension"))
        if not failed:
            return planned + [nearby] if nearby else planned
        if failed - PLANNED - {"technical"}:
            return []  # terms, price, or what the mill asks beyond the usual: no day and no figure of the paper mends that
        if "technical" not in failed:
            return planned
        if not nearby:
            return []
        return [self._both(nearby, other) for other in planned] if failed & PLANNED else [nearby]

    def _both(self, nearby, other):
        """Return one alternative that changes what both change."""
        lines = {
            line: {**nearby["lines"].get(line, {}), **other["lines"].get(line, {})}
            for line in dict.fromkeys([*nearby["lines"], *other["lines"]])
        }
        reason = "; ".join(filter(None, (nearby["reason"], other["reason"])))
        return self._alternative("spec", date=other["date"], lines=lines, reason=reason)

    def _dates_that_help(self):
        """Return the later date on which each failing department sees a way of its own; [] where one sees none."""
        days = self._days_that_help()
        if not days:
            return []
        dated = [line for line in self._paper_lines() if line._paper_delivery_day()]
        return self._later_dates({line: line._paper_delivery_day() + timedelta(days=days) for line in dated})

    def _planned_alternatives(self):
        """Return the later date of the whole order, and the part that can be there by the date that was asked for."""
        opinion = self.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        facts = opinion.evidence or {}
        if not facts.get("late"):
            return []
        found = []
        reason = opinion._reason_text(facts["reasons"][-1]) if facts["reasons"] else ""
        if self.promise_date:
            days = self._line_promises()
            late = {line: day for line, day in days.items() if day > (line._paper_delivery_day() or day)}
            if len(late) == len(days) and self.order_id._is_one_delivery_date():
                late = dict.fromkeys(days, self.promise_date)
            found += self._later_dates(late, opinion.headline or reason)
        for offer in facts["offers"]:
            lines = {self.env["sale.order.line"].browse(part["line"]): {"quantity": part["quantity"]} for part in offer["lines"]}
            found.append(self._alternative("quantity", lines=lines, reason=opinion.headline or reason))
        return found

    def _nearby_alternatives(self):
        """Return [(evaluation, alternative)] of the papers near to the ordered ones that can be made."""
        found = []
        for company, evaluations in self.grouped("company_id").items():
            lines = evaluations._asked_orders().order_line.filtered("is_paper")
            machines = self._machines_of(lines, company)
            lines.paper_spec_id._read_ahead()
            for evaluation in evaluations:
                nearby = evaluation._nearby_specs(machines)
                if nearby:
                    reason = "; ".join(nearby[line]["reason"] for line in nearby)
                    changes = {line: {"spec": spec["spec"]} for line, spec in nearby.items()}
                    found.append((evaluation, self._alternative("spec", lines=changes, reason=reason)))
        return found

    def _later_dates(self, days, reason=""):
        """Return the alternative of later dates, [] without one: of the order where all its lines move to the same day, of
        each line that moves otherwise.

        :param days: ``{sale.order.line: date}`` of the lines that move
        """
        self.ensure_one()
        if not days:
            return []
        if len(set(days.values())) == 1 and self._paper_lines() <= self.env["sale.order.line"].union(*days):
            return [self._alternative("date", date=next(iter(days.values())), reason=reason)]
        return [self._alternative("date", lines={line: {"date": day} for line, day in days.items()}, reason=reason)]

    def _days_that_help(self):
        """Return the days later on which each failing department sees a way of its own, 0 where one sees none."""
        self.ensure_one()
        failed = self.opinion_ids.filtered(lambda opinion: opinion.verdict == "no")
        typed = {opinion: opinion._remedies().filtered(lambda remedy: not remedy.computed) for opinion in failed}
        days = [min((rec.days_effect for rec in typed[op] if rec.days_effect > 0), default=0) for op in failed]
        return max(days) if days and all(days) else 0

    @api.model
    def _alternative(self, kind, date=None, lines=None, reason=""):
        """Return one alternative: the order as it stands, with these changes.

        :param kind: ``date`` (all of it, later), ``quantity`` (a part of it) or ``spec`` (a paper near to the ordered one)
        :param date: the delivery date offered, None to keep the customer's
        :param lines: ``{sale.order.line: {"quantity": in its own paper_unit, "spec": {field of paper.spec: value}, "date":
            of delivery}}``, all keys optional; lines that are not named stay as they are, a quantity of 0 takes a line off
        :param reason: why this can be made, for readers inside the mill; the customer never sees it
        """
        return {"kind": kind, "date": date, "lines": lines or {}, "reason": reason}

    def _prepare_alternative(self, alternative):
        """Return the values of the record of an :meth:`_alternative`."""
        self.ensure_one()
        return {
            "evaluation_id": self.id,
            "kind": alternative["kind"],
            "delivery_date": alternative["date"],
            "reason": alternative["reason"],
            "computed": True,
            "line_ids": [
                Command.create(
                    {
                        "order_line_id": line.id,
                        "change_quantity": "quantity" in change,
                        "quantity": change.get("quantity", 0.0),
                        "spec_changes": change.get("spec") or False,
                        "delivery_date": change.get("date", False),
                    }
                )
                for line, change in alternative["lines"].items()
            ],
        }

    def _nearby_specs(self, machines):
        """Return ``{line: {"spec": {field: value}, "reason"}}`` for the lines that cannot be made as ordered; {} where one
        of them cannot be made near to it either, for then the order as a whole has no nearby specification.
        """
        self.ensure_one()
        nearby = {}
        for line in self._paper_lines():
            spec = line.paper_spec_id
            stages = self._check_stages(spec, machines[line]) if spec else []
            if verdict(stage["ok"] for stage in stages) is not False:
                continue
            failing = [check for stage in stages if stage["ok"] is False for check in stage["best"] if check["ok"] is False]
            nearest = self._nearby_figures(spec, failing)
            tried = [self._same_bulk(spec, nearest), nearest] if nearest else []
            changes = next((found for found in tried if self._makes_sense(spec, found, machines[line])), None)
            if not changes:
                return {}
            nearby[line] = {
                "spec": changes,
                "reason": ", ".join(f"{check['machine']}: {check['achievable']} {check['unit']}".strip() for check in failing),
            }
        return nearby

    def _nearby_figures(self, spec, failing):
        """Return the figures to change, {} where a property has no figure that could be moved."""
        changes = {}
        for check in failing:
            field = MOVABLE.get(check["property"])
            if not field or check["nearest"] is None:
                return {}
            if check["property"] == "width" and check["value"] != spec.width:
                return {}  # a sheet that lies across the web is its length: which side to cut is the customer's choice
            changes[field] = check["nearest"]
            if field == "reel_diameter_max" and spec.reel_diameter_min > check["nearest"]:
                changes["reel_diameter_min"] = check["nearest"]
        return changes

    def _same_bulk(self, spec, changes):
        """Return the changes with a caliper that keeps the paper's bulk, where both basis weight and caliper move."""
        if "basis_weight" not in changes or "caliper" not in changes:
            return changes
        return {**changes, "caliper": round(spec.caliper * changes["basis_weight"] / spec.basis_weight, 1)}

    def _makes_sense(self, spec, changes, machines):
        """Say whether the changed paper is one, and no machine refuses it."""
        changed = spec.new({**spec.copy_data()[0], **changes})
        stages = self._check_stages(changed, machines)
        return not changed._contradictions() and verdict(stage["ok"] for stage in stages) is not False

    @api.depends("letter_sent_on", "customer_answer")
    @api.depends_context("uid")
    def _compute_can_decline(self):
        sells = self.env.user.has_group(SALES)
        for evaluation in self:
            evaluation.can_decline = sells and bool(evaluation.letter_sent_on) and not evaluation.customer_answer

    def action_decline(self, note=None):
        """Record that the customer wants none of the alternatives (sales)."""
        self.ensure_one()
        self.check_access("read")
        self.alternative_ids._check_sales_answers()
        who = self.env._("recorded by %(user)s", user=self.env.user.name)
        self.sudo()._decline(who, note)  # sudo: sales writes no evaluation itself

    def _decline(self, answered_by, note=None, author=None):
        """Keep that the customer declined, with his words. ``self`` is sudo.

        :raises OfferClosedError: if the offer is answered, expired or overtaken
        """
        self.ensure_one()
        lock_or_tell(self, EvaluationBusyError)
        if self.customer_answer:
            raise OfferClosedError(self.env._("This offer was answered already."))
        self._check_offer_open()
        self.alternative_ids.filtered(lambda rec: rec.state == "offered")._take_step("declined")
        self._record_answer("declined", answered_by, note=note)

        def words(rec):
            told = rec.env._("The customer declined the alternatives (%(who)s). %(note)s", who=answered_by, note=note or "")
            return told.strip()

        self._tell_sales(words, author)

    def _check_offer_open(self):
        """Refuse an answer to what is no longer offered.

        :raises OfferClosedError: saying why
        """
        self.ensure_one()
        _ = self.env._
        order = self.order_id
        if self.state != "failed" or not self.letter_sent_on:
            raise OfferClosedError(_("There is no open offer on %(order)s.", order=order.name))
        if self.offer_until and self.offer_until < self.company_id._paper_today():
            raise OfferClosedError(_("The offer stood until %(date)s. Please ask us for a new one.", date=self.offer_until))
        if order.state not in ("draft", "sent") or order._current_evaluation() != self or self._is_outdated():
            raise OfferClosedError(_("%(order)s has changed since the offer was made.", order=order.name))

    def _is_offer_open(self):
        """Say whether the customer may answer an offer of this evaluation now."""
        try:
            self._check_offer_open()
        except OfferClosedError:
            return False
        return not self.customer_answer and any(rec.state == "offered" for rec in self.alternative_ids)

    def _record_answer(self, answer, answered_by, note=None):
        self._by_step().write(
            {
                "customer_answer": answer,
                "answered_on": fields.Datetime.now(),
                "answered_by": answered_by,
                "answer_note": note or False,
            }
        )

    def _in_sales_language(self):
        user = self.user_id or self.submitted_by_id
        return self.with_context(lang=user.lang or self.env.lang)

    def _tell_sales(self, words, author=None):
        """Tell the salesperson what the customer answered; ``words`` is a function of the evaluation."""
        self.ensure_one()
        user = self.user_id or self.submitted_by_id
        self.order_id.message_post(
            body=words(self._in_sales_language()),
            author_id=(author or self.env.user.partner_id).id,
            subtype_xmlid="mail.mt_note",
            partner_ids=user.partner_id.ids,
        )
        self._call_sales("answer", words)

    def _resubmit(self):
        """Submit the changed order again for its salesperson; without him where something else blocks it."""
        self.ensure_one()
        user = self.user_id or self.submitted_by_id
        order = self.order_id.with_user(user).sudo()  # sudo: the customer's answer moves the order on, nobody else
        try:
            order._check_blockers("evaluate")
        except OrderBlockedError as error:
            blocked = str(error)
            self._call_sales("submit", lambda rec: rec.env._("Submit the changed order again"), lambda rec: blocked)
            return self.browse()
        return order._submit_evaluation()

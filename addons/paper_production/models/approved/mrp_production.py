from odoo import api, fields, models

from ...exceptions import PlanLockedError
from ..plan.paper_production_plan import SUPERVISOR
from .release import KEY, Release, changed

DECIDED = ("submitted", "approved", "done")
# What a plan agrees on; what was made and used of it is said by the work itself.
AGREED = (
    "product_id",
    "product_qty",
    "product_uom_id",
    "bom_id",
    "consumption",
    "paper_spec_id",
    "sale_line_id",
    "production_group_id",
    "reference_ids",
    "origin",
    "date_start",
    "date_finished",
    "is_planned",
    "state",
    "location_src_id",
    "location_dest_id",
    "picking_type_id",
    "company_id",
)


# How much more than planned a run may make before the supervisor is asked: a jumbo is full when it is full.
RUN_MORE = 1.10


class MrpProduction(models.Model):
    """What the plan of an order agreed on is not changed any more, but by the supervisor, who says why (R5.1.2)."""

    _inherit = "mrp.production"

    paper_plan_holds = fields.Boolean(
        string="Held by Its Plan",
        compute="_compute_paper_plan_holds",
        help="What its plan agreed on is not this person's to change now.",
    )
    paper_waits_for_plan = fields.Boolean(
        string="Waits for Its Plan", compute="_compute_paper_plan_holds", help="Nothing is made before the approval."
    )
    paper_plan_words = fields.Char(string="What Holds It", compute="_compute_paper_plan_holds")

    @api.depends("is_paper", "state", "paper_plan_id.state", "paper_plan_id.amendment_ids.closed_on")
    @api.depends_context("uid", "lang")
    def _compute_paper_plan_holds(self):
        for production in self:
            plan = production.sudo().paper_plan_id  # sudo: the rule is the same whatever the user may read
            live = production.state not in ("done", "cancel")
            production.paper_plan_holds = live and production._is_held_by(plan)
            production.paper_waits_for_plan = live and production.is_paper and not production._is_released()
            production.paper_plan_words = production._plan_words(plan) if live and production.is_paper else ""

    def _is_held_by(self, plan):
        """Say whether this person changes nothing that the plan agreed on: buttons and :meth:`_change_agreed` ask the same."""
        self.ensure_one()
        if plan.state not in DECIDED:
            return False
        return not plan._own_amendment() and not (
            plan.state == "submitted" and plan._is_hand_allowed("production_ids", plan)
        )

    def _plan_words(self, plan):
        """Return what a person reads on the form of an order that a plan holds, "" where nothing holds it."""
        if self.paper_waits_for_plan:
            return self._unplanned_message() if self.state != "draft" else ""
        if not self.paper_plan_holds:
            return ""
        if plan.state == "submitted":
            return self.env._(
                "The plan %(plan)s is before the production supervisor, who alone changes it until it is decided.", plan=plan.name
            )
        return self.env._(
            "The approved plan %(plan)s says what is made, on which machine and when. The production supervisor amends it, "
            "saying why.",
            plan=plan.name,
        )

    def _as_released(self, records=None):
        """Return the records, these unless given, for work on these orders of which everything was asked."""
        ids = Release.of(self.env) | frozenset(self.ids)
        return (self if records is None else records).with_context(**{KEY: Release(ids)})

    def _unreleased(self):
        released = Release.of(self.env)
        return self.filtered(lambda rec: rec.id not in released) if released else self

    def _held(self):
        """Return those of the orders whose plan is decided, unless their work or a step of the plan changes them."""
        if self._is_loading():
            return self.browse()
        # sudo: the rule is the same whatever the user may read
        return self._unreleased().filtered(lambda rec: rec.sudo().paper_plan_id.state in DECIDED)

    def _check_agreed_write(self, vals):
        """Refuse, or keep with its reason, what would change what a plan agreed on.

        :return: values without what is so anyway, and the orders as they may be written
        :raises PlanLockedError: naming the order, its plan and what was to be changed
        """
        names = [name for name in AGREED if name in vals]
        held = self._held() if names else self.browse()
        if not held:
            return vals, self
        found = changed(held, vals, names)
        refused = {}
        for production, own in found.items():
            if own == ["product_qty"] and production._is_within_tolerance(vals["product_qty"]):
                continue
            refused[production] = [production._prepare_order_change(name, vals[name]) for name in own]
        self._change_agreed(refused)
        if held == self:
            # Writing a start takes the schedule back, even where it is the same.
            idle = set(names).difference(*found.values())
            vals = {name: value for name, value in vals.items() if name not in idle}
        return vals, held._as_released(self)

    def _change_agreed(self, changes):
        """Keep the supervisor's changes of what plans agreed on with his reason; refuse those of everybody else.

        :param changes: ``{order: [values of paper.plan.change]}``
        :raises PlanLockedError: naming the order, its plan and what was to be changed
        """
        for production, values in changes.items():
            # sudo: the rule is the same whatever the user may read
            plan = production.sudo().paper_plan_id
            if production._is_held_by(plan):
                raise production._locked_by_plan(values)
            if plan._own_amendment():
                production._keep_changes(values)

    def _keep_changes(self, values):
        """Keep what the supervisor changes of this order, by the amendment that he has opened."""
        shared = {"production_id": self.id, "production_name": self.name}
        # sudo: as above
        self.sudo().paper_plan_id._record_changes([{**shared, **vals} for vals in values])

    def _locked_by_plan(self, values):
        # sudo: as above
        plan = self.sudo().paper_plan_id
        words = ", ".join(self.env["paper.plan.change"].sudo().new(vals).what for vals in values)
        if plan.state == "submitted":
            message = self.env._(
                "%(order)s: the plan %(plan)s is before the production supervisor, who alone changes it now (%(what)s).",
                order=self.name,
                plan=plan.name,
                what=words,
            )
        elif self._is_one_of((SUPERVISOR,)):
            message = self.env._(
                "%(order)s is in the approved plan %(plan)s. Amend the plan first, saying why; then change it (%(what)s).",
                order=self.name,
                plan=plan.name,
                what=words,
            )
        else:
            message = self.env._(
                "%(order)s is in the approved plan %(plan)s: only the production supervisor changes it, saying why (%(what)s).",
                order=self.name,
                plan=plan.name,
                what=words,
            )
        return PlanLockedError(message, action=self.env["paper.way.out"]._lead_to(plan))

    def _prepare_order_change(self, name, value):
        return self._prepare_field_change(self, name, value, "cancelled" if name == "state" and value == "cancel" else "field")

    def _prepare_part_change(self, part, name, value, subject):
        """Return the change of a work order, component or product, of whose states only giving it up is a change."""
        change = self._prepare_field_change(part, name, value, "cancelled" if name == "state" else "field")
        return {**change, "subject": subject}

    def _prepare_field_change(self, record, name, value, kind):
        """Return the values of ``paper.plan.change`` for what ``value`` would make of a field of the record."""
        return {
            "kind": kind,
            "res_model": record._name,
            "field_name": name,
            "old_value": self._agreed_text(record, name),
            "new_value": self._agreed_text(record.new({name: value}), name),
        }

    def _agreed_text(self, record, name):
        """Return the value of a field as people read it, in the time of the mill."""
        field, value = record._fields[name], record[name]
        if field.type == "datetime":
            return self.company_id._paper_moment(value)
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value or "")
        if field.type == "float":
            return f"{value:.10g}"
        return str(value or "")

    def _check_agreed(self, kind, of=None, old="", new=""):
        """Refuse, or keep with its reason, that something else than a field of these orders is changed.

        :param of: ``{order: [(model, name of the work order or component)]}``; the orders themselves unless given
        """
        held = self._held()
        subjects = of or {production: [(self._name, "")] for production in held}
        self._change_agreed(
            {
                production: [
                    {"kind": kind, "res_model": model, "subject": subject, "old_value": old, "new_value": new}
                    for model, subject in subjects.get(production, ())
                ]
                for production in held
                if subjects.get(production)
            }
        )
        return held

    # How much the customer takes

    def _paper_limits(self):
        """Return the sales line that the order makes paper for, and how many kg of it the customer takes: (line, low, high);
        of what is made for nobody, what was planned and the tolerance of its specification.
        """
        self.ensure_one()
        # sudo: as above
        line, spec = self.sudo().sale_line_id, self.sudo().paper_spec_id
        if line and line.product_id == self.product_id:
            wanted = line._paper_progress()
            low, high = wanted.ordered * (1 - wanted.minus / 100), wanted.ordered * (1 + wanted.plus / 100)
            return line, low - wanted.slack, high + wanted.slack
        planned, slack = self._paper_kg(self.product_qty), self._paper_kg(self.product_uom_id.rounding)
        low, high = planned * (1 - spec.tolerance_minus / 100), planned * (1 + spec.tolerance_plus / 100)
        high = high * RUN_MORE if self.paper_kind == "run" else high
        return line.browse(), low - slack, high + slack

    def _is_within_tolerance(self, quantity):
        """Say whether the line's orders together stay within what the customer takes if this one makes ``quantity``."""
        line, low, high = self._paper_limits()
        if not line:
            return False
        others = line._paper_line_productions() - self
        kg = self._paper_kg(quantity) + sum(rec._paper_kg(rec.product_qty) for rec in others)
        return low <= kg <= high

    def _prepare_plan_line(self):
        self.ensure_one()
        return {
            "production_id": self.id,
            "production_name": self.name,
            "origin": ", ".join(self._paper_orders().mapped("name")) or self.origin,
            "product": self.product_id.display_name,
            "spec": self.paper_spec_id.display_name,
            "quantity_kg": self._paper_kg(self.product_qty),
            "date_start": self.date_start,
            "date_finished": self.date_finished,
        }

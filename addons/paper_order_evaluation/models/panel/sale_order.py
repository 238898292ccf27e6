import json

from odoo import api, fields, models
from odoo.addons.paper_base.lib.lead import Lead

from ...exceptions import EvaluationFrozenError, EvaluationRefusedError
from ...lib.panel import DIMENSIONS
from .paper_evaluation import DECIDED

TERM_FACTS = ("currency_id", "payment_term_id", "partner_shipping_id", "paper_order_type")
# Agreed of a line, and evaluated elsewhere: the specification field by field, what the delivery has of its own.
NOT_LINE_FACTS = {"order_id", "tax_ids", "paper_spec_id", "paper_commitment_date", "paper_shipping_id"}


def _facts(record, names):
    """Return fields of a record as text, so that they compare equal however they were stored."""
    facts = {}
    for name in names:
        value = record[name]
        if isinstance(value, models.BaseModel):
            facts[name] = str(value.id or "")
        else:
            facts[name] = f"{value:.6f}" if isinstance(value, float) else str(value or "")
    return facts


class SaleOrder(models.Model):
    """An order that the panel evaluates: which departments are asked, by its type, its submission, and what stands in the
    way of its contract (R2, R3.3.1)."""

    _inherit = "sale.order"

    paper_evaluation_ids = fields.One2many(
        "paper.evaluation", "order_id", string="Evaluations", readonly=True, copy=False, groups="base.group_user"
    )
    paper_evaluation_state = fields.Selection(
        [
            ("none", "Not Submitted"),
            ("open", "Under Evaluation"),
            ("passed", "Passed"),
            ("conditional", "Passed with Conditions"),
            ("failed", "Not Passed"),
            ("outdated", "Outdated"),
        ],
        string="Evaluation",
        compute="_compute_paper_evaluation_state",
        groups="base.group_user",
    )
    paper_evaluation_conditions = fields.Text(
        string="Conditions of the Evaluation", compute="_compute_paper_evaluation_state", groups="base.group_user"
    )
    can_submit_evaluation = fields.Boolean(compute="_compute_can_submit_evaluation", groups="base.group_user")

    @api.model
    def _paper_leads(self):
        return [*super()._paper_leads(), Lead("action_submit_evaluation", "can_submit_evaluation", "evaluated", "evaluate")]

    @api.depends("paper_evaluation_state", "is_paper_order", "state")
    @api.depends_context("uid")
    def _compute_can_submit_evaluation(self):
        sells = self.env.user.has_group("paper_base.group_sales")
        for order in self:
            order.can_submit_evaluation = sells and not order._submission_objection()

    @api.depends(
        "paper_evaluation_ids.state",
        "commitment_date",
        "order_line.paper_commitment_date",
        "order_line.paper_shipping_id",
    )
    @api.depends_context("lang")
    def _compute_paper_evaluation_state(self):
        for order in self:
            # sudo: whoever reads the order may know how its evaluation stands
            evaluation = order.sudo()._current_evaluation()
            state = evaluation.state or "none"
            order.paper_evaluation_state = "outdated" if evaluation and evaluation._is_outdated() else state
            order.paper_evaluation_conditions = evaluation.conditions if evaluation._is_conditional() else False

    def _current_evaluation(self):
        """Return the latest evaluation that was not called off."""
        self.ensure_one()
        # A record made in this transaction stands last in the cache, whatever the model's order says.
        valid = self.paper_evaluation_ids.filtered(lambda rec: rec.state != "cancelled" and not rec._is_ahead())
        return valid.sorted("id", reverse=True)[:1]

    def _paper_agreed_facts(self):
        """Return what the panel evaluates, as text: delivery date, terms, and each paper line with its specification."""
        self.ensure_one()
        terms = _facts(self, TERM_FACTS)
        lines = []
        for line in self.order_line:
            if line.is_paper:
                spec = line.paper_spec_id
                limits = [_facts(limit, limit._agreed_fields()) for limit in spec.limit_ids]
                facts = _facts(line, [name for name in line._agreed_fields() if name not in NOT_LINE_FACTS])
                delivery = {name: str(value) for name, value in line._paper_own_delivery().items()}
                lines.append({**facts, **delivery, **_facts(spec, spec._agreed_fields()), "limits": limits})
        lines.sort(key=lambda item: json.dumps(item, sort_keys=True))
        facts = {"commitment_date": str(self.commitment_date or ""), **terms, "lines": lines}
        if self._paper_type_rule("customer_material"):
            facts["customer_material"] = self.paper_customer_material_ids._agreed_facts()
        return facts

    def _open_to_items(self):
        # sudo: whether a panel judges the order is the same whoever asks
        judged = self.sudo().paper_evaluation_ids.filtered(lambda evaluation: evaluation.state != "cancelled").order_id
        return super()._open_to_items() - judged

    # Submission (R3.3.1)

    def action_submit_evaluation(self):
        """Hand the orders to the evaluation panel; after a change only the departments that it touches answer again.

        :raises EvaluationRefusedError: for anybody but sales, or where nothing has to be evaluated
        :raises EvaluateBlockedError: while the order is not complete, or whatever else blocks the step
        """
        self._check_submit_evaluation()
        # sudo: sales may submit an order, not write in its evaluation
        evaluations = self.sudo()._submit_evaluation()
        if len(self) == 1:
            return evaluations._get_records_action(name=self.env._("Evaluation"), context={})
        return True

    def _submit_evaluation(self, **about):
        """Open the panels of these orders; who may do so was checked, and ``self`` is sudo.

        :param about: what the panel is asked about other than the orders as they stand, for addons that ask it
        """
        earlier = {order: order._evaluation_before(**about) for order in self}
        self._replaced_evaluations()._take_step("cancelled")
        self.paper_evaluation_ids.flush_recordset(["state"])  # the database knows one open panel of an order
        self._end_calls()
        evaluations = self.env["paper.evaluation"]._by_step().create(
            [order._prepare_evaluation_values(earlier[order], **about) for order in self]
        )
        for company, records in evaluations.grouped("company_id").items():
            records._clock_start(company.paper_evaluation_days)
        for evaluation in evaluations:
            evaluation._start_from(earlier[evaluation.order_id])
        evaluations._take_evidence()
        evaluations._action_submitted()
        if ended := self._told_until_submitted():
            self.env["res.company"]._paper_told(self, ended)
        return evaluations

    def action_open_evaluation(self):
        """Open the evaluations of the order."""
        self.ensure_one()
        evaluations = self.paper_evaluation_ids
        return (self._current_evaluation() or evaluations)._get_records_action(name=self.env._("Evaluation"))

    def _check_submit_evaluation(self):
        if not self.env.user.has_group("paper_base.group_sales"):
            raise EvaluationRefusedError(self.env._("Sales submits orders for evaluation."))
        self.check_access("write")
        for order in self:
            objection = order._submission_objection()
            if objection:
                raise EvaluationRefusedError(objection)
        self._check_blockers("evaluate")

    def _submission_objection(self):
        """Return why the order is not submitted for evaluation as it stands, "" if nothing speaks against it."""
        self.ensure_one()
        evaluation = self.sudo()._current_evaluation()  # sudo: see action_submit_evaluation
        # What was confirmed without an evaluation needs none any more.
        if not self.is_paper_order or self.state == "cancel" or (self.state == "sale" and not evaluation):
            return self.env._("%(order)s is no order to be evaluated.", order=self.name)
        if evaluation and evaluation.state != "failed" and not evaluation._is_outdated():
            return self.env._("%(order)s is evaluated, or under evaluation, as it stands.", order=self.name)
        return ""

    def _replaced_evaluations(self):
        """Return the open evaluations that a new submission takes the place of."""
        return self.paper_evaluation_ids.filtered(lambda evaluation: evaluation.state == "open")

    def _evaluation_before(self, **about):
        """Return the evaluation whose opinions stand where the next one changes nothing. Override for what else is asked."""
        return self._current_evaluation()

    def _prepare_evaluation_values(self, earlier, **about):
        self.ensure_one()
        return {
            "order_id": self.id,
            "revision": max(self.paper_evaluation_ids.mapped("revision"), default=0) + 1,
            "previous_id": earlier.id,
            "submitted_by_id": self.env.uid,
            "agreed_facts": self._paper_agreed_facts(),
        }

    # What an evaluation means for the order

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step in ("contract", "confirm"):
            self._prefetch_evaluations()
            for order in self:
                if order.is_paper_order:
                    blockers[order] += order._get_evaluation_blockers()
        return blockers

    def _prefetch_evaluations(self):
        """Read what the orders' evaluations are compared by, in one go for all of them."""
        evaluations = self.paper_evaluation_ids
        evaluations.mapped("state")
        if evaluations:
            specs = self.order_line.paper_spec_id
            specs.mapped("width")
            specs.limit_ids.mapped("name")
        evaluations.filtered(lambda evaluation: not evaluation._is_passed()).opinion_ids.mapped("state")

    def _get_evaluation_blockers(self):
        """List why the order may not be contracted: not evaluated, not decided, not passed, or changed since."""
        self.ensure_one()
        evaluation = self._current_evaluation()
        text = self._evaluation_obstacle(evaluation)
        if not text:
            return []
        action = self._open_order_action()
        if evaluation:
            action = self.env["paper.way.out"]._open(evaluation, self.env._("Evaluation"))
        return [self._paper_blocker("evaluation", text, action=action)]

    def _evaluation_obstacle(self, evaluation):
        _ = self.env._
        if not evaluation:
            return _("The order was not evaluated; sales submits it to the panel.")
        if evaluation._is_outdated():
            return _(
                "The order was changed after it was submitted for evaluation; sales submits it again, and it is "
                "asked again: %(departments)s.",
                departments=evaluation.change_summary,
            )
        if evaluation.state == "failed":
            reasons = evaluation.opinion_ids.filtered(lambda opinion: opinion.verdict == "no")
            return _("The evaluation was not passed. %(reasons)s", reasons="; ".join(rec._reason() for rec in reasons))
        if evaluation._is_passed():
            return ""
        if evaluation.can_close:
            chair = evaluation.chair_name
            return _("The opinions on the order are in; the panel is closed by its chair: %(chair)s.", chair=chair)
        return _("The order is under evaluation; opinions are owed by %(owed)s.", owed=evaluation.owed)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_decided(self):
        # sudo: the decision is kept, whoever may read it
        if any(evaluation.state in DECIDED for evaluation in self.sudo().paper_evaluation_ids):
            raise EvaluationFrozenError(
                self.env._("The panel has decided on this order, and that stays on record. Cancel the order instead.")
            )

    def _get_milestones(self):
        milestones = super()._get_milestones()
        self._prefetch_evaluations()
        for order in self:
            if order.is_paper_order:
                milestones[order].append(order._evaluation_milestone())
        return milestones

    def _evaluation_milestone(self):
        self.ensure_one()
        evaluation = self._current_evaluation()
        outdated = bool(evaluation) and evaluation._is_outdated()
        passed = evaluation._is_passed() if evaluation else False
        state, owner = "todo", self.user_id.name
        if evaluation and evaluation.state == "failed" and not outdated:
            state = "failed"
        elif evaluation and not outdated:
            state = self._paper_clock_milestone_state(evaluation, passed)
            owner = evaluation.owed if not evaluation.can_close else evaluation.chair_name
        return self._paper_milestone(
            "evaluated",
            self.env._("Evaluated"),
            state,
            date=evaluation.closed_on if passed and not outdated else None,
            deadline=evaluation.deadline_date if evaluation.state == "open" else None,
            owner="" if state == "done" else owner,
            user=self.user_id,
            department="sales",
            clause="R3.3.1",
        )

    def _paper_panel(self):
        """Return the dimensions of the order's panel."""
        rule = self._paper_type_rule("panel")
        company = self.company_id or self.env.company
        if rule == "sample":
            return company._sample_panel()
        # Of a dimension that the mill added the types say nothing: it is asked about every order.
        codes = self.env["paper.evaluation.dimension"]._codes()
        return [code for code in codes if code in rule or code not in DIMENSIONS]

    def _paper_type_fixed_by(self):
        # sudo: the rule is the same whatever the user may read
        evaluation = self.sudo()._current_evaluation()
        if evaluation and evaluation.state != "failed":
            return self.env._(
                "%(order)s was submitted for evaluation as it is: its type is fixed. Call the evaluation off, or make a new "
                "order.",
                order=self.name,
            )
        return super()._paper_type_fixed_by()

from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import (
    AlreadyDecidedError,
    EvaluationBusyError,
    EvaluationFrozenError,
    EvaluationRefusedError,
    PanelIncompleteError,
)
from ...lib.panel import panel_result

SALES, MANAGEMENT = "paper_base.group_sales", "paper_base.group_management"
DECIDED = ("passed", "conditional", "failed")
CLOSING = Entering(check="_check_close", values="_prepare_close_values", then="_action_closed")


class PaperEvaluation(models.Model):
    """The evaluation of one revision of an order by the panel: sales submits it, the departments give their
    opinion in parallel within the working days that the company allows, the chair closes it. It ends as passed,
    passed with conditions, or failed, and stays as it was decided. A change of what was agreed makes it outdated;
    sales submits the order again, and only the departments that the change touches answer again (R3.3.1, R3.4).
    """

    _name = "paper.evaluation"
    _description = "Order Evaluation"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin", "paper.order.mover"]
    _moves_orders = ("state", "deadline_date", "deadline_stopped", "deadline_pauses")

    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    # The chair, a person whom the company's settings name, decides; sales may call off as well, see _step_objection.
    _steps = {"open": {"passed": (), "conditional": (), "failed": (), "cancelled": ()}}
    _step_verbs = {"cancel": "cancelled"}
    # Who asks the customer, and when: see _asking_objection.
    _acts = {"ask_customer": ((), ()), "hold_slots": (("open", "passed", "conditional"), ("paper_base.group_planning",))}
    _entering = {
        **dict.fromkeys(DECIDED, CLOSING),
        "cancelled": Entering(then="_action_cancelled", by="closed_by_id", on="closed_on"),
    }
    _state_error = EvaluationRefusedError
    _right_error = EvaluationRefusedError
    _field_error = EvaluationRefusedError
    _locked_error = EvaluationFrozenError
    # Sales and the chair write their words in it, all else is written by its steps.
    _all_by_steps = True

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade", index=True, check_company=True, by_hand={"new": ()}
    )
    revision = fields.Integer(default=1, help="Counts the states of the order that the panel was asked about.")
    previous_id = fields.Many2one("paper.evaluation", string="Evaluation before", index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", store=True, string="Customer")
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    commitment_date = fields.Datetime(related="order_id.commitment_date")
    paper_spec_summary = fields.Char(related="order_id.paper_spec_summary")
    paper_order_type = fields.Selection(related="order_id.paper_order_type", help="")
    paper_type_note = fields.Char(related="order_id.paper_type_note")
    paper_weight_kg = fields.Float(related="order_id.paper_weight_kg")
    state = fields.Selection(
        [
            ("open", "Under Evaluation"),
            ("passed", "Passed"),
            ("conditional", "Passed with Conditions"),
            ("failed", "Not Passed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        index=True,
        tracking=True,
    )
    opinion_ids = fields.One2many("paper.evaluation.opinion", "evaluation_id", string="Opinions", by_hand={"new": ()})
    agreed_facts = fields.Json(
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
    )
    submitted_by_id = fields.Many2one("res.users", string="Submitted by")
    closed_by_id = fields.Many2one("res.users", string="Closed by")
    closed_on = fields.Datetime()
    last_opinion_on = fields.Datetime(string="Last Opinion")
    conclusion = fields.Text(by_hand={"open": ()}, help="What the chair has to say about the result; frozen with it.")
    owed = fields.Char(string="Still Owed by", compute="_compute_owed")
    given_count = fields.Integer(string="Opinions Given", compute="_compute_owed")
    can_close = fields.Boolean(compute="_compute_owed")
    can_decide = fields.Boolean(compute="_compute_can_decide")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    is_chair = fields.Boolean(compute="_compute_is_chair")
    chair_name = fields.Char(string="Chair", compute="_compute_is_chair")
    outdated = fields.Boolean(
        compute="_compute_outdated", help="Something agreed on the order changed after it was submitted."
    )
    conditions = fields.Text(compute="_compute_conditions")

    _one_open = models.UniqueIndex("(order_id) WHERE state = 'open'", "This order is under evaluation already.")

    @api.depends("order_id.name", "revision")
    def _compute_display_name(self):
        for evaluation in self:
            name = self.env._("Evaluation of %(order)s", order=evaluation.order_id.name or "")
            if evaluation.revision > 1:
                name = self.env._("%(name)s, revision %(number)s", name=name, number=evaluation.revision)
            evaluation.display_name = name

    @api.depends("opinion_ids.state", "state", "company_id.paper_evaluation_quorum")
    @api.depends_context("lang")
    def _compute_owed(self):
        for evaluation in self:
            pending = evaluation._pending_opinions()
            evaluation.owed = ", ".join(opinion.department for opinion in pending)
            evaluation.given_count = len(evaluation.opinion_ids) - len(pending)
            evaluation.can_close = evaluation.state == "open" and bool(evaluation._panel_result())

    @api.depends("can_close", "outdated", "is_chair")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for evaluation in self:
            evaluation.can_decide = evaluation.can_close and not evaluation.outdated and evaluation.is_chair

    @api.depends("company_id", "opinion_ids.author_id")
    @api.depends_context("uid", "lang")
    def _compute_is_chair(self):
        for company, evaluations in self.grouped("company_id").items():
            evaluations.chair_name = company._evaluation_chair_name() if company else ""
            named = company._evaluation_named_chairs() if company else self.env["res.users"]
            for evaluation in evaluations:
                evaluation.is_chair = self.env.user in named or bool(company) and evaluation._is_chaired_by(self.env.user)

    @api.depends(
        "agreed_facts",
        "order_id.commitment_date",
        "order_id.order_line.price_unit",
        "order_id.order_line.product_uom_qty",
        "order_id.order_line.paper_commitment_date",
        "order_id.order_line.paper_shipping_id",
    )
    def _compute_outdated(self):
        for evaluation in self:
            evaluation.outdated = evaluation.state != "cancelled" and evaluation._is_outdated()

    @api.depends("opinion_ids.condition", "opinion_ids.verdict")
    @api.depends_context("lang")
    def _compute_conditions(self):
        for evaluation in self:
            evaluation.conditions = "\n".join(
                f"{opinion.dimension_name}: {opinion.condition}"
                for opinion in evaluation.opinion_ids
                if opinion.verdict == "conditional" and opinion.condition
            )

    def _pending_opinions(self):
        return self.opinion_ids.filtered(lambda opinion: opinion.state != "given")

    def _is_chaired_by(self, user):
        """Say whether a person may close this panel: chair by the company's settings, or standing in for one.

        A stand-in closes no panel on an order that he, or the chair, submitted, nor one in which he has spoken for
        as many seats as one person may (R3.3.1). A chair who is away may still close it himself.
        """
        self.ensure_one()
        if user in self.company_id._evaluation_named_chairs():
            return True
        # sudo: who submitted is asked, whoever reads the panel
        there = self.company_id._evaluation_chairs_there(self.sudo().submitted_by_id)
        return user in there and self._seats_spoken_for(user) < self._seats_per_person()

    def _seats_spoken_for(self, user):
        """Return how many opinions of this panel a person has given, in the own place or another's."""
        self.ensure_one()
        # sudo: the opinions count, whatever of them the user reads
        return len(self.sudo().opinion_ids.filtered(lambda rec: rec.state == "given" and rec.author_id == user))

    def _seats_per_person(self):
        return self.sudo().company_id.paper_evaluation_seats_per_person  # sudo: only the rule is asked

    @api.constrains("state", "opinion_ids")
    def _check_state(self):
        for evaluation in self.filtered(lambda rec: rec.state in DECIDED):
            # sudo: whether the decision is kept, not what it says
            if evaluation.state != evaluation._panel_result() or not evaluation.sudo().snapshot:
                raise EvaluationRefusedError(
                    self.env._("The result of an evaluation follows from its opinions: %(name)s.", name=evaluation.display_name)
                )

    def _panel_result(self):
        """Return what the opinions given so far add up to by the company's rules, None while opinions are owed."""
        self.ensure_one()
        verdicts = {opinion.dimension: opinion.state == "given" and opinion.verdict for opinion in self.opinion_ids}
        rules = self._quorum_rules()
        # The type of the order may ask fewer departments than the company does.
        mandatory = [dimension for dimension in rules["mandatory"] if dimension in verdicts]
        quorum = rules["quorum"]
        if quorum > len(verdicts):
            quorum = len(mandatory) or len(verdicts)
        return panel_result(verdicts, quorum=quorum, mandatory=mandatory)

    def _dimension_codes(self):
        """Return the dimensions that a panel of today may be asked, with those that this one was asked."""
        return self.env["paper.evaluation.dimension"]._codes(also=self.opinion_ids.mapped("dimension"))

    def _quorum_rules(self):
        """Return the company's rules, as far as they concern the dimensions of this panel and those of today."""
        return self.company_id._evaluation_quorum_rules(self._dimension_codes())

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            panel = self.env["sale.order"].browse(vals.get("order_id"))._paper_panel()
            vals.setdefault("opinion_ids", self._prepare_panel(panel))
        return super().create(vals_list)

    @api.model
    def _prepare_panel(self, codes):
        """Return the opinions that these dimensions owe, as commands."""
        dimensions = self.env["paper.evaluation.dimension"]._by_code()
        return [Command.create({"dimension_id": dimensions[code].id}) for code in codes]

    def copy_data(self, default=None):
        # A copy is another open panel on the same order.
        return [
            {"order_id": evaluation.order_id.id, **vals}
            for evaluation, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # Who may what

    @api.model
    def _is_hand_allowed(self, name, record):
        if not super()._is_hand_allowed(name, record) or name == "customer_letter" and record and record.letter_sent_on:
            return False
        # The user is asked, not his rights: an administrator, or code that runs with sudo, is no chair either.
        return name != "conclusion" or bool(record) and record._is_chaired_by(self.env.user)

    def _step_objection(self, state):
        if state == "cancelled" and self.env.user.has_group(SALES) or self._is_chaired_by(self.env.user):
            return super()._step_objection(state)
        return self.env._("The chair closes the panel: %(chair)s.", chair=self.company_id._evaluation_chair_name())

    def _act_objection(self, verb):
        if verb == "ask_customer":
            return self._asking_objection()
        if verb == "hold_slots" and self._held_until():
            return self.env._("%(name)s holds its machine hours already.", name=self.display_name)
        return super()._act_objection(verb)

    def _refused_hand_message(self, names):
        if self.state in DECIDED:
            return self.env._("A decision of the panel stays as it was made, with the figures that it was made on.")
        if self and names == ["conclusion"]:
            return self._step_objection("passed")
        return super()._refused_hand_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise EvaluationFrozenError(self.env._("An evaluation is kept with its order; cancel it instead."))

    # The clock

    def _clock_users(self):
        return self.opinion_ids.filtered(lambda opinion: opinion.state != "given")._members() or self._chair_users()

    def _chair_users(self):
        users = self.env["res.users"]
        # sudo: see _is_chaired_by
        for company, authors in {(evaluation.company_id, evaluation.sudo().submitted_by_id) for evaluation in self}:
            users |= company._evaluation_chairs_there(authors)
        return users

    def _clock_summary(self):
        return self.env._(
            "Evaluation of %(order)s, still owed by: %(owed)s",
            order=self.order_id.name,
            owed=self.owed or self.env._("the chair"),
        )

    @api.model
    def _run_clocks(self, company):
        self.env["paper.delegation"]._of_today(company)._hand_over()
        return super()._run_clocks(company)

    # Submission

    def _action_submitted(self):
        """Tell each department at once what it owes. Override to tell more."""
        self._pending_opinions()._call_departments()
        self.filtered("can_close")._call_chair()

    def _call_chair(self):
        """Tell the chair that the opinions are in, until the panel is closed."""
        for (company, deadline), evaluations in self.grouped(lambda rec: (rec.company_id, rec.deadline_date)).items():
            company._paper_tell(
                lambda evaluation: evaluation._chair_users(),
                evaluations,
                lambda evaluation: evaluation.env._("All opinions are in: close the panel"),
                deadline=deadline,
                quietly=True,
            )

    # Closing

    def action_close(self):
        """Close the panel: derive the result from the opinions and tell sales at once (R3.3.1, R3.4).

        :raises EvaluationRefusedError: for anybody but the chair
        :raises AlreadyDecidedError: if somebody else closed it before
        :raises EvaluationBusyError: if somebody else works on it at this moment
        :raises PanelIncompleteError: while opinions are owed, or given on an order that changed since
        """
        self.check_access("read")
        self._check_chair()
        lock_or_tell(self, EvaluationBusyError)
        self._check_close()
        # sudo: the chair tells sales, whose order it is
        for result, evaluations in self.sudo().grouped(lambda evaluation: evaluation._panel_result()).items():
            evaluations._take_step(result)

    def action_cancel(self):
        """Call off an evaluation that is not decided yet."""
        self.check_access("read")
        open_ones = self.filtered(lambda evaluation: evaluation.state == "open")
        if not open_ones:
            raise EvaluationRefusedError(self.env._("Only an evaluation that is not decided can be cancelled."))
        open_ones.sudo()._take_step("cancelled")  # sudo: sales calls the panel off, whoever talks or asks in it

    def action_open_order(self):
        """Open the order that is evaluated."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))

    def _check_chair(self):
        """Refuse who may not decide before anything else is said of the panel."""
        for evaluation in self:
            objection = evaluation._step_objection("passed")
            if objection:
                raise EvaluationRefusedError(objection)

    def _check_close(self):
        for evaluation in self:
            if evaluation.state in DECIDED:
                raise AlreadyDecidedError(
                    self.env._(
                        "%(name)s is decided already, by %(user)s.",
                        name=evaluation.display_name,
                        user=evaluation.closed_by_id.name,
                    )
                )
            if evaluation.state != "open":
                raise EvaluationRefusedError(self.env._("%(name)s was called off.", name=evaluation.display_name))
            if evaluation._is_outdated():
                raise PanelIncompleteError(self._outdated_message(evaluation))
            if not evaluation.can_close:
                raise PanelIncompleteError(
                    self.env._(
                        "%(name)s: opinions are still owed by %(owed)s.",
                        name=evaluation.display_name,
                        owed=evaluation.owed,
                    )
                )

    def _outdated_message(self, evaluation):
        return self.env._(
            "Order %(order)s was changed after it was submitted for evaluation. Sales submits it again.",
            order=evaluation.order_id.name,
        )

    def _prepare_close_values(self):
        self.ensure_one()
        values = {"state": self._panel_result(), "closed_by_id": self.env.uid, "closed_on": fields.Datetime.now()}
        return {**values, **self._prepare_snapshot(values)}

    def _action_closed(self):
        """Stop the clock and give the result to the salesperson. Override to do more with it."""
        self._clock_stop()
        self._end_pending()
        self.filtered(lambda evaluation: evaluation.state == "failed")._draft_letter()
        for evaluation in self:
            evaluation._feed_back()
        self._call_sales("result", lambda rec: rec._result_sentence(), lambda rec: rec._result_details())
        self._settle_slots()
        self._promise_lines()
        self._close_questions()
        self._end_price_rounds()

    def _action_cancelled(self):
        """Stop the clock; nobody owes anything any more. Override to do more."""
        self._clock_stop()
        self._end_pending()
        self.reservation_ids._release()
        self._close_questions()
        self._end_price_rounds()

    def _end_pending(self):
        """End what the departments were told of the opinions that are not given any more."""
        pending = self._pending_opinions()
        if pending:
            self.env["res.company"]._paper_told(pending, "pending")

    def _is_passed(self):
        """Say whether the order may go on to its contract: passed, with conditions or without."""
        self.ensure_one()
        return self.state in DECIDED and self.state != "failed"

    def _is_conditional(self):
        """Say whether conditions stand on the order."""
        return bool(self) and self.state == "conditional"

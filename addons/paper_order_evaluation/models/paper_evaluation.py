from odoo import Command, api, fields, models

from ..exceptions import EvaluationFrozenError, EvaluationRefusedError
from ..lib.panel import DIMENSIONS, panel_result

DECIDED = ("passed", "conditional", "failed")
DECISION_FIELDS = {"snapshot", "cost_snapshot", "snapshot_digest", "closed_by_id", "closed_on"}
# What the decision rests on; once decided nobody changes it, by whatever path.
FROZEN_FIELDS = DECISION_FIELDS | {
    "order_id",
    "state",
    "agreed_facts",
    "submitted_by_id",
    "revision",
    "previous_id",
    "opinion_ids",
    "conclusion",
    "last_opinion_on",
}
# Who may write what by hand; all else is written by the steps of the evaluation.
FIELD_DEPARTMENTS = {
    "conclusion": (),
    "customer_letter": ("paper_base.group_sales", "paper_base.group_management"),
}
CHATTER = ("message_", "activity_", "website_message_", "my_activity_")


class PaperEvaluation(models.Model):
    """The evaluation of one revision of an order by the panel: sales submits it, five departments give their
    opinion in parallel within the working days that the company allows, the chair closes it. It ends as passed,
    passed with conditions, or failed, and stays as it was decided. A change of what was agreed makes it outdated;
    sales submits the order again, and only the departments that the change touches answer again (R3.3.1, R3.4).
    """

    _name = "paper.evaluation"
    _description = "Order Evaluation"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    revision = fields.Integer(
        default=1, readonly=True, copy=False, help="Counts the states of the order that the panel was asked about."
    )
    previous_id = fields.Many2one("paper.evaluation", string="Evaluation before", readonly=True, copy=False, index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", store=True, string="Customer")
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    commitment_date = fields.Datetime(related="order_id.commitment_date")
    paper_spec_summary = fields.Char(related="order_id.paper_spec_summary")
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
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    opinion_ids = fields.One2many("paper.evaluation.opinion", "evaluation_id", string="Opinions")
    agreed_facts = fields.Json(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", string="Closed by", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    last_opinion_on = fields.Datetime(string="Last Opinion", readonly=True, copy=False)
    conclusion = fields.Text(copy=False, help="What the chair has to say about the result; frozen with it.")
    owed = fields.Char(string="Still Owed by", compute="_compute_owed")
    given_count = fields.Integer(string="Opinions Given", compute="_compute_owed")
    can_close = fields.Boolean(compute="_compute_owed")
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

    @api.depends("company_id", "opinion_ids.author_id")
    @api.depends_context("uid", "lang")
    def _compute_is_chair(self):
        for company, evaluations in self.grouped("company_id").items():
            evaluations.chair_name = company._evaluation_chair_name() if company else ""
            named = company._evaluation_named_chairs() if company else self.env["res.users"]
            for evaluation in evaluations:
                evaluation.is_chair = self.env.user in named or bool(company) and evaluation._is_chaired_by(self.env.user)

    @api.depends(
        "agreed_facts", "order_id.commitment_date", "order_id.order_line.price_unit", "order_id.order_line.product_uom_qty"
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
            if evaluation.state != evaluation._panel_result() or not evaluation.snapshot:
                raise EvaluationRefusedError(
                    self.env._("The result of an evaluation follows from its opinions: %(name)s.", name=evaluation.display_name)
                )

    def _panel_result(self):
        """Return what the opinions given so far add up to by the company's rules, None while opinions are owed."""
        self.ensure_one()
        verdicts = {opinion.dimension: opinion.state == "given" and opinion.verdict for opinion in self.opinion_ids}
        return panel_result(verdicts, **self.company_id._evaluation_quorum_rules())

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if DECISION_FIELDS & vals.keys() or vals.get("state", "open") != "open":
                raise EvaluationRefusedError(self.env._("An evaluation begins open, and is decided by its panel."))
            vals.setdefault("opinion_ids", [Command.create({"dimension": name}) for name in DIMENSIONS])
        return super().create(vals_list)

    def write(self, vals):
        self._check_hand_written(vals)
        if FROZEN_FIELDS & vals.keys() and self.filtered(lambda evaluation: evaluation.state != "open"):
            raise EvaluationFrozenError(
                self.env._("A decision of the panel stays as it was made, with the figures that it was made on.")
            )
        # The user is asked, not his rights: an administrator, or code that runs with sudo, is no chair either.
        if vals.get("state") in DECIDED:
            self._check_chair()
        if "order_id" in vals and any(evaluation.order_id.id != vals["order_id"] for evaluation in self):
            raise EvaluationRefusedError(self.env._("An evaluation stays with its order."))
        return super().write(vals)

    def _check_hand_written(self, vals):
        """Refuse what is not for the user to write."""
        if self.env.su:
            return
        for name in vals:
            if name in FIELD_DEPARTMENTS:
                self._check_field_department(name)
            elif not name.startswith(CHATTER) and name not in self.env["paper.deadline.mixin"]._fields:
                raise EvaluationRefusedError(self.env._("An evaluation is moved on by its own steps only."))

    def _check_field_department(self, name):
        entitled = any(self.env.user.has_group(group) for group in FIELD_DEPARTMENTS[name])
        if not entitled and not all(evaluation._is_chaired_by(self.env.user) for evaluation in self):
            raise EvaluationRefusedError(
                self.env._("“%(field)s” is not yours to write.", field=self._fields[name]._description_string(self.env))
            )

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

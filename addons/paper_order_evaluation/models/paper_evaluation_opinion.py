from odoo import api, fields, models

from ..exceptions import OpinionFrozenError, OpinionIncompleteError, WrongDepartmentError
from ..lib.panel import DEPARTMENTS, DIMENSIONS

# What the department itself writes; the rest is kept by the panel.
VERDICT_FIELDS = {"verdict", "comment", "condition", "remedy_ids"}
EVIDENCE_FIELDS = {"evidence", "cost_evidence", "proposal"}
RESERVED_FIELDS = EVIDENCE_FIELDS | {"state", "author_id", "given_on"}
IDENTITY_FIELDS = {"evaluation_id", "dimension"}


class PaperEvaluationOpinion(models.Model):
    """What one department says about an order under evaluation: the figures as they were, a verdict of
    yes, yes with a condition, or no, and the ways out that it sees. Given by a member of the
    department alone, whoever else may ask for it, and frozen from then on (R3.3.2 - R3.3.5).
    """

    _name = "paper.evaluation.opinion"
    _description = "Evaluation Opinion"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "evaluation_id desc, sequence, id"
    _check_company_auto = True
    _mail_post_access = "read"

    evaluation_id = fields.Many2one("paper.evaluation", required=True, readonly=True, ondelete="cascade", index=True)
    order_id = fields.Many2one(related="evaluation_id.order_id", store=True, index=True)
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    commitment_date = fields.Datetime(related="order_id.commitment_date")
    paper_spec_summary = fields.Char(related="order_id.paper_spec_summary")
    paper_weight_kg = fields.Float(related="order_id.paper_weight_kg")
    deadline_date = fields.Date(related="evaluation_id.deadline_date", store=True, index=True)
    deadline_state = fields.Selection(related="evaluation_id.deadline_state")
    evaluation_state = fields.Selection(related="evaluation_id.state", string="Panel")
    dimension = fields.Selection(
        [
            ("sales", "Sales"),
            ("capacity", "Capacity"),
            ("materials", "Materials"),
            ("technical", "Technology"),
            ("cost", "Cost and Profit"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    dimension_name = fields.Char(compute="_compute_department")
    department = fields.Char(compute="_compute_department")
    state = fields.Selection(
        [("pending", "Owed"), ("given", "Given")], required=True, default="pending", readonly=True, index=True
    )
    proposal = fields.Selection("_verdicts", readonly=True, help="What the figures alone say.")
    evidence = fields.Json(readonly=True)
    cost_evidence = fields.Json(
        readonly=True, groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales"
    )
    verdict = fields.Selection("_verdicts", tracking=True)
    comment = fields.Text(help="Needed for anything but a plain yes.")
    condition = fields.Text(help="What has to be kept for the yes to hold; stays on the order.")
    remedy_ids = fields.One2many("paper.evaluation.remedy", "opinion_id", string="Ways Out")
    author_id = fields.Many2one("res.users", string="Given by", readonly=True)
    given_on = fields.Datetime(readonly=True)
    waiting_for_me = fields.Boolean(compute="_compute_waiting_for_me", search="_search_waiting_for_me")

    _dimension_uniq = models.UniqueIndex("(evaluation_id, dimension)", "Each department has one opinion in a panel.")

    @api.model
    def _verdicts(self):
        _ = self.env._
        return [("yes", _("Yes")), ("conditional", _("Yes, if")), ("no", _("No"))]

    @api.depends("dimension")
    def _compute_sequence(self):
        for opinion in self:
            opinion.sequence = DIMENSIONS.index(opinion.dimension) if opinion.dimension else 0

    @api.depends("dimension")
    @api.depends_context("lang")
    def _compute_department(self):
        names = dict(self._fields["dimension"]._description_selection(self.env))
        for opinion in self:
            opinion.dimension_name = names.get(opinion.dimension, "")
            # sudo: only the name of the department is shown
            opinion.department = self.env.ref(DEPARTMENTS[opinion.dimension]).sudo().name if opinion.dimension else ""

    @api.depends("dimension_name", "order_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for opinion in self:
            opinion.display_name = f"{opinion.order_id.name or ''} {opinion.dimension_name or ''}".strip()

    @api.depends("state", "evaluation_id.state", "dimension")
    @api.depends_context("uid")
    def _compute_waiting_for_me(self):
        mine = self._my_dimensions()
        for opinion in self:
            opinion.waiting_for_me = (
                opinion.state == "pending" and opinion.evaluation_id.state == "open" and opinion.dimension in mine
            )

    def _search_waiting_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        waiting = fields.Domain(
            [
                ("state", "=", "pending"),
                ("evaluation_id.state", "=", "open"),
                ("dimension", "in", self._my_dimensions()),
            ]
        )
        return fields.Domain.OR([waiting if wanted else ~waiting for wanted in value])

    @api.model
    def _my_dimensions(self):
        return [dimension for dimension, group in DEPARTMENTS.items() if self.env.user.has_group(group)]

    def _department_users(self):
        self.ensure_one()
        return self.company_id._paper_department_users(DEPARTMENTS[self.dimension])

    # Who may write what, and until when. The user is asked, not his rights: an administrator, or code that
    # runs with sudo, speaks for no department either.

    def _check_may_write(self):
        """Refuse to touch an opinion of another department, or one that is given.

        :raises WrongDepartmentError, OpinionFrozenError: naming the opinion
        """
        mine = self._my_dimensions()
        for opinion in self:
            if opinion.dimension not in mine or opinion.company_id not in self.env.user.company_ids:
                raise WrongDepartmentError(
                    self.env._(
                        "The opinion on %(opinion)s is given by %(department)s alone.",
                        opinion=opinion.display_name,
                        department=opinion.department,
                    )
                )
        self._check_not_frozen()

    def _check_not_frozen(self):
        for opinion in self:
            if opinion.state == "given" or opinion.evaluation_id.state != "open":
                raise OpinionFrozenError(
                    self.env._("The opinion on %(opinion)s stays as it was given.", opinion=opinion.display_name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        opinions = super().create(vals_list)
        opinions.evaluation_id.opinion_ids._check_not_frozen()
        filled = (VERDICT_FIELDS | RESERVED_FIELDS) - EVIDENCE_FIELDS - {"state"}
        spoken = opinions.filtered(lambda opinion: any(opinion[name] for name in filled))
        spoken._check_may_write()
        if opinions.filtered("author_id"):
            raise OpinionFrozenError(self.env._("An opinion is given by its department, with its submission."))
        return opinions

    def write(self, vals):
        if IDENTITY_FIELDS & vals.keys():
            raise OpinionFrozenError(self.env._("An opinion stays in its panel."))
        if RESERVED_FIELDS & vals.keys() and not self.env.su:
            raise OpinionFrozenError(self.env._("An opinion is given by its department, with its submission."))
        if EVIDENCE_FIELDS & vals.keys():
            self._check_not_frozen()
        if (VERDICT_FIELDS | {"state", "author_id", "given_on"}) & vals.keys():
            self._check_may_write()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise OpinionFrozenError(self.env._("An opinion stays in its panel."))

    # Giving it

    def action_agree(self):
        """Give a plain yes."""
        self.write({"verdict": "yes"})
        return self.action_submit()

    def action_submit(self):
        """Give the opinion to the panel; from now on it is frozen.

        :raises OpinionIncompleteError: without a verdict, or without a comment or condition where one is needed
        """
        self._check_may_write()
        self._check_complete()
        # sudo: author and date are written by this step alone, for the person who gives the opinion
        self.sudo().write(self._prepare_submit_values())
        self.sudo()._action_submitted()  # sudo: the chair's activity is on a record that the member may not write
        return True

    def action_refresh(self):
        """Take the figures again, because stock or plan moved since the order was submitted."""
        self._check_may_write()
        self.evaluation_id._take_evidence(self.mapped("dimension"))

    def _check_complete(self):
        for opinion in self:
            if not opinion.verdict:
                raise OpinionIncompleteError(self.env._("%(opinion)s: choose a verdict.", opinion=opinion.display_name))
            if opinion.verdict != "yes" and not (opinion.comment or "").strip():
                raise OpinionIncompleteError(
                    self.env._("%(opinion)s: say why it is not a plain yes.", opinion=opinion.display_name)
                )
            if opinion.verdict == "conditional" and not (opinion.condition or "").strip():
                raise OpinionIncompleteError(
                    self.env._("%(opinion)s: say which condition has to be kept.", opinion=opinion.display_name)
                )
            if opinion.evaluation_id._is_outdated():
                raise OpinionFrozenError(opinion.evaluation_id._outdated_message(opinion.evaluation_id))

    def _prepare_submit_values(self):
        return {"state": "given", "author_id": self.env.uid, "given_on": fields.Datetime.now()}

    def _action_submitted(self):
        """Close what reminded the department; the last opinion calls the chair. Override to do more."""
        self.activity_ids.unlink()
        for evaluation in self.evaluation_id.filtered("can_close"):
            for user in evaluation._clock_escalation_users():
                evaluation.with_context(mail_activity_quick_update=True).activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.with_context(lang=user.lang or self.env.lang).env._("All opinions are in: close the panel"),
                    user_id=user.id,
                    date_deadline=evaluation.deadline_date or evaluation.company_id._paper_today(),
                )

    def _call_summary(self):
        return self.env._("Opinion on %(opinion)s", opinion=self.display_name)

    def _reason(self):
        """Return dimension, verdict and comment in one line, for readers inside the mill."""
        self.ensure_one()
        verdict = dict(self._verdicts()).get(self.verdict, "")
        reason = self.condition if self.verdict == "conditional" else self.comment
        return f"{self.dimension_name} – {verdict}: {reason or ''}".strip()

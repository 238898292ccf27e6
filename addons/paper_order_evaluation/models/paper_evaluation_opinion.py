from odoo import api, fields, models
from odoo.fields import Domain

from ..exceptions import OpinionFrozenError, WrongDepartmentError
from ..lib.panel import DEPARTMENTS, DIMENSIONS
from .paper_evaluation import CHATTER

# What the department itself writes; the rest is kept by the panel.
VERDICT_FIELDS = {"verdict", "comment", "condition", "remedy_ids"}
EVIDENCE_FIELDS = {"evidence", "cost_evidence", "proposal"}
GIVEN_FIELDS = {"state", "author_id", "on_behalf_of_id", "given_on", "carried_from_id"}
CARRIED_FIELDS = ("proposal", "evidence", "cost_evidence", "verdict", "comment", "condition", "given_on", "state")
IDENTITY_FIELDS = {"evaluation_id", "dimension"}


class PaperEvaluationOpinion(models.Model):
    """What one department says about an order under evaluation: the figures as they were, a verdict of
    yes, yes with a condition, or no, and the ways out that it sees. Given by a member of the
    department or his stand-in alone, whoever else may ask for it, and frozen from then on. On the next
    revision of the order it is carried over if the change does not touch it (R3.3.1 - R3.3.5).
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
        readonly=True,
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
    )
    verdict = fields.Selection("_verdicts", tracking=True)
    comment = fields.Text(help="Needed for anything but a plain yes.")
    condition = fields.Text(help="What has to be kept for the yes to hold; stays on the order.")
    remedy_ids = fields.One2many("paper.evaluation.remedy", "opinion_id", string="Ways Out")
    author_id = fields.Many2one("res.users", string="Given by", readonly=True)
    on_behalf_of_id = fields.Many2one("res.users", string="Standing in for", readonly=True)
    given_on = fields.Datetime(readonly=True)
    carried_from_id = fields.Many2one(
        "paper.evaluation.opinion",
        string="Given on an Earlier Revision",
        readonly=True,
        index="btree_not_null",
        help="The change of the order did not touch this opinion, so it still stands.",
    )
    clear_case = fields.Boolean(compute="_compute_clear_case")
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

    @api.depends("state", "evaluation_id.state", "evaluation_id.opinion_ids.author_id", "dimension")
    @api.depends_context("uid")
    def _compute_waiting_for_me(self):
        own, taken, full = self._my_dimensions(), self._my_taken_seats(), self._my_full_panels()
        for opinion in self:
            owed = opinion.state == "pending" and opinion.evaluation_id.state == "open"
            mine = opinion.dimension in own or bool(opinion._absent_of(taken))
            opinion.waiting_for_me = owed and mine and opinion.evaluation_id.id not in full

    def _search_waiting_for_me(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = Domain("dimension", "in", self._my_dimensions())
        for (company, seat), absent in self._my_taken_seats().items():
            authors = self.env.user if len(absent) > 1 else self.env.user | absent
            mine |= Domain(
                [
                    ("company_id", "=", company.id),
                    ("dimension", "=", seat),
                    ("evaluation_id.submitted_by_id", "not in", authors.ids),
                ]
            )
        owed = Domain([("state", "=", "pending"), ("evaluation_id.state", "=", "open")])
        waiting = owed & mine & Domain("evaluation_id", "not in", self._my_full_panels())
        return Domain.OR([waiting if wanted else ~waiting for wanted in value])

    @api.depends("proposal", "verdict", "waiting_for_me")
    @api.depends_context("uid")
    def _compute_clear_case(self):
        for opinion in self:
            opinion.clear_case = opinion.waiting_for_me and opinion.proposal == "yes" and opinion.verdict in (False, "yes")

    @api.model
    def _my_dimensions(self):
        return [dimension for dimension, group in DEPARTMENTS.items() if self.env.user.has_group(group)]

    @api.model
    def _my_taken_seats(self):
        """Return ``{(company, dimension): people who are away}`` that the user stands in for today."""
        return self.env["paper.delegation"]._seats_taken_by(self.env.user)

    def _absent_of(self, taken):
        """Return for whom the user may give this opinion, of ``taken``: nobody if either submitted the order."""
        self.ensure_one()
        absent = taken.get((self.company_id, self.dimension), self.env["res.users"])
        # sudo: who submitted is asked, whoever reads the panel
        authors = self.sudo().evaluation_id.submitted_by_id
        return self.env["paper.delegation"]._without_authors(self.env.user, absent, authors)

    def _members(self):
        """Return the people who are to give these opinions today: the departments, with stand-ins for the absent."""
        users, cache = self.env["res.users"], {}
        for opinion in self:
            users |= opinion._members_of_seat(cache)
        return users

    def _members_of_seat(self, cache):
        """Return who gives this opinion; ``cache`` is filled per company, so that a batch asks once."""
        self.ensure_one()
        # sudo: see _absent_of
        company, authors = self.company_id, self.sudo().evaluation_id.submitted_by_id
        if (company, authors) not in cache:
            people = {name: company._paper_department_users(group) for name, group in DEPARTMENTS.items()}
            cache[company, authors] = self.env["paper.delegation"]._replace_absent(company, people, authors)
        return cache[company, authors][self.dimension]

    # Who may write what, and until when. The user is asked, not his rights: an administrator, or code that
    # runs with sudo, speaks for no department either.

    def _check_may_write(self):
        """Refuse to touch an opinion of another department, or one that is given.

        :raises WrongDepartmentError, StandInAuthorError, OpinionFrozenError: naming the opinion
        """
        own, taken = self._my_dimensions(), None
        for opinion in self:
            if opinion.dimension in own and opinion.company_id in self.env.user.company_ids:
                continue
            taken = self._my_taken_seats() if taken is None else taken
            if not opinion._absent_of(taken):
                if (opinion.company_id, opinion.dimension) in taken:
                    self.env["paper.delegation"]._refuse_author(self.env.user, opinion)
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
        filled = VERDICT_FIELDS | GIVEN_FIELDS - {"state"}
        spoken = opinions.filtered(lambda opinion: any(opinion[name] for name in filled))
        spoken._check_may_write()
        if opinions.filtered(lambda opinion: any(opinion[name] for name in GIVEN_FIELDS - {"state"})):
            raise OpinionFrozenError(self.env._("An opinion is given by its department, with its submission."))
        return opinions

    def write(self, vals):
        if IDENTITY_FIELDS & vals.keys():
            raise OpinionFrozenError(self.env._("An opinion stays in its panel."))
        by_hand = {name for name in vals if not name.startswith(CHATTER)}
        if by_hand - VERDICT_FIELDS and not self.env.su:
            raise OpinionFrozenError(self.env._("An opinion is given by its department, with its submission."))
        if "carried_from_id" in vals:
            self._check_carried(vals)
            return super().write(vals)
        if EVIDENCE_FIELDS & vals.keys():
            self._check_not_frozen()
        if (VERDICT_FIELDS | GIVEN_FIELDS) & vals.keys():
            self._check_may_write()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise OpinionFrozenError(self.env._("An opinion stays in its panel."))

    # The next revision of the order

    def _carry_over(self, earlier):
        """Let an opinion of an earlier revision stand, because the change does not touch it (R3.3.1).

        :param earlier: the given opinion of the same dimension
        """
        self.ensure_one()
        self.write({**earlier._prepare_carried(), "carried_from_id": (earlier.carried_from_id or earlier).id})

    def _prepare_carried(self):
        values = {name: self[name] for name in CARRIED_FIELDS}
        return values | {name: self[name].id for name in ("author_id", "on_behalf_of_id")}

    def _check_carried(self, vals):
        """Refuse to carry over anything but an opinion on the same order that was given and still stands.

        Nobody gives an opinion here, so nobody is asked for his department; the records say all of it.
        """
        self._check_not_frozen()
        for opinion in self:
            before = opinion.evaluation_id.previous_id
            same = before.opinion_ids.filtered(lambda rec, o=opinion: rec.dimension == o.dimension and rec.state == "given")
            stands = before.order_id == opinion.order_id and opinion.dimension not in before._touched_dimensions()
            carried = same._prepare_carried() | {"carried_from_id": (same.carried_from_id or same).id} if same else {}
            if vals != carried or not stands or same.verdict == "no":
                raise OpinionFrozenError(self.env._("An opinion is given by its department, with its submission."))

    def _remedies(self):
        """Return the ways out of these opinions, those given on an earlier revision included."""
        return (self | self.carried_from_id).remedy_ids

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.fields import Domain

from ...exceptions import OpinionFrozenError, OpinionIncompleteError, PanelSeatsError, UnclearProposalError, WrongDepartmentError

# The department's own words, until it gives them.
OWN_WORDS = {"pending": ()}


class PaperEvaluationOpinion(models.Model):
    """What one department says about an order under evaluation: the figures as they were, a verdict of yes, yes with a
    condition, or no, and the ways out that it sees. Given by a member of the department or his stand-in alone, whoever else
    may ask for it, and frozen from then on. On the next revision of the order it is carried over if the change does not
    touch it. It is given in one's own words, or by agreeing with what the figures propose (R3.3.1 - R3.3.5).
    """

    _name = "paper.evaluation.opinion"
    _description = "Evaluation Opinion"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin", "paper.order.mover"]
    _moves_orders = ("state",)

    _order = "evaluation_id desc, sequence, id"
    _check_company_auto = True
    _mail_post_access = "read"
    # Who holds the seat gives it, see _step_objection; one that still stands is carried over instead.
    _steps = {"pending": {"given": ()}}
    _step_verbs = {"give": "given"}
    _entering = {
        "given": Entering(
            check="_check_given", values="_prepare_given_values", then="_action_given", by="author_id", on="given_on"
        ),
    }
    _state_error = OpinionFrozenError
    _right_error = WrongDepartmentError
    _field_error = OpinionFrozenError
    _locked_error = OpinionFrozenError
    # The department writes its words, the panel keeps the rest.
    _all_by_steps = True

    evaluation_id = fields.Many2one(
        "paper.evaluation", required=True, readonly=True, ondelete="cascade", index=True, by_hand={"new": ()}
    )
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
    dimension_id = fields.Many2one(
        "paper.evaluation.dimension",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        by_hand={"new": ()},
    )
    dimension = fields.Char(related="dimension_id.code", string="Code of the Dimension", store=True, index=True)
    sequence = fields.Integer(related="dimension_id.sequence", store=True)
    dimension_name = fields.Char(related="dimension_id.name", string="Dimension Name")
    department = fields.Char(related="dimension_id.group_id.name", string="Department")
    state = fields.Selection([("pending", "Owed"), ("given", "Given")], required=True, default="pending", index=True)
    proposal = fields.Selection("_verdicts", help="What the figures alone say.")
    evidence = fields.Json()
    cost_evidence = fields.Json(
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
    )
    verdict = fields.Selection("_verdicts", tracking=True, by_hand=OWN_WORDS)
    comment = fields.Text(by_hand=OWN_WORDS, help="Needed for anything but a plain yes.")
    condition = fields.Text(by_hand=OWN_WORDS, help="What has to be kept for the yes to hold; stays on the order.")
    remedy_ids = fields.One2many("paper.evaluation.remedy", "opinion_id", string="Ways Out", by_hand=OWN_WORDS)
    author_id = fields.Many2one("res.users", string="Given by")
    on_behalf_of_id = fields.Many2one("res.users", string="Standing in for")
    given_on = fields.Datetime()
    can_give = fields.Boolean(compute="_compute_waiting_for_me")
    clear_case = fields.Boolean(compute="_compute_clear_case")
    waiting_for_me = fields.Boolean(compute="_compute_waiting_for_me", search="_search_waiting_for_me")

    _dimension_uniq = models.UniqueIndex("(evaluation_id, dimension_id)", "Each department has one opinion in a panel.")

    @api.model
    def _verdicts(self):
        _ = self.env._
        return [("yes", _("Yes")), ("conditional", _("Yes, if")), ("no", _("No"))]

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
            opinion.can_give = opinion.waiting_for_me

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
        return self.env["paper.evaluation.dimension"]._codes_of(self.env.user)

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
            dimensions = self.env["paper.evaluation.dimension"]._by_code()
            people = {code: dimension._department_users(company) for code, dimension in dimensions.items()}
            cache[company, authors] = self.env["paper.delegation"]._replace_absent(company, people, authors)
        return cache[company, authors][self.dimension]

    # Who may write what, and until when. The user is asked, not his rights: an administrator, or code that
    # runs with sudo, speaks for no department either.

    def _seat_objection(self):
        """Return why this person does not speak for the department, "" if nothing speaks against it."""
        self.ensure_one()
        own = self.dimension in self._my_dimensions() and self.company_id in self.env.user.company_ids
        if own or self._absent_of(self._my_taken_seats()):
            return ""
        return self.env._(
            "The opinion on %(opinion)s is given by %(department)s alone.",
            opinion=self.display_name,
            department=self.department,
        )

    def _step_objection(self, state):
        return self._seat_objection() or super()._step_objection(state)

    def _check_may_write(self):
        """Refuse to touch an opinion of another department, or one that is given.

        :raises WrongDepartmentError, StandInAuthorError, OpinionFrozenError: naming the opinion
        """
        taken = self._my_taken_seats()
        for opinion in self:
            if (opinion.company_id, opinion.dimension) in taken and opinion._seat_objection():
                self.env["paper.delegation"]._refuse_author(self.env.user, opinion)
            objection = opinion._seat_objection()
            if objection:
                raise WrongDepartmentError(objection)
        self._check_not_frozen()

    def _check_not_frozen(self):
        for opinion in self:
            if opinion.state == "given" or opinion.evaluation_id.state != "open":
                raise OpinionFrozenError(
                    self.env._("The opinion on %(opinion)s stays as it was given.", opinion=opinion.display_name)
                )

    @api.model
    def _is_hand_allowed(self, name, record):
        if record is None:  # it is made with its panel, and says nothing yet
            return "new" in self._by_hand(name)
        if not super()._is_hand_allowed(name, record):
            return False
        return record.evaluation_id.state == "open" and not record._seat_objection()

    def _already_is(self, name, value):
        # One that was given is not even written again as it is.
        return all(opinion.state == "pending" for opinion in self) and super()._already_is(name, value)

    def _refuse_hand(self, names):
        self.check_access("write" if self else "create")
        if "carried_from_id" not in names:
            self._check_may_write()
        return super()._refuse_hand(names)

    def _refused_hand_message(self, names):
        return self.env._("An opinion is given by its department, with its submission.")

    @api.model_create_multi
    def create(self, vals_list):
        opinions = super().create(vals_list)
        opinions.evaluation_id.opinion_ids._check_not_frozen()
        return opinions

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise OpinionFrozenError(self.env._("An opinion stays in its panel."))

    def _remedies(self):
        """Return the ways out of these opinions, those given on an earlier revision included."""
        return (self | self.carried_from_id).remedy_ids

    def action_agree(self):
        """Give a plain yes."""
        self.write({"verdict": "yes"})
        return self.action_submit()

    def action_agree_proposal(self):
        """Agree with what the figures propose: their verdict, their sentence as the reason where one is needed.

        :raises UnclearProposalError: where the figures propose nothing
        """
        self._check_may_write()
        for opinion in self:
            if not opinion.proposal:
                raise UnclearProposalError(
                    self.env._("%(opinion)s: the figures propose nothing; say it yourself.", opinion=opinion.display_name)
                )
            opinion.write(opinion._prepare_agreement())
        return self.action_submit()

    def action_agree_clear(self):
        """Agree with all chosen opinions that are clear cases; the others keep waiting, and are named.

        :raises UnclearProposalError: if none of them is a clear case
        """
        clear = self.filtered("clear_case")
        if not clear:
            raise UnclearProposalError(
                self.env._("None of these is a clear case that waits for you; open them one by one.")
            )
        clear.action_agree_proposal()
        left = self - clear
        message = self.env._("%(count)s opinions given.", count=len(clear))
        if left:
            names = ", ".join(left.mapped("display_name"))
            message += " " + self.env._("To be opened one by one: %(names)s", names=names)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_submit(self):
        """Give the opinion to the panel; from now on it is frozen.

        :raises OpinionIncompleteError: without a verdict, or without a comment or condition where one is needed
        :raises PanelSeatsError: for who has spoken for as many seats of the panel as one person may
        """
        self.check_access("write")
        self._check_may_write()
        return self._take_step("given")

    def action_refresh(self):
        """Take the figures again, because stock or plan moved since the order was submitted."""
        self._check_may_write()
        self.evaluation_id._take_evidence(self.mapped("dimension"))

    def action_ask_customer(self):
        """Open the form for a question to the customer (R3.3.1)."""
        return self.evaluation_id.action_ask_customer()

    def action_open_price_round(self):
        """Open a round on price or cost with sales (R3.3.5)."""
        return self.evaluation_id.action_open_price_round()

    def _check_given(self):
        """Refuse what is not complete, or said of another order than that of today. Override to ask for more."""
        self._check_not_frozen()
        self._check_not_alone()
        for opinion in self:
            if not opinion.verdict:
                raise OpinionIncompleteError(self.env._("%(opinion)s: choose a verdict.", opinion=opinion.display_name))
            if opinion.verdict != "yes" and not said(opinion.comment):
                raise OpinionIncompleteError(
                    self.env._("%(opinion)s: say why it is not a plain yes.", opinion=opinion.display_name)
                )
            if opinion.verdict == "conditional" and not said(opinion.condition):
                raise OpinionIncompleteError(
                    self.env._("%(opinion)s: say which condition has to be kept.", opinion=opinion.display_name)
                )
            if opinion.evaluation_id._is_outdated():
                raise OpinionFrozenError(opinion.evaluation_id._outdated_message(opinion.evaluation_id))
        self._check_known()
        self._check_price_settled()

    # One person is not the whole panel

    def _check_not_alone(self):
        """Refuse that one person speaks for more seats of a panel than the company allows (R3.3.1).

        Seats of the own departments and those of absent colleagues count alike; what was carried over from an
        earlier revision counts for who said it.
        """
        for evaluation, opinions in self.grouped("evaluation_id").items():
            if evaluation._seats_spoken_for(self.env.user) + len(opinions) > evaluation._seats_per_person():
                raise PanelSeatsError(
                    self.env._(
                        "%(name)s: one person speaks for at most %(count)s departments. Somebody else of %(department)s, "
                        "or another stand-in, gives the next opinion.",
                        name=evaluation.display_name,
                        count=evaluation._seats_per_person(),
                        department=opinions[-1:].department,
                    )
                )

    @api.model
    def _my_full_panels(self):
        """Return the ids of the open panels in which the user has spoken for as many seats as one person may."""
        # sudo: the own opinions count, whatever of them the user reads today
        counts = self.sudo()._read_group(
            [("author_id", "=", self.env.uid), ("state", "=", "given"), ("evaluation_id.state", "=", "open")],
            ["evaluation_id"],
            ["__count"],
        )
        return [evaluation.id for evaluation, count in counts if count >= evaluation._seats_per_person()]

    def _prepare_agreement(self):
        """Return the values that agree with the proposal; what the member wrote himself stays."""
        self.ensure_one()
        values = {"verdict": self.proposal}
        if self.proposal != "yes":
            sentence = self._agreement_words()
            values["comment"] = self.comment or sentence
            if self.proposal == "conditional":
                values["condition"] = self.condition or self._proposed_condition() or sentence
        return values

    def _agreement_words(self):
        """Return the headline of the figures, as the words of who agrees with them; all departments read those words, so
        they name no figure of price or cost."""
        self.ensure_one()
        if self.dimension != "cost":
            return self._evidence_headline(self.evidence or {})
        if self.proposal == "conditional":
            return self.env._("Price and payment terms stay as they were evaluated.")
        return self.env._("The price does not bring the margin that is required.")

    def _proposed_condition(self):
        """Return the condition that the figures propose, '' where they name none."""
        self.ensure_one()
        proposed = getattr(self, f"_proposed_condition_{self.dimension}", None)
        return proposed(self._evidence_figures()) if proposed else ""

    def _prepare_given_values(self):
        own = self.dimension in self._my_dimensions()
        person = self.env["res.users"] if own else self._absent_of(self._my_taken_seats())[:1]
        return {"on_behalf_of_id": person.id}

    def _action_given(self):
        """Call the chair with the last opinion. Override to do more."""
        # Each opinion also writes its panel, so that two that are given, or a panel that is closed, in the same
        # moment collide in the database and the later one is tried again on what the earlier one left.
        evaluations = self.evaluation_id.sudo()  # sudo: a member writes nothing in the evaluation himself
        evaluations._by_step().write({"last_opinion_on": fields.Datetime.now()})
        evaluations.filtered("can_close")._call_chair()

    def _call(self, users):
        """Put these opinions before the users, until they are given or the panel is closed.

        :param users: ``res.users``, or a function of the opinion that returns them
        """
        for (company, deadline), opinions in self.grouped(lambda rec: (rec.company_id, rec.deadline_date)).items():
            company._paper_tell(
                users, opinions, lambda opinion: opinion._call_summary(), kind="pending", deadline=deadline, quietly=True
            )

    def _call_departments(self):
        """Put each owed opinion before the people who are to give it today."""
        cache = {}
        self._call(lambda opinion: opinion._members_of_seat(cache))

    def _call_summary(self):
        return self.env._("Opinion on %(opinion)s", opinion=self.display_name)

    def _reason(self):
        """Return dimension, verdict and comment in one line, for readers inside the mill."""
        self.ensure_one()
        verdict = dict(self._verdicts()).get(self.verdict, "")
        reason = self.condition if self.verdict == "conditional" else self.comment
        return f"{self.dimension_name} – {verdict}: {reason or ''}".strip()

    def _moved_orders(self):
        return self.evaluation_id.order_id

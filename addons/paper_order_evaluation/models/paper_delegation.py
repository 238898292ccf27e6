from collections import defaultdict

from odoo import api, fields, models

from ..exceptions import DelegationError
from ..lib.panel import DEPARTMENTS, DIMENSIONS
from .paper_evaluation_opinion_evidence import COST_READERS

CHAIR = "chair"
SEATS = (*DIMENSIONS, CHAIR)


class PaperDelegation(models.Model):
    """A member of the panel is away, and who speaks for him meanwhile: from one day to another, for one of his
    seats or for all of them. Without a stand-in the rest of the department answers. Whoever is away writes it,
    or the management for him; a stand-in passes nothing on (R3.3.1).
    """

    _name = "paper.delegation"
    _description = "Absence and Stand-in in the Evaluation Panel"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users", string="Who Is Away", required=True, default=lambda self: self.env.user, index=True, tracking=True
    )
    stand_in_id = fields.Many2one(
        "res.users", string="Stand-in", index=True, tracking=True, help="Empty: the rest of the department answers."
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    dimension = fields.Selection(
        "_seat_names", string="For", tracking=True, help="Empty: for every seat of this person in the panel."
    )
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date(string="To (inclusive)", required=True, index=True, tracking=True)
    reason = fields.Char()
    state = fields.Selection(
        [("planned", "Planned"), ("current", "Now"), ("past", "Past")], compute="_compute_state", string="Status"
    )

    _dates_forward = models.Constraint("CHECK(date_to >= date_from)", "An absence ends after it began.")

    @api.model
    def _seat_names(self):
        names = dict(self.env["paper.evaluation.opinion"]._fields["dimension"]._description_selection(self.env))
        return [*names.items(), (CHAIR, self.env._("Chair"))]

    @api.depends("user_id", "stand_in_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for delegation in self:
            names = filter(None, (delegation.user_id.name, delegation.stand_in_id.name))
            delegation.display_name = " → ".join(names)

    @api.depends("date_from", "date_to")
    def _compute_state(self):
        for delegation in self:
            delegation.state = delegation._phase()

    def _phase(self):
        """Return whether the absence is planned, current or past, today in its company."""
        self.ensure_one()
        today = (self.company_id or self.env.company)._paper_today()
        if self.date_from and self.date_from > today:
            return "planned"
        return "past" if self.date_to and self.date_to < today else "current"

    @api.constrains("user_id", "stand_in_id", "company_id", "dimension", "date_from", "date_to")
    def _check_seats(self):
        for delegation in self:
            delegation._check_people()
            clash = delegation._overlapping()
            if clash:
                raise DelegationError(
                    self.env._(
                        "%(user)s is away from %(start)s to %(end)s already; change that entry.",
                        user=delegation.user_id.name,
                        start=clash[0].date_from,
                        end=clash[0].date_to,
                    )
                )

    def _check_people(self):
        self.ensure_one()
        if not self._seats():
            raise DelegationError(
                self.env._("%(user)s has no such seat in the evaluation panel.", user=self.user_id.name)
            )
        stand_in = self.stand_in_id.sudo()  # sudo: only the person's groups and companies are asked
        if not stand_in:
            return
        if stand_in == self.user_id or not stand_in.active or not stand_in.has_group("paper_base.group_paper_user"):
            raise DelegationError(self.env._("Choose another member of the mill as stand-in."))
        if self.company_id not in stand_in.company_ids:
            raise DelegationError(
                self.env._(
                    "%(user)s does not work for %(company)s.", user=stand_in.name, company=self.company_id.name
                )
            )
        if "cost" in self._seats() and not any(stand_in.has_group(group) for group in COST_READERS):
            raise DelegationError(
                self.env._(
                    "%(user)s may not read costs and margins, so cannot answer for cost and profit.", user=stand_in.name
                )
            )

    def _overlapping(self):
        self.ensure_one()
        # sudo: an absence of the same person that somebody else wrote counts too
        others = self.sudo().search(
            [
                ("id", "!=", self.id),
                ("user_id", "=", self.user_id.id),
                ("company_id", "=", self.company_id.id),
                ("date_from", "<=", self.date_to),
                ("date_to", ">=", self.date_from),
            ]
        )
        return others.filtered(lambda other: not self.dimension or other.dimension in (False, self.dimension))

    # Who may write it: the person himself, or the management.

    def _check_writer(self):
        user = self.env.user
        if not user.has_group("paper_base.group_management") and self.filtered(lambda rec: rec.user_id != user):
            raise DelegationError(self.env._("An absence is entered by the person himself, or by the management."))

    @api.model_create_multi
    def create(self, vals_list):
        delegations = super().create(vals_list)
        delegations._check_writer()
        delegations._hand_over()
        return delegations

    def write(self, vals):
        self._check_writer()
        past = self.filtered(lambda rec: rec._phase() == "past")
        if past and vals.keys() & {"user_id", "stand_in_id", "company_id", "dimension", "date_from", "date_to"}:
            raise DelegationError(self.env._("An absence that is over stays as it was."))
        result = super().write(vals)
        self._check_writer()
        self._hand_over()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_before_it_began(self):
        self._check_writer()
        if self.filtered(lambda rec: rec._phase() != "planned"):
            raise DelegationError(self.env._("An absence that began stays on record; end it by its date."))

    # Who sits where today

    def _seats(self):
        """Return the seats that this absence is about: those that the person himself has."""
        self.ensure_one()
        user = self.user_id.sudo()  # sudo: only the person's groups are asked
        own = [name for name, group in DEPARTMENTS.items() if user.has_group(group)]
        if user in self.company_id._evaluation_named_chairs():
            own.append(CHAIR)
        return [seat for seat in own if self.dimension in (False, seat)]

    @api.model
    def _of_today(self, companies, domain=()):
        """Return the absences of today in these companies, by their own date."""
        today = {company: company._paper_today() for company in companies}
        if not today:
            return self.browse()
        # sudo: the panel has to know who is away, whoever asks
        found = self.sudo().search(
            [
                ("company_id", "in", companies.ids),
                ("date_from", "<=", max(today.values())),
                ("date_to", ">=", min(today.values())),
                *domain,
            ]
        )
        return found.filtered(lambda rec: rec.date_from <= today[rec.company_id] <= rec.date_to)

    @api.model
    def _seats_taken_by(self, user):
        """Return ``{(company, seat): person who is away}`` that ``user`` speaks for today."""
        # sudo: only the person's companies are asked
        found = self._of_today(user.sudo().company_ids, [("stand_in_id", "=", user.id)])
        return {(rec.company_id, seat): rec.user_id for rec in found for seat in rec._seats()}

    @api.model
    def _replace_absent(self, company, members):
        """Return who is to be asked today in place of the members of a company's panel.

        :param members: ``{seat: res.users}``
        :return: the same with those who are away left out and their stand-ins added; a seat that nobody is left
            for goes to the management
        """
        away, stand_ins = defaultdict(set), defaultdict(lambda: self.env["res.users"])
        for rec in self._of_today(company):
            for seat in rec._seats():
                away[seat].add(rec.user_id.id)
                stand_ins[seat] |= rec.stand_in_id.filtered("active")
        result = {}
        for seat, users in members.items():
            there = users.filtered(lambda user, seat=seat: user.id not in away[seat]) | stand_ins[seat]
            if not there and users:
                there = company._paper_department_users("paper_base.group_management")
            result[seat] = there
        return result

    def _hand_over(self):
        """Put what is owed today before the stand-ins of those who left today."""
        for delegation in self.filtered(lambda rec: rec._phase() == "current" and rec.stand_in_id):
            seats = set(delegation._seats()) & set(DIMENSIONS)
            # sudo: the opinions are owed by the person who is away; only activities are added
            owed = self.env["paper.evaluation.opinion"].sudo().search(
                [
                    ("state", "=", "pending"),
                    ("dimension", "in", list(seats)),
                    ("company_id", "=", delegation.company_id.id),
                    ("evaluation_id.state", "=", "open"),
                ]
            )
            owed.filtered(lambda rec, d=delegation: d.stand_in_id not in rec.activity_ids.user_id)._call(
                delegation.stand_in_id
            )

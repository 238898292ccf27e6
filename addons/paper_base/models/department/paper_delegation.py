from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from odoo import api, fields, models

from ...exceptions import (
    DelegationError,
    DelegationLoopError,
    DelegationRightError,
    OwnStandInError,
    StandInAuthorError,
)
from ..steps.locking import pass_in_turn
from .res_company import MANAGEMENT


@dataclass(frozen=True)
class Seat:
    """A place from which a person decides, and which a stand-in takes while that person is away.

    :param label: what the seat is called, in the language of the reader
    :param group: xmlid of the department that has it
    :param people: instead of a department: ``people(company)`` returns who has it, absent or not
    :param readers: xmlids of groups; a stand-in belongs to one of them, because the seat decides on what others do
        not read. None: any member of the mill may stand in
    """

    label: str
    group: str = ""
    people: Callable = None
    readers: tuple = ()

    def is_held_by(self, user, company):
        if not user.active or company not in user.company_ids:
            return False
        return user in self.people(company) if self.people else user.has_group(self.group)


class PaperDelegation(models.Model):
    """A member of the mill is away, and who stands in meanwhile: from one day to another, for one seat or for
    everything. Without a stand-in the rest of the department answers. Whoever is away writes it, or the management;
    a stand-in passes nothing on, and decides nothing that he or the absent wrote or submitted (R3.3.1, R4.1.2).
    """

    _name = "paper.delegation"
    _description = "Absence and Stand-in"
    _inherit = ["mail.thread", "paper.evidence.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    user_id = fields.Many2one(
        "res.users", string="Who Is Away", required=True, default=lambda self: self.env.user, index=True, tracking=True
    )
    stand_in_id = fields.Many2one(
        "res.users", string="Stand-in", index=True, tracking=True, help="Empty: the rest of the department answers."
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    seat = fields.Selection(
        "_seat_names", string="For", tracking=True, help="Empty: for everything, with every seat that this person has."
    )
    date_from = fields.Date(string="From", required=True, default=lambda self: self.env.company._paper_today(), tracking=True)
    date_to = fields.Date(string="To (inclusive)", required=True, index=True, tracking=True)
    reason = fields.Char()
    state = fields.Selection(
        [("planned", "Planned"), ("current", "Now"), ("past", "Past")], compute="_compute_state", string="Status"
    )

    _dates_forward = models.Constraint("CHECK(date_to >= date_from)", "An absence ends after it began.")

    @api.model
    def _paper_seats(self):
        """Return ``{key: Seat}``. Override to add the seats of an addon; a key stays the same for ever."""
        return {}

    @api.model
    def _seat_names(self):
        return [(key, seat.label) for key, seat in self._paper_seats().items()]

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

    # What an absence may say

    @api.constrains("user_id", "stand_in_id", "company_id", "seat", "date_from", "date_to")
    def _check_seats(self):
        pass_in_turn(self.company_id)  # of the company, not of the person: a loop may have more than two people
        for delegation in self:
            delegation._check_people()
            delegation._check_overlap()
            delegation._check_loop()

    def _check_people(self):
        self.ensure_one()
        if self.seat and not self._seats():
            raise DelegationError(
                self.env._(
                    "%(user)s has no such seat: %(seat)s.",
                    user=self.user_id.name,
                    seat=dict(self._seat_names()).get(self.seat, self.seat),
                )
            )
        stand_in = self.stand_in_id.sudo()  # sudo: only the person's groups and companies are asked
        if not stand_in:
            return
        if stand_in == self.user_id:
            raise OwnStandInError(self.env._("Nobody stands in for himself: choose another member of the mill."))
        if not stand_in.active or not stand_in.has_group("paper_base.group_paper_user"):
            raise DelegationError(self.env._("Choose another member of the mill as stand-in."))
        if self.company_id not in stand_in.company_ids:
            raise DelegationError(
                self.env._(
                    "%(user)s does not work for %(company)s.", user=stand_in.name, company=self.company_id.name
                )
            )
        self._check_readers(stand_in)

    def _check_readers(self, stand_in):
        seats = self._paper_seats()
        for key in self._seats():
            readers = seats[key].readers
            if readers and not any(stand_in.has_group(group) for group in readers):
                raise DelegationError(
                    self.env._(
                        "%(user)s may not read what “%(seat)s” decides on. Choose another stand-in, or one for each seat.",
                        user=stand_in.name,
                        seat=seats[key].label,
                    )
                )

    def _check_overlap(self):
        others = self._same_days(self.user_id, self.date_from, self.date_to) - self
        clash = others.filtered(lambda other: not self.seat or other.seat in (False, self.seat))[:1]
        if clash:
            raise DelegationError(
                self.env._(
                    "%(user)s is away from %(start)s to %(end)s already; change that entry.",
                    user=self.user_id.name,
                    start=clash.date_from,
                    end=clash.date_to,
                )
            )

    def _check_loop(self):
        """Refuse a chain of stand-ins that leads back to who is away, on days that all its absences share."""
        self.ensure_one()
        # Who was reached, by whom, and on which days that is so.
        chains = [((self.user_id, self.stand_in_id), self.date_from, self.date_to)] if self.stand_in_id else []
        while chains:
            people, start, end = chains.pop()
            for absence in self._same_days(people[-1], start, end).filtered("stand_in_id"):
                if absence.stand_in_id == self.user_id:
                    raise DelegationLoopError(
                        self.env._(
                            "On these days one stands in for the other: %(people)s. Choose somebody who is here.",
                            people=" → ".join(person.name for person in (*people, self.user_id)),
                        )
                    )
                if absence.stand_in_id not in people:
                    shared = max(start, absence.date_from), min(end, absence.date_to)
                    chains.append(((*people, absence.stand_in_id), *shared))

    def _same_days(self, user, start, end):
        """Return the absences of a person in this company that share a day with a time."""
        # sudo: an absence that somebody else wrote counts too
        return self.sudo().search(
            [
                ("user_id", "=", user.id),
                ("company_id", "=", self.company_id.id),
                ("date_from", "<=", end),
                ("date_to", ">=", start),
            ]
        )

    # Who may write it: the person himself, or the management.

    def _check_writer(self):
        user = self.env.user
        if not user.has_group(MANAGEMENT) and self.filtered(lambda rec: rec.user_id != user):
            raise DelegationRightError(
                self.env._("An absence is entered by the person himself, or by the management.")
            )

    @api.model_create_multi
    def create(self, vals_list):
        delegations = super().create(vals_list)
        delegations._check_writer()
        delegations._hand_over()
        return delegations

    def write(self, vals):
        self._check_writer()
        past = self.filtered(lambda rec: rec._phase() == "past")
        if past and vals.keys() & {"user_id", "stand_in_id", "company_id", "seat", "date_from", "date_to"}:
            raise DelegationError(self.env._("An absence that is over stays as it was."))
        result = super().write(vals)
        self._check_writer()
        self._hand_over()
        return result

    def _evidence(self):
        return self.filtered(lambda rec: rec._phase() != "planned")

    @api.ondelete(at_uninstall=False)
    def _unlink_before_it_began(self):
        self._check_writer()
        if self.filtered(lambda rec: rec._phase() != "planned"):
            raise DelegationError(self.env._("An absence that began stays on record; end it by its date."))

    def _hand_over(self):
        """Put what is owed today before the stand-ins of those who left today. Override to do it for a seat."""

    # Who sits where today

    def _seats(self):
        """Return the keys of the seats that this absence is about: those that the person himself has."""
        self.ensure_one()
        user = self.user_id.sudo()  # sudo: only the person's groups are asked
        seats = self._paper_seats().items()
        return [key for key, seat in seats if self.seat in (False, key) and seat.is_held_by(user, self.company_id)]

    @api.model
    def _of_today(self, companies, domain=()):
        """Return the absences of today in these companies, by their own date."""
        today = {company: company._paper_today() for company in companies}
        if not today:
            return self.browse()
        # sudo: whoever is asked for something, everybody has to know who is away
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
        """Return ``{(company, seat): people who are away}`` that ``user`` speaks for today."""
        taken = defaultdict(lambda: self.env["res.users"])
        # sudo: only the person's companies are asked
        for absence in self._of_today(user.sudo().company_ids, [("stand_in_id", "=", user.id)]):
            for seat in absence._seats():
                taken[absence.company_id, seat] |= absence.user_id
        return dict(taken)

    @api.model
    def _stood_in_for(self, user, company, seat, authors=()):
        """Return the people who are away today and for whom ``user`` decides from a seat.

        :param authors: ``res.users`` who wrote or submitted what is decided: they decide it neither as a stand-in
            nor through one
        """
        absent = self._seats_taken_by(user).get((company, seat), self.env["res.users"])
        return self._without_authors(user, absent, authors)

    @api.model
    def _without_authors(self, user, absent, authors):
        """Return those of the absent for whom ``user`` decides on what ``authors`` wrote or submitted."""
        return absent.browse() if user in authors else absent.filtered(lambda person: person not in authors)

    @api.model
    def _refuse_author(self, user, document):
        """Refuse that a stand-in decides on what he, or who he stands in for, wrote or submitted.

        :raises StandInAuthorError: naming the document
        """
        raise StandInAuthorError(
            self.env._(
                "%(user)s, or who is stood in for, wrote or submitted “%(document)s”: somebody else decides it.",
                user=user.name,
                document=document.display_name,
            )
        )

    @api.model
    def _replace_absent(self, company, members, authors=()):
        """Return who is to be asked today in place of those who have the seats of a company.

        :param members: ``{seat: res.users}``
        :param authors: ``res.users``, see :meth:`_stood_in_for`
        :return: the same with those who are away left out and their stand-ins added; a seat that nobody is left
            for goes to the management
        """
        absences = self._of_today(company)
        gone = absences.filtered(lambda rec: not rec.seat).user_id
        away, stand_ins = defaultdict(set), defaultdict(lambda: self.env["res.users"])
        for absence in absences:
            for seat in absence._seats():
                away[seat].add(absence.user_id.id)
                if self._without_authors(absence.stand_in_id, absence.user_id, authors):
                    stand_ins[seat] |= absence.stand_in_id.filtered("active") - gone
        result = {}
        for seat, users in members.items():
            there = users.filtered(lambda user, seat=seat: user.id not in away[seat]) | stand_ins[seat]
            if not there and users:
                there = company._paper_department_users(MANAGEMENT).filtered(lambda user: user not in authors)
            result[seat] = there
        return result

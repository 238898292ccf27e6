from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..exceptions import OpinionFrozenError, OpinionIncompleteError, PanelSeatsError, UnclearProposalError


class PaperEvaluationOpinion(models.Model):
    """Giving an opinion: in one's own words, or by agreeing with what the figures propose (R3.3.1)."""

    _inherit = "paper.evaluation.opinion"

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

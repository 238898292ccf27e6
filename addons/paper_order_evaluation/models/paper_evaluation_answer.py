from odoo import api, fields, models
from odoo.addons.paper_base.exceptions import OrderBlockedError
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ..exceptions import AlternativeError, EvaluationBusyError, OfferClosedError
from .paper_evaluation import SALES


class PaperEvaluationAlternative(models.Model):
    """The customer's answer to what the mill offers instead: taken in the portal, or by sales for him (R3.4)."""

    _inherit = "paper.evaluation.alternative"

    can_accept = fields.Boolean(compute="_compute_can_accept")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_accept(self):
        sells = self.env.user.has_group(SALES)
        for alternative in self:
            alternative.can_accept = sells and alternative.state == "offered"

    def action_accept(self):
        """Record that the customer accepted this alternative, by telephone or letter (sales)."""
        self.ensure_one()
        self.check_access("read")
        self._check_sales_answers()
        evaluation = self.sudo()._accept(self._answered_by_sales())  # sudo: sales writes no evaluation itself
        return evaluation.sudo(False)._get_records_action(name=self.env._("Evaluation")) if evaluation else True

    @api.model
    def _check_sales_answers(self):
        if not self.env.user.has_group(SALES):
            raise AlternativeError(self.env._("Sales records the customer's answer."))

    def _answered_by_sales(self):
        return self.env._("recorded by %(user)s", user=self.env.user.name)

    def _accept(self, answered_by, author=None):
        """Accept this alternative for the customer: the order and its specification take it over as their next
        revision, and the panel is asked again what the change touches. ``self`` is sudo.

        :param answered_by: who answered, by which way, in words
        :param author: partner who speaks in the order's chatter
        :return: the new evaluation, empty where something else has to be settled first
        :raises OfferClosedError: if the offer is answered, expired or overtaken
        """
        self.ensure_one()
        evaluation = self.evaluation_id
        lock_or_tell(evaluation, EvaluationBusyError)
        self._check_accepted()
        text = self.offered_text
        self._take_step("accepted")
        self._apply()
        others = evaluation.alternative_ids - self
        others.filtered(lambda rec: rec.state in ("offered", "proposed"))._take_step("withdrawn")
        evaluation._record_answer("accepted", answered_by, note=text)
        evaluation._tell_sales(
            lambda rec: rec.env._("The customer accepted: %(offer)s (%(who)s)", offer=text, who=answered_by), author
        )
        return evaluation._resubmit()

    def _check_accepted(self):
        evaluation = self.evaluation_id
        if self.state != "offered" or evaluation.customer_answer:
            raise OfferClosedError(self.env._("This offer was answered already."))
        evaluation._check_offer_open()

    def _apply(self):
        """Write the alternative into the order: date, quantities, and a new revision of each changed specification."""
        self.ensure_one()
        order, values = self.order_id, {}
        revised = {}
        for line in self.line_ids:
            changed = line.order_line_id
            if line.change_quantity and not line.quantity:
                changed.unlink()
                continue
            vals = {}
            if line.spec_changes:
                key = (changed.paper_spec_id.id, str(sorted(line.spec_changes.items())))
                if key not in revised:
                    revised[key] = changed.paper_spec_id._revise(line.spec_changes)
                vals["paper_spec_id"] = revised[key].id
                vals["paper_quantity"] = changed.paper_quantity
                vals["paper_unit"] = changed.paper_unit
            if line.change_quantity:
                vals["paper_quantity"] = line.quantity
            if line.delivery_date:
                vals["paper_commitment_date"] = changed._paper_at_hour(line.delivery_date)
            changed.write(vals)
        if self.delivery_date:
            values["commitment_date"] = order._paper_at_hour(self.delivery_date)
        if values:
            order.write(values)


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    can_decline = fields.Boolean(compute="_compute_can_decline")

    @api.depends("letter_sent_on", "customer_answer")
    @api.depends_context("uid")
    def _compute_can_decline(self):
        sells = self.env.user.has_group(SALES)
        for evaluation in self:
            evaluation.can_decline = sells and bool(evaluation.letter_sent_on) and not evaluation.customer_answer

    def action_decline(self, note=None):
        """Record that the customer wants none of the alternatives (sales)."""
        self.ensure_one()
        self.check_access("read")
        self.alternative_ids._check_sales_answers()
        who = self.env._("recorded by %(user)s", user=self.env.user.name)
        self.sudo()._decline(who, note)  # sudo: sales writes no evaluation itself

    def _decline(self, answered_by, note=None, author=None):
        """Keep that the customer declined, with his words. ``self`` is sudo.

        :raises OfferClosedError: if the offer is answered, expired or overtaken
        """
        self.ensure_one()
        lock_or_tell(self, EvaluationBusyError)
        if self.customer_answer:
            raise OfferClosedError(self.env._("This offer was answered already."))
        self._check_offer_open()
        self.alternative_ids.filtered(lambda rec: rec.state == "offered")._take_step("declined")
        self._record_answer("declined", answered_by, note=note)

        def words(rec):
            told = rec.env._("The customer declined the alternatives (%(who)s). %(note)s", who=answered_by, note=note or "")
            return told.strip()

        self._tell_sales(words, author)

    def _check_offer_open(self):
        """Refuse an answer to what is no longer offered.

        :raises OfferClosedError: saying why
        """
        self.ensure_one()
        _ = self.env._
        order = self.order_id
        if self.state != "failed" or not self.letter_sent_on:
            raise OfferClosedError(_("There is no open offer on %(order)s.", order=order.name))
        if self.offer_until and self.offer_until < self.company_id._paper_today():
            raise OfferClosedError(_("The offer stood until %(date)s. Please ask us for a new one.", date=self.offer_until))
        if order.state not in ("draft", "sent") or order._current_evaluation() != self or self._is_outdated():
            raise OfferClosedError(_("%(order)s has changed since the offer was made.", order=order.name))

    def _is_offer_open(self):
        """Say whether the customer may answer an offer of this evaluation now."""
        try:
            self._check_offer_open()
        except OfferClosedError:
            return False
        return not self.customer_answer and any(rec.state == "offered" for rec in self.alternative_ids)

    def _record_answer(self, answer, answered_by, note=None):
        self._by_step().write(
            {
                "customer_answer": answer,
                "answered_on": fields.Datetime.now(),
                "answered_by": answered_by,
                "answer_note": note or False,
            }
        )

    def _in_sales_language(self):
        user = self.user_id or self.submitted_by_id
        return self.with_context(lang=user.lang or self.env.lang)

    def _tell_sales(self, words, author=None):
        """Tell the salesperson what the customer answered; ``words`` is a function of the evaluation."""
        self.ensure_one()
        user = self.user_id or self.submitted_by_id
        self.order_id.message_post(
            body=words(self._in_sales_language()),
            author_id=(author or self.env.user.partner_id).id,
            subtype_xmlid="mail.mt_note",
            partner_ids=user.partner_id.ids,
        )
        self._call_sales("answer", words)

    def _resubmit(self):
        """Submit the changed order again for its salesperson; without him where something else blocks it."""
        self.ensure_one()
        user = self.user_id or self.submitted_by_id
        order = self.order_id.with_user(user).sudo()  # sudo: the customer's answer moves the order on, nobody else
        try:
            order._check_blockers("evaluate")
        except OrderBlockedError as error:
            blocked = str(error)
            self._call_sales("submit", lambda rec: rec.env._("Submit the changed order again"), lambda rec: blocked)
            return self.browse()
        return order._submit_evaluation()

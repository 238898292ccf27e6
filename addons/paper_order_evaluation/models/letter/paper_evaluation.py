from markupsafe import Markup
from odoo import api, fields, models

from ...exceptions import LetterError
from ..panel.paper_evaluation import MANAGEMENT, SALES

CALL = "paper_order_evaluation.mail_activity_feedback"
# What sales is called for until the order goes on: the result, the customer's answer to the offer, a new submission,
# and price or cost.
CAUSES = ("result", "answer", "submit", "price")


class PaperEvaluation(models.Model):
    """The letter to the customer of an order that did not pass: drafted from the failing dimensions in his language,
    without a figure of the mill's own, with what could be made instead; read over and sent by sales. The result
    itself goes to sales at once: in the order's chatter, by mail and as an activity (R3.4).
    """

    _inherit = "paper.evaluation"

    customer_letter = fields.Html(
        string="Message to the Customer",
        by_hand={"failed": (SALES, MANAGEMENT)},
        help="Drafted when an order does not pass: why, and what would make it possible. Sales edits and sends it.",
    )
    letter_sent_on = fields.Datetime()
    letter_sent_by_id = fields.Many2one("res.users", string="Sent by")
    offer_until = fields.Date(string="Offer Stands until", help="The customer may accept an alternative until this day.")
    alternative_ids = fields.One2many(
        "paper.evaluation.alternative", "evaluation_id", string="Alternatives", by_hand={"failed": (SALES,)}
    )
    customer_answer = fields.Selection(
        [("accepted", "Accepted"), ("declined", "Declined")], string="Customer's Answer", tracking=True
    )
    answered_on = fields.Datetime()
    answered_by = fields.Char(help="Who answered for the customer, and by which way.")
    answer_note = fields.Text(string="What the Customer Said")
    can_send_letter = fields.Boolean(compute="_compute_can_send_letter")

    @api.depends("state", "letter_sent_on")
    @api.depends_context("uid")
    def _compute_can_send_letter(self):
        sells = self.env.user.has_group(SALES)
        for evaluation in self:
            open_letter = evaluation.state == "failed" and not evaluation.letter_sent_on
            evaluation.can_send_letter = sells and open_letter and evaluation._is_lettered()

    def _refuse_hand(self, names):
        if names == ["customer_letter"] and self.letter_sent_on:
            raise LetterError(self.env._("The message was sent to the customer and stays as it was sent."))
        return super()._refuse_hand(names)

    # Drafting

    def _is_lettered(self):
        """Say whether the customer gets a letter of a refusal: of an order, not of terms that are only proposed for one in
        force, where sales proposes others."""
        self.ensure_one()
        return not self._is_ahead()

    def _draft_letter(self):
        """Compute the alternatives of these failed evaluations and draft the letters; ``self`` is sudo."""
        self = self.filtered(lambda evaluation: evaluation._is_lettered())  # noqa: PLW0642 - the others have no letter
        for evaluation, found in self._compute_alternatives().items():
            evaluation.alternative_ids._withdraw_computed()
            prepared = []
            for alternative in found:
                values = evaluation._prepare_alternative(alternative)
                # Two departments may see the same way out.
                if not any({**values, "reason": ""} == {**other, "reason": ""} for other in prepared):
                    prepared.append(values)
            self.env["paper.evaluation.alternative"]._by_step().create(prepared)
        for evaluation in self:
            evaluation._by_step().write({"customer_letter": evaluation._prepare_customer_letter()})

    def action_draft_letter(self):
        """Compute the alternatives of today and draft the letter again, as long as it was not sent.

        :raises LetterError: for anybody but sales, or once the letter was sent
        """
        self._check_letter()
        self.sudo()._draft_letter()  # sudo: the alternatives are computed from stock, plan and machines

    def _prepare_customer_letter(self):
        """Return the draft of the message to the customer, in his language: why, and what could be made instead.

        Comments and figures of the departments are internal and stay out of it.
        """
        self.ensure_one()
        draft = self.with_context(lang=self.partner_id.lang or self.env.lang)
        _ = draft.env._
        failed = draft.opinion_ids.filtered(lambda opinion: opinion.verdict == "no")
        reference = self.order_id.client_order_ref or self.order_id.name
        parts = [
            self._paragraph(_("Dear %(customer)s,", customer=self.partner_id.name)),
            self._paragraph(
                _(
                    "Thank you for your order %(order)s. We have examined it with care and cannot accept it as it "
                    "stands, because",
                    order=reference,
                )
            ),
            Markup("<ul>{}</ul>").format(self._html_items(draft._letter_reasons(failed))),
        ]
        offers = draft.alternative_ids.filtered(lambda alternative: alternative.state == "proposed")
        parts += draft._letter_offers(offers) if offers else draft._letter_ways(failed)
        return Markup("").join(parts)

    def _paragraph(self, text):
        return Markup("<p>{}</p>").format(text)

    def _letter_reasons(self, failed):
        _ = self.env._
        reasons = {
            "sales": _("the terms of the order need to be agreed again"),
            "capacity": _("our machines are booked until after the delivery date that you asked for"),
            "materials": _("the raw material for this paper cannot be here in time"),
            "technical": _("the specification is outside what our machines can make to your quality"),
            "cost": _("the order cannot be fulfilled at the agreed price"),
        }
        usual = _("it does not meet a requirement that we have to keep")
        return [
            self._with_lines(
                opinion.dimension_id.letter_reason or reasons.get(opinion.dimension, usual), opinion._failing_lines()
            )
            for opinion in failed
        ]

    def _with_lines(self, reason, lines):
        """Return a reason with the papers that it concerns, where these are not all of the order's."""
        if not lines:
            return reason
        papers = ", ".join(dict.fromkeys(line.paper_spec_id.display_name or line.product_id.display_name for line in lines))
        return self.env._("%(reason)s (%(papers)s)", reason=reason, papers=papers)

    def _letter_offers(self, offers):
        _ = self.env._
        link = Markup('<p><a href="{}">{}</a></p>').format(self._answer_url(), _("Look at the offers and answer"))
        texts = [
            self._paragraph(_("We would very much like to make this paper for you, and offer you instead:")),
            Markup("<ul>{}</ul>").format(self._html_items(offer._customer_text() for offer in offers)),
            link,
        ]
        until = self._prepare_offer_until()
        if until:
            texts.append(
                self._paragraph(_("We keep this possible for you until %(date)s.", date=self.company_id._paper_date(until)))
            )
        return [*texts, self._paragraph(_("With your answer the order goes on at once; we are glad to talk it over, too."))]

    def _letter_ways(self, failed):
        _ = self.env._
        days = max(failed._remedies().mapped("days_effect"), default=0)
        ways = [_("a change of the specification or the quantity")]
        if days > 0:
            ways.append(_("a delivery %(days)s days later", days=days))
        elif failed.filtered(lambda opinion: opinion.dimension in ("capacity", "materials")):
            ways.append(_("a later delivery date"))
        return [
            self._paragraph(_("We would very much like to make this paper for you. Possible ways are:")),
            Markup("<ul>{}</ul>").format(self._html_items(ways)),
            self._paragraph(_("Please tell us which of these would suit you; we will get in touch with you as well.")),
        ]

    def _answer_url(self):
        """Return the address of the page where the customer answers, without a login."""
        self.ensure_one()
        token = self.order_id._portal_ensure_token()
        return f"{self.order_id.get_base_url()}/my/orders/{self.order_id.id}/alternatives?access_token={token}"

    def _prepare_offer_until(self):
        """Return the last day of an offer that is made today, False without a limit."""
        company = self.company_id
        days = company.paper_evaluation_offer_days
        return company._paper_add_working_days(company._paper_today(), days) if days else False

    # Sending

    def action_send_letter(self):
        """Open the message to the customer, ready to be read over and sent (R3.4).

        :raises LetterError: for anybody but sales, or once the letter was sent
        """
        self.ensure_one()
        self._check_letter()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Message to the Customer"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": "sale.order",
                "default_res_ids": self.order_id.ids,
                "default_composition_mode": "comment",
                "default_partner_ids": self.partner_id.ids,
                "default_subject": self.order_id.name,
                "default_body": self.customer_letter,
                "paper_letter_of": self.id,
            },
        }

    def _check_letter(self):
        self.check_access("read")
        if not self.env.user.has_group(SALES):
            raise LetterError(self.env._("Sales reads the message over and sends it to the customer."))
        for evaluation in self:
            if evaluation.state != "failed" or evaluation.letter_sent_on or not evaluation._is_lettered():
                raise LetterError(
                    self.env._("%(name)s has no message to the customer that is to be sent.", name=evaluation.display_name)
                )

    def _letter_sent(self, message):
        """Keep the message as it went to the customer, and offer him the alternatives."""
        self.ensure_one()
        self._check_letter()
        letter = self.sudo()  # sudo: what was sent, when and by whom is written by this step alone
        letter._by_step().write(
            {
                "customer_letter": message.body,
                "letter_sent_on": fields.Datetime.now(),
                "letter_sent_by_id": self.env.uid,
                "offer_until": letter._prepare_offer_until(),
            }
        )
        letter.alternative_ids._offer()
        letter._end_call("result")

    def _feed_back(self):
        self.ensure_one()
        order, user = self.order_id, self.user_id or self.submitted_by_id
        told = self.with_context(lang=user.lang or self.env.lang)
        text, details = told._result_sentence(), told._result_details()
        order.message_post(
            body=Markup("<p>{}</p>{}").format(text, details),
            author_id=self.env.user.partner_id.id,
            partner_ids=user.partner_id.ids,
        )

    def _call_sales(self, cause, summary, note=None):
        """Put something before the salespeople at once, as a to-do of each order.

        :param cause: one of ``CAUSES``, or one that whoever calls ends by :meth:`_end_call`
        :param summary, note: functions of the evaluation in the reader's language
        """
        for company, evaluations in self.grouped("company_id").items():
            of_order = {evaluation.order_id.id: evaluation for evaluation in evaluations}

            def told(order, words, of_order=of_order):
                return words(of_order[order.id].with_context(lang=order.env.lang))

            def seller(order, of_order=of_order):
                return of_order[order.id].user_id or of_order[order.id].submitted_by_id, SALES

            company._paper_tell(
                seller,
                evaluations.order_id,
                lambda order, told=told: told(order, summary),
                kind=f"evaluation_{cause}",
                note=note and (lambda order, told=told: told(order, note)),
                activity_type=CALL,
                quietly=True,
            )

    def _end_call(self, cause):
        """End what sales was called for, because it is done, or something else has to be done now."""
        self.env["res.company"]._paper_told(self.order_id, f"evaluation_{cause}")

    def _result_sentence(self):
        _ = self.env._
        texts = {
            "passed": _("Evaluation passed: sign the contract with the customer."),
            "conditional": _("Evaluation passed with conditions: sign the contract, and keep the conditions."),
            "failed": _("Evaluation not passed: tell the customer why, and look for a way with him."),
        }
        return texts[self.state]

    def _result_details(self):
        """Return the opinions that are more than a plain yes, as a list for internal readers."""
        items = [opinion._reason() for opinion in self.opinion_ids if opinion.verdict in ("conditional", "no")]
        if self.conclusion:
            items.append(self.conclusion)
        return Markup("<ul>{}</ul>").format(self._html_items(items)) if items else ""

    def _html_items(self, texts):
        return Markup("").join(Markup("<li>{}</li>").format(text) for text in texts)

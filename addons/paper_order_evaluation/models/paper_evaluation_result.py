from markupsafe import Markup
from odoo import fields, models

from ..exceptions import EvaluationRefusedError, PanelIncompleteError
from .paper_evaluation import DECIDED


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    def action_close(self):
        """Close the panel: derive the result from the five opinions and tell sales at once (R3.3.1, R3.4).

        :raises EvaluationRefusedError: for anybody but the management
        :raises PanelIncompleteError: while an opinion is owed, or given on an order that changed since
        """
        self._check_chair()
        self.lock_for_update()
        self._check_close()
        for evaluation in self.sudo():  # sudo: the result is written by this step alone
            evaluation.write(evaluation._prepare_close_values())
        self.sudo()._action_closed()  # sudo: the chair tells sales, whose order it is

    def action_cancel(self):
        """Call off an evaluation that is not decided yet."""
        if not self.env.user.has_group("paper_base.group_sales"):
            self._check_chair()
        self.check_access("read")
        open_ones = self.filtered(lambda evaluation: evaluation.state == "open")
        if not open_ones:
            raise EvaluationRefusedError(self.env._("Only an evaluation that is not decided can be cancelled."))
        open_ones._cancel()

    def action_send_letter(self):
        """Open the message to the customer, ready to be read over and sent (R3.4)."""
        self.ensure_one()
        self.check_access("read")
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
            },
        }

    def action_open_order(self):
        """Open the order that is evaluated."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))

    def _check_chair(self):
        if not self.env.user.has_group("paper_base.group_management"):
            raise EvaluationRefusedError(self.env._("The management closes the panel."))
        self.check_access("read")

    def _check_close(self):
        for evaluation in self:
            if evaluation.state != "open":
                raise EvaluationRefusedError(
                    self.env._("%(name)s is decided already.", name=evaluation.display_name)
                )
            if evaluation._is_outdated():
                raise PanelIncompleteError(self._outdated_message(evaluation))
            if evaluation.owed:
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
        if values["state"] == "failed":
            values["customer_letter"] = self._prepare_customer_letter()
        return values

    def _action_closed(self):
        """Stop the clock and give the result to the salesperson. Override to do more with it."""
        self._clock_stop()
        self.activity_ids.unlink()
        for evaluation in self:
            evaluation._feed_back()

    def _cancel(self):
        for evaluation in self.sudo():  # sudo: sales may not write evaluations, but may call one off
            evaluation.write({"state": "cancelled", "closed_by_id": self.env.uid, "closed_on": fields.Datetime.now()})
            evaluation._clock_stop()
            evaluation.activity_ids.unlink()
            evaluation.opinion_ids.activity_ids.unlink()

    # Feedback (R3.4)

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
        if user:
            order.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                summary=text,
                note=details,
                user_id=user.id,
                date_deadline=self.company_id._paper_today(),
            )

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
        items = [opinion._reason() for opinion in self.opinion_ids if opinion.verdict != "yes"]
        return Markup("<ul>{}</ul>").format(self._html_items(items)) if items else ""

    def _prepare_customer_letter(self):
        """Return the draft of the message to the customer, in his language: why, and what would help.

        Comments and figures of the departments are internal and stay out of it.
        """
        self.ensure_one()
        draft = self.with_context(lang=self.partner_id.lang or self.env.lang)
        _ = draft.env._
        reasons = {
            "sales": _("the terms of the order need to be agreed again"),
            "capacity": _("our machines are booked until after the delivery date that you asked for"),
            "materials": _("the raw material for this paper cannot be here in time"),
            "technical": _("the specification is outside what our machines can make to your quality"),
            "cost": _("the order cannot be fulfilled at the agreed price"),
        }
        failed = draft.opinion_ids.filtered(lambda opinion: opinion.verdict == "no")
        days = max(failed.remedy_ids.mapped("days_effect"), default=0)
        offers = [_("a change of the specification or the quantity")]
        if days > 0:
            offers.append(_("a delivery %(days)s days later", days=days))
        elif failed.filtered(lambda opinion: opinion.dimension in ("capacity", "materials")):
            offers.append(_("a later delivery date"))
        reference = self.order_id.client_order_ref or self.order_id.name
        return Markup("<p>{}</p><p>{}</p><ul>{}</ul><p>{}</p><ul>{}</ul><p>{}</p>").format(
            _("Dear %(customer)s,", customer=self.partner_id.name),
            _(
                "Thank you for your order %(order)s. We have examined it with care and cannot accept it as it stands, because",
                order=reference,
            ),
            self._html_items(reasons[opinion.dimension] for opinion in failed),
            _("We would very much like to make this paper for you. Possible ways are:"),
            self._html_items(offers),
            _("Please tell us which of these would suit you; we will get in touch with you as well."),
        )

    def _html_items(self, texts):
        return Markup("").join(Markup("<li>{}</li>").format(text) for text in texts)

    def _is_passed(self):
        """Say whether the order may go on to its contract: passed, with conditions or without."""
        self.ensure_one()
        return self.state in DECIDED and self.state != "failed"

    def _is_conditional(self):
        """Say whether conditions stand on the order."""
        return bool(self) and self.state == "conditional"

    # Submission

    def _action_submitted(self):
        """Tell each department at once what it owes. Override to tell more."""
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        model = self.env["ir.model"]._get("paper.evaluation.opinion")
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": activity_type.id,
                    "res_model_id": model.id,
                    "res_id": opinion.id,
                    "user_id": user.id,
                    "summary": opinion.with_context(lang=user.lang or self.env.lang)._call_summary(),
                    "date_deadline": opinion.deadline_date or opinion.company_id._paper_today(),
                }
                for opinion in self.opinion_ids
                for user in opinion._department_users()
            ]
        )

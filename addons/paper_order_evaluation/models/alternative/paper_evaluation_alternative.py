from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import AlternativeError, EvaluationBusyError, OfferClosedError
from ..panel.paper_evaluation import SALES

# Sales decides what is offered, until it is.
OFFERING = {"proposed": (SALES,)}


class PaperEvaluationAlternative(models.Model):
    """What the mill offers in place of an order that did not pass: all of it on a later date, a part of it, or a
    paper near to the ordered one. Computed when the panel fails, read over by sales, offered with the letter,
    and accepted or declined by the customer, in the portal or through sales (R3.4).
    """

    _name = "paper.evaluation.alternative"
    _description = "Alternative to an Order That Did Not Pass"
    _inherit = ["paper.step.mixin"]

    _order = "evaluation_id desc, sequence, id"
    # The customer answers on a page of the portal, or sales for the customer; what is accepted withdraws the others.
    _steps = {
        "proposed": {"offered": (SALES,), "withdrawn": ()},
        "offered": {"accepted": (), "declined": (), "withdrawn": ()},
    }
    _entering = {"offered": Entering(values="_prepare_offered_values"), "accepted": Entering(check="_check_accepted")}
    _state_error = AlternativeError
    _right_error = AlternativeError
    _field_error = AlternativeError
    _evidence_error = AlternativeError
    _locked_error = AlternativeError
    _all_by_steps = True

    evaluation_id = fields.Many2one(
        "paper.evaluation", required=True, ondelete="cascade", index=True, by_hand={"new": (SALES,)}
    )
    order_id = fields.Many2one(related="evaluation_id.order_id")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, by_hand=OFFERING)
    kind = fields.Selection(
        [("date", "Later Date"), ("quantity", "Part Quantity"), ("spec", "Nearby Specification")],
        required=True,
        default="date",
        by_hand=OFFERING,
    )
    delivery_date = fields.Date(
        string="Delivery offered", by_hand=OFFERING, help="Empty: the date that the customer asked for."
    )
    line_ids = fields.One2many(
        "paper.evaluation.alternative.line", "alternative_id", string="Changed Lines", by_hand=OFFERING
    )
    reason = fields.Char(
        string="Why It Can Be Made", by_hand=OFFERING, help="For the mill; the customer does not see it."
    )
    computed = fields.Boolean(help="Computed from plan, stock and machines, not typed in.")
    state = fields.Selection(
        [
            ("proposed", "To Be Read Over"),
            ("offered", "Offered"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="proposed",
        index=True,
    )
    offered_text = fields.Char(string="As Offered")
    summary = fields.Char(compute="_compute_summary")
    can_accept = fields.Boolean(compute="_compute_can_accept")

    @api.depends("kind", "delivery_date", "line_ids.quantity", "line_ids.spec_changes", "line_ids.delivery_date", "offered_text")
    @api.depends_context("lang")
    def _compute_summary(self):
        for alternative in self:
            alternative.summary = alternative.offered_text or alternative._customer_text()

    def _compute_display_name(self):
        for alternative in self:
            alternative.display_name = alternative.summary

    @api.constrains("kind", "delivery_date", "line_ids")
    def _check_content(self):
        for alternative in self:
            today = (alternative.company_id or self.env.company)._paper_today()
            dates = {*filter(None, [alternative.delivery_date, *alternative.line_ids.mapped("delivery_date")])}
            if alternative.kind == "date" and not dates:
                raise AlternativeError(self.env._("Say on which later date the order can be delivered."))
            if dates and alternative.state == "proposed" and min(dates) <= today:
                raise AlternativeError(self.env._("The delivery offered lies in the past."))

    # Who may change it: sales, until it is offered.

    @api.model
    def _is_hand_allowed(self, name, record):
        return super()._is_hand_allowed(name, record) and (record is None or record.evaluation_id.state == "failed")

    def _refused_hand_message(self, names):
        if not self.env.user.has_group(SALES):
            return self.env._("Sales decides what is offered to the customer.")
        if self._by_hand(names[0]):
            return self.env._("An alternative that was offered stays as it was offered.")
        return self.env._("An alternative is offered with the letter, and answered by the customer.")

    def _check_editable(self):
        for alternative in self:
            if not alternative._is_hand_allowed("line_ids", alternative):
                alternative._refuse_hand(["line_ids"])

    @api.model_create_multi
    def create(self, vals_list):
        alternatives = super().create(vals_list)
        if not self._is_step():
            alternatives._check_editable()
        return alternatives

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_offered(self):
        if not self._is_step():
            self._check_editable()

    # Offering

    def _offer(self):
        """Offer these alternatives to the customer, in the words that the letter has."""
        self.filtered(lambda rec: rec.state == "proposed")._take_step("offered")

    def _prepare_offered_values(self):
        lang = self.order_id.partner_id.lang or self.env.lang
        return {"offered_text": self.with_context(lang=lang)._customer_text()}

    def _withdraw_computed(self):
        """Make room for alternatives that are computed anew."""
        self.filtered(lambda rec: rec.state == "proposed" and rec.computed)._by_step().unlink()

    def _customer_text(self):
        """Return what is offered, in one sentence of the language of ``self``; nothing in it is internal."""
        self.ensure_one()
        parts = [line._customer_text() for line in self.line_ids]
        if self.delivery_date:
            parts.append(self._date_text())
        return "; ".join(filter(None, parts))

    def _date_text(self):
        asked = self.order_id.commitment_date
        days = (self.delivery_date - self.company_id._paper_day(asked)).days if asked else 0
        date = self.company_id._paper_date(self.delivery_date)
        if days > 0:
            return self.env._("delivery on %(date)s, %(days)s days later", date=date, days=days)
        return self.env._("delivery on %(date)s", date=date)

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

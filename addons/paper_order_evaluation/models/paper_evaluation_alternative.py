from odoo import api, fields, models

from ..exceptions import AlternativeError

STEP_FIELDS = {"state", "computed", "offered_text", "evaluation_id"}


class PaperEvaluationAlternative(models.Model):
    """What the mill offers in place of an order that did not pass: all of it on a later date, a part of it, or a
    paper near to the ordered one. Computed when the panel fails, read over by sales, offered with the letter,
    and accepted or declined by the customer (R3.4).
    """

    _name = "paper.evaluation.alternative"
    _description = "Alternative to an Order That Did Not Pass"
    _order = "evaluation_id desc, sequence, id"

    evaluation_id = fields.Many2one("paper.evaluation", required=True, ondelete="cascade", index=True)
    order_id = fields.Many2one(related="evaluation_id.order_id")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [("date", "Later Date"), ("quantity", "Part Quantity"), ("spec", "Nearby Specification")],
        required=True,
        default="date",
    )
    delivery_date = fields.Date(string="Delivery offered", help="Empty: the date that the customer asked for.")
    line_ids = fields.One2many("paper.evaluation.alternative.line", "alternative_id", string="Changed Lines")
    reason = fields.Char(string="Why It Can Be Made", help="For the mill; the customer does not see it.")
    computed = fields.Boolean(readonly=True, help="Computed from plan, stock and machines, not typed in.")
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
        readonly=True,
        index=True,
    )
    offered_text = fields.Char(string="As Offered", readonly=True)
    summary = fields.Char(compute="_compute_summary")

    @api.depends("kind", "delivery_date", "line_ids.quantity", "line_ids.spec_changes", "offered_text")
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
            if alternative.kind == "date" and not alternative.delivery_date:
                raise AlternativeError(self.env._("Say on which later date the order can be delivered."))
            if alternative.delivery_date and alternative.state == "proposed" and alternative.delivery_date <= today:
                raise AlternativeError(self.env._("The delivery offered lies in the past."))

    # Who may change it: sales, until it is offered.

    def _check_editable(self):
        if not self.env.su and not self.env.user.has_group("paper_base.group_sales"):
            raise AlternativeError(self.env._("Sales decides what is offered to the customer."))
        for alternative in self:
            if alternative.state != "proposed" or alternative.evaluation_id.state != "failed":
                raise AlternativeError(self.env._("An alternative that was offered stays as it was offered."))

    @api.model_create_multi
    def create(self, vals_list):
        steps = STEP_FIELDS - {"evaluation_id"}
        if not self.env.su and any(steps & vals.keys() for vals in vals_list):
            raise AlternativeError(self.env._("An alternative is offered with the letter, and answered by the customer."))
        alternatives = super().create(vals_list)
        alternatives._check_editable()
        return alternatives

    def write(self, vals):
        if STEP_FIELDS & vals.keys() and not self.env.su:
            raise AlternativeError(self.env._("An alternative is offered with the letter, and answered by the customer."))
        if vals.keys() - STEP_FIELDS:
            self._check_editable()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_offered(self):
        self._check_editable()

    # Offering

    def _offer(self):
        """Offer these alternatives to the customer, in the words that the letter has."""
        for alternative in self.filtered(lambda rec: rec.state == "proposed"):
            text = alternative.with_context(lang=alternative.order_id.partner_id.lang or self.env.lang)._customer_text()
            alternative.write({"state": "offered", "offered_text": text})

    def _withdraw_computed(self):
        """Make room for alternatives that are computed anew."""
        self.filtered(lambda rec: rec.state == "proposed" and rec.computed).unlink()

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

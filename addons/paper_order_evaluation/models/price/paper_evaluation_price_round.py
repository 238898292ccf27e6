from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import MarginTooLowError, PriceRoundError
from ...lib.panel import margin_after
from ..panel.paper_evaluation import MANAGEMENT, SALES

FINANCE = "paper_base.group_finance"


class PaperEvaluationPriceRound(models.Model):
    """Price or cost: below the lowest margin finance opens a round with sales. Each side makes offers, another price
    or a measure that saves cost, each with the margin that it results in; it ends agreed, by the other side's
    acceptance, or failed. Seen by finance, sales and management alone (R3.3.5).
    """

    _name = "paper.evaluation.price.round"
    _description = "Price or Cost Round"
    _inherit = ["mail.thread", "paper.step.mixin"]

    _order = "id desc"
    _mail_post_access = "read"
    _steps = {"open": {"agreed": (FINANCE, SALES, MANAGEMENT), "failed": (FINANCE, MANAGEMENT), "closed": ()}}
    _step_verbs = {"fail": "failed"}
    _entering = {
        "agreed": Entering(then="_action_agreed", by="closed_by_id", on="closed_on"),
        "failed": Entering(check="_check_open", then="_action_failed", by="closed_by_id", on="closed_on"),
        "closed": Entering(by="closed_by_id", on="closed_on", then="_action_closed"),
    }
    _state_error = PriceRoundError
    _right_error = PriceRoundError
    _field_error = PriceRoundError
    _locked_error = PriceRoundError
    _all_by_steps = True

    evaluation_id = fields.Many2one("paper.evaluation", required=True, ondelete="cascade", index=True)
    order_id = fields.Many2one(related="evaluation_id.order_id", store=True)
    partner_id = fields.Many2one(related="evaluation_id.partner_id")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("open", "Under Talk"), ("agreed", "Agreed"), ("failed", "Not Agreed"), ("closed", "Overtaken")],
        required=True,
        default="open",
        index=True,
        tracking=True,
    )
    opened_by_id = fields.Many2one("res.users", string="Opened by")
    opened_on = fields.Datetime()
    revenue = fields.Monetary(string="Price")
    cost = fields.Monetary(string="Expected Cost")
    financing = fields.Monetary(string="Financing in It", help="What it costs to wait for the money; it grows with the price.")
    margin_percent = fields.Float(string="Margin (%)", digits=(6, 2))
    lowest_percent = fields.Float(string="Lowest Margin (%)", digits=(6, 2))
    offer_ids = fields.One2many(
        "paper.evaluation.price.offer", "round_id", string="Offers", by_hand={"open": (FINANCE, SALES, MANAGEMENT)}
    )
    agreed_offer_id = fields.Many2one("paper.evaluation.price.offer")
    price_to_write = fields.Boolean(compute="_compute_price_to_write")
    can_apply_price = fields.Boolean(compute="_compute_price_to_write")
    can_fail = fields.Boolean(compute="_compute_can_steps")
    reason = fields.Text(
        string="Why It Failed",
        by_hand={"open": (FINANCE, MANAGEMENT)},
        help="Written by finance before the round ends without an agreement.",
    )
    closed_by_id = fields.Many2one("res.users", string="Ended by")
    closed_on = fields.Datetime(string="Ended on")

    _one_open = models.UniqueIndex("(evaluation_id) WHERE state = 'open'", "A round on this order is open already.")

    @api.depends("evaluation_id.display_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            record.display_name = self.env._("Price or cost of %(order)s", order=record.evaluation_id.order_id.name or "")

    @api.depends("agreed_offer_id", "evaluation_id.state")
    @api.depends_context("uid")
    def _compute_price_to_write(self):
        sells = self.env.user.has_group(SALES)
        for record in self:
            price = record.agreed_offer_id.price_percent
            record.price_to_write = bool(price) and record.evaluation_id.state == "open" and not record.evaluation_id.outdated
            record.can_apply_price = sells and record.price_to_write

    def _refused_hand_message(self, names):
        if not self:
            return self.env._("Finance opens a round from the evaluation.")
        if self.state != "open":
            return self.env._("A round that has ended stays as it ended.")
        if names == ["reason"]:
            return self.env._("Finance ends a round without an agreement.")
        return self.env._("A round is moved on by its own steps only.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise PriceRoundError(self.env._("A round stays on record."))

    # Who takes part

    @api.model
    def _my_side(self):
        """Return the side that the user speaks for, ``finance`` or ``sales``; None for anybody else."""
        user = self.env.user
        if user.has_group(FINANCE):
            return "finance"
        return "sales" if user.has_group(SALES) else None

    def _check_open(self):
        self.check_access("read")
        for record in self:
            if record.state != "open" or record.evaluation_id.state != "open":
                raise PriceRoundError(self.env._("%(round)s has ended.", round=record.display_name))

    def _check_entitled(self):
        self._check_open()
        if not self._my_side() and not self.env.user.has_group(MANAGEMENT):
            raise PriceRoundError(self.env._("Finance and sales settle price and cost."))

    def _margin_after(self, price_percent, saving):
        """Return the margin in percent that an offer results in."""
        self.ensure_one()
        return margin_after(self.revenue, self.cost, price_percent, saving, self.financing) or 0.0

    # Ending it

    def action_fail(self, reason=None):
        """End the round without an agreement (finance or management).

        :param reason: why; those words typed into the form if not given
        """
        self._check_open()
        self._check_step("failed")
        for record in self:
            why = said(reason or record.reason)
            if not why:
                raise PriceRoundError(self.env._("Say why price and cost cannot be settled."))
            record._take_step("failed", reason=why)

    def _action_failed(self):
        """Tell sales. Override to do more."""
        for record in self.sudo():  # sudo: finance tells sales, whose order it is
            why = record.reason
            record.evaluation_id._end_call("price")
            record.evaluation_id._call_sales(
                "price",
                lambda rec, why=why: " ".join((rec.env._("No agreement on price or cost."), why)),
            )

    def _agree(self, offer):
        """End the round with an offer that the other side accepted; ``self`` is sudo."""
        self.ensure_one()
        self._check_open()
        self._check_lowest(offer)
        self._take_step("agreed", agreed_offer_id=offer.id)

    def _action_agreed(self):
        """Tell sales. Override to do more."""
        for record in self:
            changes = bool(record.agreed_offer_id.price_percent)
            record.evaluation_id._end_call("price")
            record.evaluation_id._call_sales("price", lambda rec, changes=changes: rec._price_words(changes))

    def _action_closed(self):
        """Nothing has to be settled any more. Override to do more."""
        self.evaluation_id._end_call("price")

    def _check_lowest(self, offer):
        user = self.env.user
        if offer.margin_percent < self.lowest_percent and not user.has_group(MANAGEMENT):
            raise MarginTooLowError(self.env._("The offer stays below the lowest margin; the management alone may agree to it."))

    def action_apply_price(self):
        """Write the agreed price into the order and submit it again: sales and cost answer anew (sales).

        :raises PriceRoundError: without an agreed price, for anybody but sales, or once the order has changed
        """
        self.ensure_one()
        self.check_access("read")
        offer, order = self.agreed_offer_id, self.order_id
        if not self.env.user.has_group(SALES):
            raise PriceRoundError(self.env._("Sales writes the price into the order."))
        if self.state != "agreed" or not offer.price_percent or self.evaluation_id.state != "open":
            raise PriceRoundError(self.env._("No new price was agreed that waits to be written."))
        if self.evaluation_id._is_outdated():
            raise PriceRoundError(self.env._("The order was changed since; check its price yourself."))
        for line in order.order_line.filtered("is_paper"):
            line.price_unit *= 1 + offer.price_percent / 100
        return order.action_submit_evaluation()

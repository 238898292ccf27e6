from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import PriceRoundError


class PaperEvaluationPriceOffer(models.Model):
    """One offer in a round on price or cost: by whom, when, what it changes, and the margin that it results in.
    It stays as it was made; the other side accepts it, or makes its own (R3.3.5).
    """

    _name = "paper.evaluation.price.offer"
    _description = "Offer in a Price or Cost Round"
    _inherit = ["paper.step.mixin"]

    _order = "round_id desc, id"
    _field_error = PriceRoundError
    _locked_error = PriceRoundError
    _all_by_steps = True

    round_id = fields.Many2one(
        "paper.evaluation.price.round", required=True, ondelete="cascade", index=True, by_hand={"new": ()}
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="round_id.currency_id")
    # Whoever makes it signs it, at that moment.
    side = fields.Selection([("finance", "Finance"), ("sales", "Sales")], default=lambda self: self._own_side())
    user_id = fields.Many2one("res.users", string="By", default=lambda self: self.env.user)
    date = fields.Datetime(string="On", default=fields.Datetime.now)
    price_percent = fields.Float(
        string="Price (± %)", digits=(6, 2), by_hand={"new": ()}, help="Change of the price of all lines, in percent."
    )
    saving = fields.Monetary(
        string="Cost Saved", by_hand={"new": ()}, help="What the measure takes off the expected cost, in company currency."
    )
    measure = fields.Char(by_hand={"new": ()}, help="What is done to save cost, or what the price stands for.")
    margin_percent = fields.Float(string="Resulting Margin (%)", digits=(6, 2), compute="_compute_margin_percent", store=True)
    above_lowest = fields.Boolean(compute="_compute_above_lowest")
    accepted = fields.Boolean(compute="_compute_accepted")
    can_accept = fields.Boolean(compute="_compute_can_accept")

    @api.depends("price_percent", "saving", "round_id.revenue", "round_id.cost", "round_id.financing")
    def _compute_margin_percent(self):
        for offer in self:
            offer.margin_percent = offer.round_id._margin_after(offer.price_percent, offer.saving) if offer.round_id else 0.0

    @api.depends("margin_percent", "round_id.lowest_percent")
    def _compute_above_lowest(self):
        for offer in self:
            offer.above_lowest = offer.margin_percent >= offer.round_id.lowest_percent

    @api.depends("round_id.agreed_offer_id")
    def _compute_accepted(self):
        for offer in self:
            offer.accepted = offer.round_id.agreed_offer_id == offer

    @api.depends("round_id.state", "side")
    @api.depends_context("uid")
    def _compute_can_accept(self):
        for offer in self:
            offer.can_accept = bool(offer.id) and offer.round_id.state == "open" and offer._is_other_side()

    def _is_other_side(self):
        """Say whether the user may accept this offer: the side that did not make it, or the management."""
        self.ensure_one()
        side = self.env["paper.evaluation.price.round"]._my_side()
        management = self.env.user.has_group("paper_base.group_management")
        return self.user_id != self.env.user and (management or (side is not None and side != self.side))

    @api.model_create_multi
    def create(self, vals_list):
        # What a form sends along of the rest says nothing: who offers, and when, is known.
        own = [{name: vals[name] for name in vals if name not in self._fields or self._by_hand(name) != {}} for vals in vals_list]
        offers = super().create(own)
        offers.round_id._check_entitled()
        for offer in offers:
            if not offer.price_percent and not offer.saving:
                raise PriceRoundError(self.env._("An offer changes the price or saves cost."))
            if offer.saving and not said(offer.measure):
                raise PriceRoundError(self.env._("Say by which measure the cost is saved."))
        return offers

    @api.model
    def _own_side(self):
        return self.env["paper.evaluation.price.round"]._my_side() or "finance"

    def _refused_hand_message(self, names):
        return self.env._("An offer stays as it was made; make another one.")

    def copy_data(self, default=None):
        self._refuse_hand(["round_id"])

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        self._refuse_hand(["round_id"])

    def action_accept(self):
        """Accept the other side's offer; the round ends as agreed.

        :raises PriceRoundError: for the side that made it, or once the round has ended
        :raises MarginTooLowError: below the lowest margin, for anybody but the management
        """
        self.ensure_one()
        self.check_access("read")
        if not self._is_other_side():
            raise PriceRoundError(self.env._("The other side accepts an offer."))
        self.round_id.sudo()._agree(self.sudo())  # sudo: sales is told on an order that finance may not write

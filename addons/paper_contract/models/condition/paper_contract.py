from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..draft.paper_contract import IN_DRAFT


class PaperContract(models.Model):
    """The figures that the parties agree in the contract itself: claim windows, deposit, agreed damages, the
    court or arbitration, the number of originals. They are typed fields, so that the system can compare them
    with the law's lines; clauses name them in braces, and an empty one stays an open place in the text.
    """

    _inherit = "paper.contract"

    measuring_method = fields.Char(
        by_hand=IN_DRAFT, help="How quantity is established, for example “net weight on the mill's scale”."
    )
    freight_by = fields.Selection([("seller", "Seller"), ("buyer", "Buyer")], string="Freight Borne by", by_hand=IN_DRAFT)
    incoterm_id = fields.Many2one(
        "account.incoterms", string="Trade Term", help="Rule of the Incoterms 2020 by which the goods are delivered.",
        by_hand=IN_DRAFT,
    )
    incoterm_place = fields.Char(string="Named Place", help="Place or port that belongs to the trade term.", by_hand=IN_DRAFT)
    loading_port = fields.Char(string="Port of Loading", by_hand=IN_DRAFT)
    discharge_port = fields.Char(string="Port of Discharge", by_hand=IN_DRAFT)
    partial_shipment = fields.Selection(
        [("allowed", "Allowed"), ("not_allowed", "Not Allowed")], string="Partial Shipments", by_hand=IN_DRAFT
    )
    claim_days_visible = fields.Integer(
        string="Claims on Appearance and Quantity (days)",
        help="Days from receipt (Civil Code, articles 620 to 623); 0 leaves the place open.",
        by_hand=IN_DRAFT,
    )
    claim_days_hidden = fields.Integer(
        string="Claims on Other Quality (days)",
        help="Days from receipt (Civil Code, articles 620 to 623); 0 leaves the place open.",
        by_hand=IN_DRAFT,
    )
    settlement_method = fields.Char(help="How the price is paid, for example “bank transfer”.", by_hand=IN_DRAFT)
    prepayment_percent = fields.Float(
        string="Prepayment (% of the amount)",
        digits=(16, 2),
        help="Part of the price that is paid before production; unlike a deposit it is simply counted against the price.",
        by_hand=IN_DRAFT,
    )
    deposit_percent = fields.Float(
        string="Deposit (% of the amount)", digits=(16, 2), help="Deposit of article 586, in percent of the subject matter.",
        by_hand=IN_DRAFT,
    )
    late_delivery_rate = fields.Float(
        string="Late Delivery (% a day)",
        digits=(16, 4),
        help="Agreed damages of article 585: percent of the undelivered value for each day of delay.",
        by_hand=IN_DRAFT,
    )
    late_delivery_cap = fields.Float(
        string="Late Delivery, at most (%)", digits=(16, 2), help="Percent of the undelivered value; 0 sets no limit.",
        by_hand=IN_DRAFT,
    )
    late_payment_rate = fields.Float(
        string="Late Payment (% a day)", digits=(16, 4), help="Percent of what is overdue, for each day.",
        by_hand=IN_DRAFT,
    )
    breach_percent = fields.Float(
        string="Non-delivery (%)", digits=(16, 2), help="Agreed damages of article 585, percent of the undelivered value.",
        by_hand=IN_DRAFT,
    )
    dispute_body = fields.Char(
        string="Disputes go to", by_hand=IN_DRAFT, help="Court or arbitration commission (article 470, item 8)."
    )
    copies_total = fields.Integer(string="Originals", by_hand=IN_DRAFT)
    copies_each = fields.Integer(string="Originals Each Party Keeps", by_hand=IN_DRAFT)

    _conditions_positive = models.Constraint(
        """CHECK(claim_days_visible >= 0 AND claim_days_hidden >= 0 AND deposit_percent >= 0 AND late_delivery_rate >= 0
           AND late_delivery_cap >= 0 AND late_payment_rate >= 0 AND breach_percent >= 0 AND copies_total >= 0
           AND copies_each >= 0 AND prepayment_percent >= 0)""",
        "The figures of a contract cannot be negative.",
    )

    @api.model
    def _condition_labels(self):
        """Return ``{field: label}`` of the conditions that a clause may name in braces."""
        _ = self.env._
        return {
            "measuring_method": _("method of measuring"),
            "freight": _("who bears the freight"),
            "trade_term": _("trade term and its place"),
            "loading_port": _("port of loading"),
            "discharge_port": _("port of discharge"),
            "partial_shipment": _("partial shipments"),
            "claim_days_visible": _("days to claim appearance and quantity"),
            "claim_days_hidden": _("days to claim other quality"),
            "settlement_method": _("method of settlement"),
            "prepayment": _("prepayment"),
            "deposit": _("deposit"),
            "late_delivery_damages": _("agreed damages for late delivery"),
            "late_payment_damages": _("agreed damages for late payment"),
            "breach_damages": _("agreed damages for non-delivery"),
            "dispute_body": _("court or arbitration commission"),
            "copies_total": _("number of originals"),
            "copies_each": _("originals each party keeps"),
        }

    def _condition_values(self):
        """Return the text of each condition, '' where nothing is agreed."""
        self.ensure_one()
        _ = self.env._
        late = ""
        named = self._fields["partial_shipment"]._description_selection(self.env)
        if self.late_delivery_rate:
            late = _("%(rate)s %% of the undelivered value a day", rate=f"{self.late_delivery_rate:g}")
            if self.late_delivery_cap:
                late = _("%(late)s, at most %(cap)s %% of it", late=late, cap=f"{self.late_delivery_cap:g}")
        names = ("late_payment_rate", "breach_percent", "deposit_percent", "prepayment_percent")
        percent = {name: f"{self[name]:g}" for name in names}
        return {
            "measuring_method": self.measuring_method or "",
            "freight": dict(self._fields["freight_by"]._description_selection(self.env)).get(self.freight_by, ""),
            "trade_term": self._trade_term_text(),
            "loading_port": self.loading_port or "",
            "discharge_port": self.discharge_port or "",
            "partial_shipment": dict(named).get(self.partial_shipment, "").lower(),
            "claim_days_visible": str(self.claim_days_visible or ""),
            "claim_days_hidden": str(self.claim_days_hidden or ""),
            "settlement_method": self.settlement_method or "",
            "prepayment": self.prepayment_percent
            and _("%(percent)s %% of the contract amount, before production", percent=percent["prepayment_percent"]) or "",
            "deposit": self.deposit_percent
            and _("%(percent)s %% of the contract amount", percent=percent["deposit_percent"]) or "",
            "late_delivery_damages": late,
            "late_payment_damages": self.late_payment_rate
            and _("%(rate)s %% of what is overdue a day", rate=percent["late_payment_rate"]) or "",
            "breach_damages": self.breach_percent
            and _("%(percent)s %% of the undelivered value", percent=percent["breach_percent"]) or "",
            "dispute_body": self.dispute_body or "",
            "copies_total": str(self.copies_total or ""),
            "copies_each": str(self.copies_each or ""),
        }

    def _trade_term_text(self):
        """Return the trade term with its place, as a contract writes it; '' while either is open."""
        self.ensure_one()
        if not self.incoterm_id or not said(self.incoterm_place):
            return ""
        return self.env._(
            "%(code)s %(place)s (Incoterms 2020)", code=self.incoterm_id.code, place=said(self.incoterm_place)
        )

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...lib.credit_proposal import Record, Rules, propose
from .paper_credit_ledger import AGEING

LEDGER_FIELDS = (
    "receivable",
    "overdue",
    "prepayment",
    "undelivered",
    "exposure",
    "days_late",
    "paid_amount",
    "on_time_amount",
    "turnover",
)
DAYS_A_MONTH = 30.4375


class PaperCreditReview(models.Model):
    """What the ledger says of the customer, and what the mill's rules propose of it."""

    _inherit = "paper.credit.review"

    is_new_customer = fields.Boolean(string="New Customer", compute="_compute_ledger")
    receivable = fields.Monetary(string="Receivables", compute="_compute_ledger")
    overdue = fields.Monetary(string="Overdue", compute="_compute_ledger")
    prepayment = fields.Monetary(string="Prepayments", compute="_compute_ledger")
    undelivered = fields.Monetary(string="Confirmed, Not Invoiced", compute="_compute_ledger")
    exposure = fields.Monetary(
        compute="_compute_ledger", help="Receivables and what is confirmed and not invoiced yet, less prepayments."
    )
    turnover = fields.Monetary(string="Invoiced in 12 Months", compute="_compute_ledger")
    invoice_count = fields.Integer(string="Invoices", compute="_compute_ledger")
    paid_count = fields.Integer(string="Invoices Paid", compute="_compute_ledger")
    on_time_count = fields.Integer(string="Paid on Time", compute="_compute_ledger")
    paid_amount = fields.Monetary(string="Amount Paid", compute="_compute_ledger")
    on_time_amount = fields.Monetary(string="Amount Paid on Time", compute="_compute_ledger")
    on_time_count_percent = fields.Float(string="On Time by Count (%)", digits=(5, 1), compute="_compute_ledger")
    on_time_amount_percent = fields.Float(string="On Time by Amount (%)", digits=(5, 1), compute="_compute_ledger")
    days_late = fields.Float(string="Average Days Late", digits=(16, 1), compute="_compute_ledger")
    complaint_count = fields.Integer(string="Complaints", compute="_compute_ledger")
    first_deal = fields.Date(string="Customer since", compute="_compute_ledger")
    years_known = fields.Float(string="Years of Cooperation", digits=(5, 1), compute="_compute_ledger")
    chart = fields.Json(string="Exposure and Ageing", compute="_compute_ledger")
    proposed_limit = fields.Monetary(compute="_compute_ledger")
    proposed_prepayment = fields.Float(string="Proposed Prepayment (%)", digits=(5, 2), compute="_compute_ledger")
    proposed_guarantee = fields.Boolean(string="Guarantee Proposed", compute="_compute_ledger")
    proposed_valid_until = fields.Date(compute="_compute_ledger")
    proposal_reasons = fields.Json(compute="_compute_ledger")
    proposal = fields.Text(string="Reasons", compute="_compute_ledger")
    decided_summary = fields.Text(string="Known at the Decision", compute="_compute_decided_summary")

    @api.depends("partner_id", "company_id", "document_ids", "limit", "state")
    @api.depends_context("lang")
    def _compute_ledger(self):
        for company, reviews in self.grouped("company_id").items():
            # sudo: credit and sales see these figures of the ledger without reading the ledger
            ledger = self.env["paper.credit.ledger"].sudo()
            figures = ledger._figures(reviews.partner_id, company or self.env.company)
            for review in reviews:
                review._set_ledger(figures.get(review.partner_id.id) or {})

    def _set_ledger(self, figures):
        self.ensure_one()
        for name in LEDGER_FIELDS:
            self[name] = figures.get(name, 0.0)
        self.invoice_count = figures.get("invoices", 0)
        self.paid_count = figures.get("paid", 0)
        self.on_time_count = figures.get("on_time", 0)
        self.on_time_count_percent = 100 * self.on_time_count / self.paid_count if self.paid_count else 0
        self.on_time_amount_percent = 100 * self.on_time_amount / self.paid_amount if self.paid_amount else 0
        self.complaint_count = figures.get("complaints", 0)
        self.first_deal = figures.get("first_deal") or False
        self.years_known = self._months_known() / 12
        self.is_new_customer = not self.first_deal
        self.chart = self._prepare_chart(figures)
        self._set_proposal(figures)

    def _months_known(self):
        if not self.first_deal:
            return 0.0
        return max((self._today() - self.first_deal).days, 0) / DAYS_A_MONTH

    def _today(self):
        return (self.company_id or self.env.company)._paper_today()

    @api.model
    def _ageing_labels(self):
        _ = self.env._
        return {
            "not_due": _("Not due"),
            "late_30": _("1–30 days"),
            "late_60": _("31–60 days"),
            "late_90": _("61–90 days"),
            "late_more": _("Over 90 days"),
        }

    def _prepare_chart(self, figures):
        """Return what the screen draws: the exposure against the limit, and the receivables by age."""
        self.ensure_one()
        labels = self._ageing_labels()
        _ = self.env._
        overdue, receivable = figures.get("overdue", 0.0), figures.get("receivable", 0.0)
        parts = [
            ("overdue", _("Overdue"), overdue),
            ("receivable", _("Receivables not due"), receivable - overdue),
            ("undelivered", _("Confirmed, not invoiced"), figures.get("undelivered", 0.0)),
        ]
        limit = self.limit if self.state != "refused" else 0.0
        return {
            "limit": limit,
            "limit_text": self._money(limit),
            "exposure": figures.get("exposure", 0.0),
            "exposure_text": self._money(figures.get("exposure", 0.0)),
            "free_text": self._money(limit - figures.get("exposure", 0.0)),
            "prepayment": figures.get("prepayment", 0.0),
            "prepayment_text": self._money(figures.get("prepayment", 0.0)),
            "parts": [{"code": code, "label": name, "amount": value, "text": self._money(value)} for code, name, value in parts],
            "ageing": [
                {
                    "code": code,
                    "label": labels[code],
                    "amount": amount,
                    "text": self._money(amount),
                    "short": formatLang(self.env, amount, digits=0),
                }
                for code, amount in ((code, figures.get(code, 0.0)) for code in AGEING)
            ],
        }

    def _money(self, amount):
        currency = self.currency_id or self.env.company.currency_id
        return formatLang(self.env, amount, currency_obj=currency)

    # Proposal

    def _set_proposal(self, figures):
        self.ensure_one()
        company = self.company_id or self.env.company
        proposal = propose(self._credit_record(figures), self._credit_rules(company))
        self.proposed_limit = proposal.limit
        self.proposed_prepayment = proposal.prepayment
        self.proposed_guarantee = proposal.guarantee
        self.proposed_valid_until = self._today() + relativedelta(months=proposal.months)
        self.proposal_reasons = [self._reason_sentence(code, params) for code, params in proposal.reasons]
        self.proposal = "\n".join(self.proposal_reasons)

    def _credit_record(self, figures):
        """Return what is known of the customer, as the rules read it."""
        return Record(
            is_new=self.is_new_customer,
            evidence_missing=bool(self._missing_evidence()),
            turnover=self.turnover,
            months_known=self._months_known(),
            paid_amount=self.paid_amount,
            on_time_amount=self.on_time_amount,
            days_late=self.days_late,
            overdue=self.overdue,
            overdue_long=figures.get("overdue_long", 0.0),
            complaints=self.complaint_count,
        )

    @api.model
    def _credit_rules(self, company):
        """Return the company's rules. Override to judge by others."""
        return Rules(
            months=company.paper_credit_months,
            good=company.paper_credit_good_percent,
            poor=company.paper_credit_poor_percent,
            fair_prepayment=company.paper_credit_fair_prepayment,
            poor_prepayment=company.paper_credit_poor_prepayment,
            new_limit=company.paper_credit_new_limit,
            new_prepayment=company.paper_credit_new_prepayment,
            validity=company.paper_credit_validity_months,
        )

    def _reason_sentence(self, code, params):
        """Return a reason of the proposal as a sentence in the reader's language."""
        _ = self.env._
        company = self.company_id or self.env.company
        texts = {
            "overdue_long": _(
                "%(amount)s has been overdue for more than %(tolerated)s days: no further credit before it is paid."
            ),
            "new": _("New customer: no order, no invoice yet. Judge by licence, financial statements and history."),
            "nothing_paid": _("The customer has paid nothing yet: judged as a new one."),
            "evidence_missing": _("Evidence is missing, so nothing is proposed on credit: %(missing)s."),
            "new_limit": _("The evidence is there: the limit for new customers is %(amount)s."),
            "no_new_limit": _("The rules set no limit for new customers: deliver against payment in advance."),
            "on_time_good": _("%(share)s %% of the money came on time: the customer pays well."),
            "on_time_fair": _(
                "%(share)s %% of the money came on time, invoices %(days)s days late on average: ask for a prepayment."
            ),
            "on_time_poor": _(
                "Only %(share)s %% of the money came on time, invoices %(days)s days late on average:"
                " half the limit, a prepayment and a guarantee."
            ),
            "turnover": _("The limit is %(months)s months of a turnover of %(amount)s a month."),
            "overdue": _("%(amount)s is overdue."),
            "complaints": _("The customer complained %(count)s times: a complaint may be why a payment is held back."),
            "known": _("The customer has bought here for %(years)s years."),
            "known_short": _("The customer has bought here for %(years)s years only: judged again after half the time."),
        }
        shown = {"tolerated": company.paper_credit_overdue_days, "missing": ", ".join(self._missing_evidence())}
        for name, value in params.items():
            plain = f"{value:.1f}" if isinstance(value, float) else str(value)
            shown[name] = self._money(value) if name == "amount" else plain.removesuffix(".0")
        return texts[code] % shown

    def action_take_proposal(self):
        """Copy the proposal into the decision, for the credit department to approve or change (R3.2.2)."""
        self.check_access("write")
        self._check_step("approved")
        for review in self:
            review.write(
                {
                    "limit": review.proposed_limit,
                    "valid_until": review.proposed_valid_until,
                    "prepayment_percent": review.proposed_prepayment,
                    "guarantee": "guarantor" if review.proposed_guarantee else "none",
                }
            )

    def _decision_snapshot(self):
        """Return what was known and proposed at the decision, so that it can be judged later."""
        self.ensure_one()
        names = ("limit", "valid_until", "prepayment", "guarantee")
        proposal = {name: self[f"proposed_{name}"] for name in names}
        return {
            "ledger": {name: self[name] for name in (*LEDGER_FIELDS, "paid_count", "on_time_count", "complaint_count")},
            "proposal": {**proposal, "valid_until": fields.Date.to_string(self.proposed_valid_until)},
            "reasons": self.proposal_reasons,
            "chart": self.chart,
        }

    @api.depends("decided_figures")
    @api.depends_context("lang")
    def _compute_decided_summary(self):
        for review in self:
            review.decided_summary = review._decided_sentences() if review.decided_figures else False

    def _decided_sentences(self):
        known = self.decided_figures
        proposal = known["proposal"]
        _ = self.env._
        lines = [
            _(
                "Exposure %(exposure)s, of it overdue %(overdue)s.",
                exposure=self._money(known["ledger"]["exposure"]),
                overdue=self._money(known["ledger"]["overdue"]),
            ),
            _(
                "Proposed: limit %(limit)s until %(until)s, prepayment %(percent)s %%.",
                limit=self._money(proposal["limit"]),
                until=self.company_id._paper_date(proposal["valid_until"]),
                percent=f"{proposal['prepayment']:g}",
            ),
        ]
        return "\n".join([*lines, *known["reasons"]])

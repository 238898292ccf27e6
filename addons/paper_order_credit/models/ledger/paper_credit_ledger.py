from datetime import date

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.addons.paper_base.lib.order_types import types_with
from odoo.tools import SQL

# What the books say of one customer: amounts in the company's currency, counts, days, the date of the first deal.
AMOUNTS = ("receivable", "overdue", "overdue_long", "prepayment", "undelivered", "secured", "exposure", "at_risk")
AGEING = ("not_due", "late_30", "late_60", "late_90", "late_more")
PAYMENT = ("invoices", "paid", "on_time", "paid_amount", "on_time_amount", "days_late", "turnover", "complaints")


class PaperCreditLedger(models.AbstractModel):
    """What the books say of customers' payment: one grouped query, for any number of them."""

    _name = "paper.credit.ledger"
    _description = "Credit Figures from the Ledger"

    @api.model
    def _figures(self, partners, company, payment=True):
        """Return what the ledger says of each commercial partner, in the company's currency (R3.2.2).

        Exposure is what the customer owes and will owe: receivables, what is confirmed and not invoiced, less what he
        paid in advance. At risk is the exposure less prepayments agreed and still to come, which hold the production.

        :param payment: False leaves out how they paid, which a check of the limit does not need
        :return: ``{partner id: {name: figure}}`` with the names of AMOUNTS, AGEING and PAYMENT as floats (days_late: the
            average in days), "suspensions": how many of performance were not called off, and "first_deal", a date or None
        """
        empty = {**dict.fromkeys((*AMOUNTS, *AGEING, *PAYMENT, "suspensions"), 0.0), "first_deal": None}
        result = {partner_id: dict(empty) for partner_id in partners.ids}
        if not result:
            return result
        sources = self._payment_sources() if payment else self._limit_sources()
        parameters = self._parameters(partners, company.with_env(self.env))
        names, columns, joins = ["id"], [SQL("wanted.id")], []
        for place, (found, query) in enumerate(sources):
            alias = SQL.identifier(f"source_{place}")
            names += found
            columns += [SQL("%s.%s", alias, SQL.identifier(name)) for name in found]
            joins.append(SQL("LEFT JOIN (%s) AS %s ON %s.partner_id = wanted.id", query(parameters), alias, alias))
        sql = SQL(
            "SELECT %s FROM unnest(%s::int[]) AS wanted(id) %s", SQL(", ").join(columns), partners.ids, SQL(" ").join(joins)
        )
        # Read as the database sees it: the credit rule holds for all orders, whoever may read the ledger.
        for row in self.env.execute_query(sql):
            figures = result[row[0]]
            for name, value in zip(names[1:], row[1:], strict=True):
                if value is not None:
                    figures[name] = value if isinstance(value, date) else figures.get(name, 0.0) + float(value)
        for figures in result.values():
            owed = figures["receivable"] + figures["undelivered"]
            figures["exposure"] = owed - figures["prepayment"]
            figures["at_risk"] = owed - max(figures["prepayment"], figures["secured"])
        return result

    @api.model
    def _limit_sources(self):
        """Return what the check of a limit reads: ``[(names, method), …]``.

        The method takes the parameters and returns a subquery of ``partner_id`` and one column for each name.
        Override to add; a name that another source has, too, is summed.
        """
        return [
            (("receivable", "overdue", "overdue_long", "prepayment", *AGEING), self._receivable_query),
            (("prepayment",), self._payment_without_entry_query),
            (("undelivered", "secured"), self._undelivered_query),
            (("suspensions",), self._suspension_query),
        ]

    @api.model
    def _payment_sources(self):
        """Return what the judgement of a customer reads beyond the limit. Override to add, as for the limit."""
        return [
            *self._limit_sources(),
            (("invoices", "paid", "on_time", "days_late"), self._settlement_query),
            (("paid_amount", "on_time_amount"), self._amount_query),
            (("turnover",), self._turnover_query),
            (("first_deal",), self._first_deal_query),
        ]

    @api.model
    def _parameters(self, partners, company):
        today = company._paper_today()
        return {
            "today": today,
            "company": company.id,
            "partners": partners._ids,
            "tolerated": today - relativedelta(days=company.paper_credit_overdue_days),
            "a_year_ago": today - relativedelta(years=1),
        }

    @api.model
    def _receivable_query(self, parameters):
        self.env["account.move.line"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        return SQL(
            """SELECT partner.commercial_partner_id AS partner_id,
                      SUM(due.amount) FILTER (WHERE due.amount > 0) AS receivable,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.days > 0) AS overdue,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.maturity < %(tolerated)s) AS overdue_long,
                      - SUM(due.amount) FILTER (WHERE due.amount < 0) AS prepayment,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.days <= 0) AS not_due,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.days BETWEEN 1 AND 30) AS late_30,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.days BETWEEN 31 AND 60) AS late_60,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.days BETWEEN 61 AND 90) AS late_90,
                      SUM(due.amount) FILTER (WHERE due.amount > 0 AND due.days > 90) AS late_more
                 FROM (SELECT line.partner_id, line.amount_residual AS amount,
                              COALESCE(line.date_maturity, line.date) AS maturity,
                              %(today)s - COALESCE(line.date_maturity, line.date) AS days
                         FROM account_move_line line
                         JOIN account_account account ON account.id = line.account_id
                        WHERE account.account_type = 'asset_receivable' AND line.parent_state = 'posted'
                          AND line.company_id = %(company)s AND line.amount_residual != 0) due
                 JOIN res_partner partner ON partner.id = due.partner_id
                WHERE partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            **parameters,
        )

    @api.model
    def _suspension_query(self, parameters):
        self.env["paper.performance.suspension"].flush_model(["order_id", "state"])
        return SQL(
            """SELECT partner.commercial_partner_id AS partner_id, COUNT(*) AS suspensions
                 FROM paper_performance_suspension suspension
                 JOIN sale_order ON sale_order.id = suspension.order_id
                 JOIN res_partner partner ON partner.id = sale_order.partner_id
                WHERE suspension.state != 'cancelled' AND partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            **parameters,
        )

    @api.model
    def _payment_without_entry_query(self, parameters):
        """Money received that stands in no journal entry until the bank statement comes."""
        self.env["account.payment"].flush_model()
        return SQL(
            """SELECT partner.commercial_partner_id AS partner_id,
                      SUM(payment.amount_company_currency_signed) AS prepayment
                 FROM account_payment payment
                 JOIN res_partner partner ON partner.id = payment.partner_id
                WHERE payment.state = 'in_process' AND payment.move_id IS NULL AND payment.payment_type = 'inbound'
                  AND payment.partner_type = 'customer' AND payment.company_id = %(company)s
                  AND partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            **parameters,
        )

    @api.model
    def _undelivered_query(self, parameters):
        """Confirmed and not invoiced yet: what was delivered but not billed is owed just as well.

        A down payment that was invoiced is no longer to come with the goods; its invoice is a receivable, or paid.
        """
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model(
            [
                "state",
                "currency_rate",
                "partner_id",
                "company_id",
                "amount_total",
                "amount_untaxed",
                "paper_credit_review_id",
                "paper_order_type",
            ]
        )
        self.env["paper.credit.review"].flush_model(["prepayment_percent"])
        return SQL(
            """SELECT open_order.partner_id, SUM(GREATEST(open_order.goods - open_order.down, 0)) AS undelivered,
                      SUM(GREATEST(LEAST(open_order.agreed, open_order.goods) - open_order.down, 0)) AS secured
                 FROM (SELECT partner.commercial_partner_id AS partner_id, sale.id,
                              MAX(sale.amount_total) * COALESCE(MAX(review.prepayment_percent)::numeric, 0) / 100
                                  / COALESCE(NULLIF(MAX(sale.currency_rate), 0), 1)::numeric AS agreed,
                              SUM(CASE WHEN line.product_uom_qty > 0 AND NOT COALESCE(line.is_downpayment, false)
                                       THEN line.price_total * GREATEST(line.product_uom_qty - line.qty_invoiced, 0)
                                            / line.product_uom_qty
                                       ELSE 0 END)::numeric
                                  / COALESCE(NULLIF(MAX(sale.currency_rate), 0), 1)::numeric AS goods,
                              COALESCE(SUM(line.price_unit * line.qty_invoiced) FILTER (WHERE line.is_downpayment), 0)::numeric
                                  * COALESCE(MAX(sale.amount_total) / NULLIF(MAX(sale.amount_untaxed), 0), 1)
                                  / COALESCE(NULLIF(MAX(sale.currency_rate), 0), 1)::numeric AS down
                         FROM sale_order_line line
                         JOIN sale_order sale ON sale.id = line.order_id
                         JOIN res_partner partner ON partner.id = sale.partner_id
                    LEFT JOIN paper_credit_review review ON review.id = sale.paper_credit_review_id
                        WHERE sale.state = 'sale' AND line.display_type IS NULL AND sale.company_id = %(company)s
                          AND sale.paper_order_type NOT IN %(unowed)s
                          AND partner.commercial_partner_id IN %(partners)s
                     GROUP BY partner.commercial_partner_id, sale.id) open_order
             GROUP BY open_order.partner_id""",
            # What a customer does not pay: paper for the mill's own stock, and a framework, whose call-offs are owed.
            unowed=types_with("destination", "stock", "nowhere"),
            **parameters,
        )

    @api.model
    def _settlement_query(self, parameters):
        """How many invoices were paid, how many of them on time, and how late they were on average."""
        self.env["account.partial.reconcile"].flush_model()
        return SQL(
            """SELECT due.partner_id, COUNT(*) AS invoices, COUNT(*) FILTER (WHERE due.paid) AS paid,
                      COUNT(*) FILTER (WHERE due.paid AND due.last_payment <= due.maturity) AS on_time,
                      AVG(GREATEST(due.last_payment - due.maturity, 0)) FILTER (WHERE due.paid) AS days_late
                 FROM (SELECT partner.commercial_partner_id AS partner_id, line.amount_residual = 0 AS paid,
                              COALESCE(line.date_maturity, line.date) AS maturity,
                              (SELECT MAX(part.max_date) FROM account_partial_reconcile part
                                WHERE part.debit_move_id = line.id) AS last_payment
                         FROM account_move_line line
                         JOIN account_move move ON move.id = line.move_id
                         JOIN account_account account ON account.id = line.account_id
                         JOIN res_partner partner ON partner.id = line.partner_id
                        WHERE account.account_type = 'asset_receivable' AND line.parent_state = 'posted'
                          AND move.move_type = 'out_invoice' AND line.debit > 0
                          AND line.company_id = %(company)s
                          AND partner.commercial_partner_id IN %(partners)s) due
             GROUP BY due.partner_id""",
            **parameters,
        )

    @api.model
    def _amount_query(self, parameters):
        """How much was paid, and how much of it by the day that it was due; a credit note is no payment."""
        return SQL(
            """SELECT partner.commercial_partner_id AS partner_id, SUM(part.amount) AS paid_amount,
                      SUM(part.amount) FILTER (WHERE part.max_date <= COALESCE(line.date_maturity, line.date))
                          AS on_time_amount
                 FROM account_partial_reconcile part
                 JOIN account_move_line line ON line.id = part.debit_move_id
                 JOIN account_move move ON move.id = line.move_id
                 JOIN account_account account ON account.id = line.account_id
                 JOIN account_move_line payment ON payment.id = part.credit_move_id
                 JOIN account_move payment_move ON payment_move.id = payment.move_id
                 JOIN res_partner partner ON partner.id = line.partner_id
                WHERE account.account_type = 'asset_receivable' AND line.parent_state = 'posted'
                  AND move.move_type = 'out_invoice' AND payment_move.move_type != 'out_refund'
                  AND line.company_id = %(company)s AND partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            **parameters,
        )

    @api.model
    def _turnover_query(self, parameters):
        """What was invoiced in the last twelve months, credit notes taken off."""
        self.env["account.move"].flush_model()
        return SQL(
            """SELECT move.commercial_partner_id AS partner_id, SUM(move.amount_total_signed) AS turnover
                 FROM account_move move
                WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_refund')
                  AND move.invoice_date > %(a_year_ago)s AND move.company_id = %(company)s
                  AND move.commercial_partner_id IN %(partners)s
             GROUP BY move.commercial_partner_id""",
            **parameters,
        )

    @api.model
    def _first_deal_query(self, parameters):
        """Since when the customer buys here: the first confirmed order or invoice."""
        return SQL(
            """SELECT deal.partner_id, MIN(deal.day) AS first_deal
                 FROM (SELECT move.commercial_partner_id AS partner_id, move.invoice_date AS day
                         FROM account_move move
                        WHERE move.state = 'posted' AND move.move_type = 'out_invoice'
                          AND move.company_id = %(company)s AND move.commercial_partner_id IN %(partners)s
                    UNION ALL
                       SELECT partner.commercial_partner_id, sale.date_order::date
                         FROM sale_order sale
                         JOIN res_partner partner ON partner.id = sale.partner_id
                        WHERE sale.state = 'sale' AND sale.company_id = %(company)s
                          AND partner.commercial_partner_id IN %(partners)s) deal
             GROUP BY deal.partner_id""",
            **parameters,
        )

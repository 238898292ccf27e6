from odoo import api, models
from odoo.tools import SQL


class PaperCreditLedger(models.AbstractModel):
    """What the books say of customers' payment: one grouped query a figure, for any number of them."""

    _name = "paper.credit.ledger"
    _description = "Credit Figures from the Ledger"

    @api.model
    def _figures(self, partners, company, payment=True):
        """Return what the ledger says of each commercial partner, in the company's currency.

        :param payment: False leaves out how they paid, which a check of the limit does not need
        :return: ``{partner id: {"receivable", "overdue", "undelivered", "exposure", "invoices", "paid", "on_time",
            "days_late"}}``; amounts in the company's currency, the rest counts and average days
        """
        empty = dict.fromkeys(
            ("receivable", "overdue", "undelivered", "exposure", "invoices", "paid", "on_time", "days_late"), 0.0
        )
        result = {partner_id: dict(empty) for partner_id in partners.ids}
        if not result:
            return result
        today = company._paper_today()
        queries = [self._receivable_query, self._undelivered_query]
        if payment:
            queries.append(self._payment_query)
        for query in queries:
            names, sql = query(partners, company, today)
            # Read as the database sees it: the credit rule holds for all orders, whoever may read the ledger.
            for partner_id, *values in self.env.execute_query(sql):
                result[partner_id].update(zip(names, (float(value or 0) for value in values), strict=True))
        for figures in result.values():
            figures["exposure"] = figures["receivable"] + figures["undelivered"]
        return result

    @api.model
    def _receivable_query(self, partners, company, today):
        self.env["account.move.line"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        return ("receivable", "overdue"), SQL(
            """SELECT partner.commercial_partner_id, SUM(line.amount_residual),
                      SUM(line.amount_residual) FILTER (WHERE line.date_maturity < %(today)s AND line.amount_residual > 0)
                 FROM account_move_line line
                 JOIN account_account account ON account.id = line.account_id
                 JOIN res_partner partner ON partner.id = line.partner_id
                WHERE account.account_type = 'asset_receivable' AND line.parent_state = 'posted'
                  AND line.company_id = %(company)s AND partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            today=today,
            company=company.id,
            partners=partners._ids,
        )

    @api.model
    def _payment_query(self, partners, company, today):
        self.env["account.partial.reconcile"].flush_model()
        return ("invoices", "paid", "on_time", "days_late"), SQL(
            """SELECT due.commercial_partner_id, COUNT(*), COUNT(*) FILTER (WHERE due.paid),
                      COUNT(*) FILTER (WHERE due.paid AND due.last_payment <= due.date_maturity),
                      AVG(GREATEST(due.last_payment - due.date_maturity, 0)) FILTER (WHERE due.paid)
                 FROM (SELECT partner.commercial_partner_id, line.date_maturity, line.amount_residual = 0 AS paid,
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
             GROUP BY due.commercial_partner_id""",
            company=company.id,
            partners=partners._ids,
        )

    @api.model
    def _undelivered_query(self, partners, company, today):
        """Confirmed and not invoiced yet: what was delivered but not billed is owed just as well."""
        self.env["sale.order.line"].flush_model()
        self.env["sale.order"].flush_model(["state", "currency_rate", "partner_id", "company_id"])
        return ("undelivered",), SQL(
            """SELECT partner.commercial_partner_id,
                      SUM(line.price_total / COALESCE(NULLIF(sale.currency_rate, 0), 1)
                          * GREATEST(line.product_uom_qty - line.qty_invoiced, 0) / line.product_uom_qty)
                 FROM sale_order_line line
                 JOIN sale_order sale ON sale.id = line.order_id
                 JOIN res_partner partner ON partner.id = sale.partner_id
                WHERE sale.state = 'sale' AND line.product_uom_qty > 0 AND line.display_type IS NULL
                  AND sale.company_id = %(company)s AND partner.commercial_partner_id IN %(partners)s
             GROUP BY partner.commercial_partner_id""",
            company=company.id,
            partners=partners._ids,
        )

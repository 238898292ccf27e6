from odoo import models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

CONDITION_STEPS = ("plan", "produce", "dispatch")
CONDITION_CODE = "credit_condition"


class SaleOrder(models.Model):
    """What was agreed as the condition of credit: the prepayment, recorded, and the guarantee, on file, release the
    production of a confirmed order. Whoever has to perform first and has not, may not ask for the other's
    performance (Civil Code, article 526).
    """

    _inherit = "sale.order"

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step not in CONDITION_STEPS:
            return blockers
        # sudo: the credit rule holds for every order, whoever may read the decision
        bound = self.filtered(lambda order: order.is_paper_order and order._paper_is_agreed()).sudo()
        bound = bound.filtered(
            lambda order: order.paper_credit_review_id.prepayment_percent or order._lacks_guarantee()
        )
        lacking = bound._prepayments_lacking()
        for order in self.browse(bound.ids):
            for text in order._condition_obstacles(lacking.get(order.id, 0.0)):
                blockers[order].append(order._credit_blocker(CONDITION_CODE, text, order._open_order_action()))
        return blockers

    def _lacks_guarantee(self):
        """Say whether the decision asks for a guarantee and none that is valid is on file."""
        self.ensure_one()
        review = self.paper_credit_review_id
        if not review or review.guarantee == "none":
            return False
        return not any(
            document.kind == "guarantee" and document.company_id == self.company_id and document._is_valid()
            for document in self.partner_id.commercial_partner_id.paper_credit_document_ids
        )

    def _condition_obstacles(self, lacking):
        self.ensure_one()
        _ = self.env._
        order = self.sudo()  # sudo: see _get_blockers
        found = []
        currency = order.company_id.currency_id
        if currency.compare_amounts(lacking, 0) > 0:
            found.append(
                _(
                    "The prepayment of %(percent)s %% is not recorded: %(amount)s is still to come.",
                    percent=f"{order.paper_credit_review_id.prepayment_percent:g}",
                    amount=formatLang(self.env, lacking, currency_obj=currency),
                )
            )
        if order._lacks_guarantee():
            kinds = dict(order.paper_credit_review_id._fields["guarantee"]._description_selection(self.env))
            kind = kinds[order.paper_credit_review_id.guarantee]
            found.append(_("The guarantee (%(kind)s) is not on file, or has expired.", kind=kind))
        return found

    def _prepayments_lacking(self):
        """Return how much prepayment each order still lacks, ``{order id: amount in the company's currency}``.

        What was paid on an order's own invoices counts for it. What the customer paid without saying for what counts
        for his confirmed orders in their order, so that no money releases two of them.
        """
        lacking = {}
        for company, orders in self.grouped("company_id").items():
            partners = orders.partner_id.commercial_partner_id
            # sudo: see _get_blockers
            figures = self.env["paper.credit.ledger"].sudo()._figures(partners, company, payment=False)
            free = {partner.id: figures[partner.id]["prepayment"] for partner in partners}
            for partner_id, order_id, amount, percent, paid in self.env.execute_query(
                self._prepayment_query(partners, company)
            ):
                needed = max(float(amount) * percent / 100 - float(paid), 0.0)
                given = min(free[partner_id], needed)
                free[partner_id] -= given
                lacking[order_id] = needed - given
        return lacking

    def _prepayment_query(self, partners, company):
        for model in ("sale.order", "sale.order.line", "account.move", "account.move.line", "paper.credit.review"):
            self.env[model].flush_model()
        return SQL(
            """SELECT partner.commercial_partner_id, sale.id,
                      sale.amount_total / COALESCE(NULLIF(sale.currency_rate, 0), 1)::numeric,
                      review.prepayment_percent::float, COALESCE(own.paid, 0)
                 FROM sale_order sale
                 JOIN res_partner partner ON partner.id = sale.partner_id
                 JOIN paper_credit_review review ON review.id = sale.paper_credit_review_id
            LEFT JOIN (SELECT invoiced.order_id, SUM(invoiced.paid) AS paid
                         FROM (SELECT DISTINCT line.order_id, move.id,
                                      move.amount_total_signed - move.amount_residual_signed AS paid
                                 FROM sale_order_line line
                                 JOIN sale_order open_order ON open_order.id = line.order_id
                                 JOIN sale_order_line_invoice_rel link ON link.order_line_id = line.id
                                 JOIN account_move_line entry ON entry.id = link.invoice_line_id
                                 JOIN account_move move ON move.id = entry.move_id
                                 JOIN res_partner buyer ON buyer.id = open_order.partner_id
                                WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_refund')
                                  AND buyer.commercial_partner_id IN %(partners)s) invoiced
                     GROUP BY invoiced.order_id) own ON own.order_id = sale.id
                WHERE sale.state = 'sale' AND review.prepayment_percent > 0
                  AND COALESCE(sale.invoice_status, '') != 'invoiced'
                  AND sale.company_id = %(company)s AND partner.commercial_partner_id IN %(partners)s
             ORDER BY sale.date_order, sale.id""",
            company=company.id,
            partners=partners._ids or (0,),
        )

from odoo import api, fields, models
from odoo.addons.paper_base.lib.lead import Lead
from odoo.addons.paper_base.models.steps.locking import pass_in_turn
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ...exceptions import CreditRequestError
from .paper_credit_review import CREDIT_GROUP
from .res_partner import CREDIT_READERS, reads_credit

# The moments at which credit is looked at, each with the steps that belong to it (R3.2.2). Who lets an order pass one
# step of a moment lets it pass the others.
CREDIT_MOMENTS = (("evaluate",), ("contract", "confirm"), ("plan", "produce"), ("dispatch",))
CREDIT_CODE = "credit"
# What was agreed as the condition of credit releases the performance of a confirmed order.
PERFORMANCE_STEPS = ("plan", "produce", "dispatch")
CONDITION_CODE = "credit_condition"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_credit_valid = fields.Boolean(
        string="Credit Approved", compute="_compute_paper_credit_valid", groups="base.group_user"
    )
    paper_credit_hold = fields.Text(
        string="Credit Hold", compute="_compute_paper_credit_hold", groups="base.group_user"
    )

    paper_credit_review_id = fields.Many2one(
        "paper.credit.review",
        string="Credit Decision",
        by_steps=True,
        index="btree_not_null",
        check_company=True,
        groups=CREDIT_READERS,
        help="The decision that the order was confirmed under; its prepayment and guarantee hold the production.",
    )
    can_request_credit = fields.Boolean(compute="_compute_can_request_credit", groups="base.group_user")

    @api.model
    def _paper_leads(self):
        return [*super()._paper_leads(), Lead("action_request_credit", "can_request_credit", "credit")]

    @api.depends("paper_credit_valid", "is_paper_order", "state", "paper_order_type")
    @api.depends_context("uid")
    def _compute_can_request_credit(self):
        sells = self.env.user.has_group("paper_base.group_sales")
        for order in self:
            order.can_request_credit = sells and order._needs_credit()

    def _needs_credit(self):
        """Say whether the customer's credit has to be reviewed before the order can go on."""
        self.ensure_one()
        asked = self.is_paper_order and self._paper_asks_credit()
        return asked and self.state in ("draft", "sent") and not self.paper_credit_valid

    @api.depends("partner_id.commercial_partner_id", "company_id")
    def _compute_paper_credit_valid(self):
        for order in self:
            review = order._paper_credit_review()
            order.paper_credit_valid = bool(review) and review._is_valid()

    @api.depends_context("lang", "uid")
    @api.depends("state")
    def _compute_paper_credit_hold(self):
        """Say what holds a confirmed order for the customer's credit; nothing of a closed or overridden one."""
        # sudo: each department sees why the order stands still (R4.2.2)
        running = self.sudo().filtered(lambda order: order._paper_is_agreed() and order._has_goods_to_deliver())
        found = running._get_open_blockers("dispatch") if running else {}
        for order in self:
            texts = [item["message"] for item in found.get(order.sudo(), []) if item["code"].startswith(CREDIT_CODE)]
            order.paper_credit_hold = "\n".join(texts)

    def _paper_credit_review(self, reviews=None):
        """Return the review that counts for this order's customer: the valid one, else the latest.

        Reads relational fields only, so that a batch of orders costs as many queries as one.

        :param reviews: those of the customer, where they are known
        """
        self.ensure_one()
        if reviews is None:
            # sudo: the credit rule holds for every order, whoever may read the reviews
            reviews = self.sudo().partner_id.commercial_partner_id.paper_credit_review_ids
        own = reviews.filtered(lambda review: review.company_id == self.company_id).sorted("id", reverse=True)
        return own.filtered(lambda review: review._is_valid())[:1] or own[:1]

    def _has_goods_to_deliver(self):
        """Say whether anything of the order is still to be delivered: else there is nothing left to hold."""
        self.ensure_one()
        return any(line.product_uom_qty > line.qty_delivered for line in self.order_line if not line.display_type)

    def _paper_is_agreed(self):
        """Say whether a contract binds the mill to this order already. Override where something else binds it."""
        self.ensure_one()
        return self.state == "sale"

    # Blockers

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "change":
            # A change of a confirmed order is no new credit; what it adds is looked at before production.
            return {
                order: [item for item in found if not item["code"].startswith(CREDIT_CODE)]
                for order, found in blockers.items()
            }
        if not any(step in moment for moment in CREDIT_MOMENTS):
            return blockers
        # Before confirmation the contract's step says it; the confirmation itself is looked at once it is written,
        # for all its orders together (see _check_confirm_blockers of the base), so that none slips past another.
        papers = self.filtered(
            lambda order: order.is_paper_order and order._paper_asks_credit() and (step != "confirm" or order.state == "sale")
        )
        for company, orders in papers.grouped("company_id").items():
            partners = orders.partner_id.commercial_partner_id
            # sudo: see _paper_credit_review
            figures = self.env["paper.credit.ledger"].sudo()._figures(partners, company, payment=False)
            # sudo: as above
            reviews = self.env["paper.credit.review"].sudo().search_fetch(
                [("partner_id", "in", partners.ids), ("company_id", "=", company.id)]
            )
            for partner in partners:
                figures[partner.id]["reviews"] = reviews.filtered(lambda review, p=partner: review.partner_id == p)
            for order in orders:
                found = order._credit_blockers(step, figures[order.partner_id.commercial_partner_id.id])
                if found and not order._credit_moment_overridden(step):
                    blockers[order] += found
        if step in PERFORMANCE_STEPS:
            for order, found in self._condition_blockers().items():
                blockers[order] += found
        return blockers

    def _credit_moment_overridden(self, step):
        """Say whether somebody entitled let the order pass another step of the same moment."""
        self.ensure_one()
        moment = next(steps for steps in CREDIT_MOMENTS if step in steps)
        others = set(moment) - {step}
        # sudo: a customer who signs must meet the same rule without reading its overrides
        return any(rec.step in others and rec.code == CREDIT_CODE for rec in self.sudo().paper_override_ids)

    def _credit_blockers(self, step, figures):
        """Return the blockers of one order at one of the four moments. Override to add a rule."""
        self.ensure_one()
        text = self._credit_obstacle(figures)
        found = []
        if text:
            action = self.env["paper.way.out"]._open(self._paper_credit_review(figures.get("reviews")) or self)
            found = [self._credit_blocker(CREDIT_CODE, text, action)]
        if step in PERFORMANCE_STEPS and (found or figures["suspensions"]) and self._paper_is_agreed():
            return self._performance_blockers(found)
        return found

    def _credit_blocker(self, code, text, action=None):
        """Return a blocker of the credit department; who may not read credit, a customer above all, learns no figure."""
        shared = self._credit_shared_sentence()
        if not self.env.user._is_internal():
            text, action = self.env._("The mill is still reviewing this order."), None
        elif not reads_credit(self.env):
            text, action = shared, None
        return self._paper_blocker(code, text, action, role=CREDIT_GROUP, shared=shared)

    @api.model
    def _credit_shared_sentence(self):
        """Return what a department that may not read credit is told of it."""
        return self.env._("The customer's credit holds this order. The credit department decides how it goes on.")

    def _credit_obstacle(self, figures, added=None):
        """Return why this order may not go on by the customer's credit; "" if it may.

        :param added: what it adds to the risk, in the company's currency; what the order itself adds unless given
        """
        self.ensure_one()
        _ = self.env._
        review = self._paper_credit_review(figures.get("reviews"))
        customer = self.partner_id.commercial_partner_id.display_name
        if not review:
            return _("%(customer)s has no credit review. Send one to the credit department.", customer=customer)
        if review.state == "draft":
            return _("The credit review of %(customer)s is not decided yet.", customer=customer)
        if review.state == "refused":
            return _("The credit department refused credit to %(customer)s.", customer=customer)
        if not review._is_valid():
            return _("The credit review of %(customer)s has expired. Ask for a new one.", customer=customer)
        return self._limit_obstacle(review, figures, added)

    def _limit_obstacle(self, review, figures, added=None):
        """Return what the ledger says against this order: long overdue, or above the limit."""
        company = self.company_id.sudo()  # sudo: the rule holds for whoever meets it
        if added is None:
            added = 0 if self.state == "sale" else self._amount_on_credit(review)
        total = figures["at_risk"] + added
        if figures["overdue_long"] <= 0 and total <= review.limit:
            return ""  # nothing is rounded, and no currency read, for most orders
        currency = company.currency_id
        customer = self.partner_id.commercial_partner_id.display_name
        if currency.compare_amounts(figures["overdue_long"], 0) > 0:
            return self.env._(
                "%(amount)s of %(customer)s has been overdue for more than %(days)s days.",
                amount=formatLang(self.env, figures["overdue_long"], currency_obj=currency),
                customer=customer,
                days=company.paper_credit_overdue_days,
            )
        if currency.compare_amounts(total, review.limit) > 0:
            return self.env._(
                "With this order %(customer)s would owe %(total)s, above the limit of %(limit)s.",
                customer=customer,
                total=formatLang(self.env, total, currency_obj=currency),
                limit=formatLang(self.env, review.limit, currency_obj=currency),
            )
        return ""

    def _amount_on_credit(self, review, amount=None):
        """Return what this order, or an ``amount`` of it, would add to the risk, in the company's currency: not what is paid in
        advance."""
        self.ensure_one()
        amount = self.amount_total if amount is None else amount
        return amount / (self.currency_rate or 1) * (1 - review.prepayment_percent / 100)

    # What was agreed as the condition of credit: the prepayment, recorded, and the guarantee, on file. Whoever has to
    # perform first and has not, may not ask for the other's performance (Civil Code, article 526).

    def _condition_blockers(self):
        """Return what of the conditions of their credit is not met by confirmed orders: ``{order: [blocker, …]}``."""
        # sudo: the credit rule holds for every order, whoever may read the decision
        bound = self.filtered(lambda order: order.is_paper_order and order._paper_is_agreed()).sudo()
        bound = bound.filtered(
            lambda order: order.paper_credit_review_id.prepayment_percent or order._lacks_guarantee()
        )
        lacking = bound._prepayments_lacking()
        return {
            order: [
                order._credit_blocker(CONDITION_CODE, text, order._open_order_action())
                for text in order._condition_obstacles(lacking.get(order.id, 0.0))
            ]
            for order in self.browse(bound.ids)
        }

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
        order = self.sudo()  # sudo: see _condition_blockers
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
            # sudo: see _condition_blockers
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

    # A customer whose credit stands against it is not asked to sign or pay before the mill has agreed.

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self._is_held_by_credit()

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._is_held_by_credit()

    def _is_confirmation_amount_reached(self):
        # A payment that arrives early must not confirm; it stays as a credit of the order.
        return super()._is_confirmation_amount_reached() and not self._is_held_by_credit()

    def _is_held_by_credit(self):
        # sudo: the rule is the same whatever the user may read
        found = self.sudo()._get_open_blockers("contract")
        return any(item["code"].startswith(CREDIT_CODE) for items in found.values() for item in items)

    def write(self, vals):
        if vals.get("state") == "sale":
            self._claim_credit()
        return super().write(vals)

    def _claim_credit(self):
        """Note the decision that each order is confirmed under, and let no other confirmation of the customer pass by."""
        reviews = {}
        for order in self.filtered(lambda rec: rec.is_paper_order and rec.state != "sale" and rec._paper_asks_credit()):
            review = order._paper_credit_review()
            if review and review._is_valid():
                reviews.setdefault(review, self.browse())
                reviews[review] |= order
        for review, orders in reviews.items():
            # sudo: whoever confirms, a customer too, confirms under the mill's decision
            orders.sudo()._by_step().write({"paper_credit_review_id": review.id})
        pass_in_turn(self.env["paper.credit.review"].union(*reviews), "claim_count")

    def _get_milestones(self):
        milestones = super()._get_milestones()
        names = {"draft": "current", "refused": "failed", "approved": "todo", "expired": "todo"}
        for order in self.filtered("is_paper_order"):
            review = order._paper_credit_review()
            asked = order._paper_asks_credit()
            valid = asked and bool(review) and review._is_valid()
            milestones[order].append(
                self._paper_milestone(
                    "credit",
                    self.env._("Credit approved"),
                    "skipped" if not asked else "done" if valid else names.get(review.state, "todo"),
                    date=review.decided_on if valid else None,
                    department="credit" if asked else None,
                    clause="R3.2.2",
                    internal=True,
                )
            )
        return milestones

    def action_request_credit(self):
        """Send the customer's credit review to the credit department (R3.2.2).

        :return: action on the open review, a new one if none is open
        """
        self.ensure_one()
        self.check_access("write")
        if not self._needs_credit():
            raise CreditRequestError(self.env._("%(order)s needs no credit review now.", order=self.name))
        partner = self.partner_id.commercial_partner_id
        Review = self.env["paper.credit.review"]
        review = Review.search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.company_id.id), ("state", "=", "draft")], limit=1
        )
        if not review:
            review = Review.create({"partner_id": partner.id, "company_id": self.company_id.id, "order_id": self.id})
            review._ask_department()
        return review._get_records_action(name=self.env._("Credit Review"))

    def action_open_credit_reviews(self):
        """Open the credit reviews of the order's customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_credit.action_paper_credit_review")
        partner = self.partner_id.commercial_partner_id
        return {**action, "domain": [("partner_id", "=", partner.id)], "context": {"default_partner_id": partner.id}}

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

from ..exceptions import DispatchRightError

KEEPERS = ("paper_base.group_sales", "paper_base.group_finance", "account.group_account_invoice")


class PaperStatement(models.TransientModel):
    """A customer's statement of account for a month: deliveries with accepted weights, returns, payments, balance."""

    _name = "paper.statement"
    _description = "Statement of Account"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True)
    date_from = fields.Date(string="From", required=True, default=lambda self: self.env.company._paper_today().replace(day=1))
    date_to = fields.Date(string="To", required=True, compute="_compute_date_to", store=True, readonly=False, precompute=True)

    _period = models.Constraint("CHECK(date_to >= date_from)", "A period ends after it begins.")

    @api.depends("date_from")
    def _compute_date_to(self):
        for statement in self:
            statement.date_to = statement.date_from + relativedelta(months=1, days=-1)

    def action_print(self):
        self._check_keeper()
        return self.env.ref("paper_delivery.action_report_statement").report_action(self, config=False)

    def _check_keeper(self):
        if not any(self.env.user.has_group(group) for group in KEEPERS):
            raise DispatchRightError(self.env._("A statement of account names prices: sales and finance print it."))

    def _facts(self):
        """Return what the statement prints: deliveries, returns, payments and the balance before and after."""
        self.ensure_one()
        self._check_keeper()
        own = self.sudo()  # sudo: the statement adds up what its reader may not open one by one
        company, customer = own.company_id, own.partner_id.commercial_partner_id
        begin, end = company._paper_day_begins(own.date_from), company._paper_day_begins(own.date_to + relativedelta(days=1))
        of_customer = [("sale_id.partner_id.commercial_partner_id", "=", customer.id), ("company_id", "=", company.id)]
        moved = [("state", "=", "done"), ("date_done", ">=", begin), ("date_done", "<", end), *of_customer]
        pickings = own.env["stock.picking"].search(moved, order="date_done")
        paid = own.env["account.payment"].search(
            [
                ("partner_id.commercial_partner_id", "=", customer.id),
                ("company_id", "=", company.id),
                ("payment_type", "=", "inbound"),
                ("state", "in", ("in_process", "paid")),
                ("date", ">=", own.date_from),
                ("date", "<=", own.date_to),
            ],
            order="date",
        )
        return {
            "deliveries": pickings.paper_receipt_ids,
            "returns": pickings.move_ids.filtered(lambda move: move.location_id.usage == "customer" and move.product_id.is_paper),
            "payments": paid,
            "before": own._balance(own.date_from),
            "after": own._balance(own.date_to + relativedelta(days=1)),
        }

    def _balance(self, day):
        """Return what the customer owed when ``day`` began, in the company's currency."""
        lines = self.env["account.move.line"]._read_group(
            [
                ("partner_id.commercial_partner_id", "=", self.partner_id.commercial_partner_id.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.company_id.id),
                ("date", "<", day),
            ],
            [],
            ["balance:sum"],
        )
        return lines[0][0] or 0.0

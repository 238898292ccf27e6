from odoo import api, fields, models
from odoo.tools import SQL

from ..order.paper_order_report import AMOUNT_READERS

LEAST_PURCHASES = 4  # three intervals: of fewer, nobody can say what is usual
LEAST_CUSTOMERS = 5  # fewer cannot be divided into fifths


class PaperCustomerRhythm(models.Model):
    """How a customer buys (R8.2.1): recency, frequency and amount of the last twelve months, the interval between purchases
    (median and P80) and when the next order is expected by it. Orders of one day are one purchase. Read from the facts
    whenever somebody looks; of too few purchases nothing is expected.
    """

    _name = "paper.customer.rhythm"
    _description = "Buying Behaviour of a Customer"
    _auto = False
    _log_access = False
    _order = "late_on, last_on desc, id"
    _rec_name = "partner_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    first_on = fields.Date(string="First Order", readonly=True)
    last_on = fields.Date(string="Last Order", readonly=True)
    recency_days = fields.Integer(string="Since the Last Order (days)", readonly=True, aggregator=None)
    purchase_count = fields.Integer(string="Purchases", readonly=True, help="Days on which orders were confirmed, ever.")
    frequency = fields.Integer(string="Purchases, 12 Months", readonly=True)
    year_kg = fields.Float(string="Ordered, 12 Months (kg)", readonly=True, help="Less what was cancelled.")
    year_amount = fields.Monetary(string="Amount, 12 Months", readonly=True, groups=AMOUNT_READERS)
    reel_percent = fields.Float(string="Reels (%)", readonly=True, aggregator=None, help="Share of reels in the weight ordered.")
    interval_days = fields.Float(
        string="Usual Interval (days)", readonly=True, aggregator=None, digits=(16, 1), help="Median between two purchases."
    )
    long_days = fields.Float(
        string="Long Interval, P80 (days)",
        readonly=True,
        aggregator=None,
        digits=(16, 1),
        help="Four of five intervals were no longer.",
    )
    next_on = fields.Date(
        string="Next Order Expected", readonly=True, help="Last order and the usual interval, or as the customer said."
    )
    late_on = fields.Date(
        string="Overdue After", readonly=True, help="Last order and the long interval, or as the customer said."
    )
    recency_score = fields.Integer(
        string="Recency Score",
        readonly=True,
        aggregator=None,
        help="Recency, 5 the best fifth of the customers, 1 the last; 0: too few.",
    )
    frequency_score = fields.Integer(
        string="Frequency Score",
        readonly=True,
        aggregator=None,
        help="Frequency, 5 the best fifth of the customers, 1 the last; 0: too few.",
    )
    amount_score = fields.Integer(
        string="Amount Score",
        readonly=True,
        aggregator=None,
        groups=AMOUNT_READERS,
        help="Amount, 5 the best fifth of the customers, 1 the last; 0: too few.",
    )
    state = fields.Selection(
        [
            ("little", "Too Few Purchases to Tell"),
            ("early", "Not Yet Expected"),
            ("due", "Expected"),
            ("overdue", "Overdue"),
            ("lost", "Orders No Longer"),
        ],
        string="Next Order",
        readonly=True,
    )
    reason = fields.Selection(
        lambda self: self.env["paper.customer.answer"]._fields["reason"]._description_selection(self.env), readonly=True
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH bought AS (
                SELECT company_id, partner_id, date, MAX(currency_id) AS currency_id, MAX(user_id) AS user_id,
                       SUM(ordered_kg) FILTER (WHERE paper_format = 'reel') AS reel_kg, SUM(ordered_kg) AS kg,
                       date - LAG(date) OVER (PARTITION BY company_id, partner_id ORDER BY date) AS days
                  FROM paper_fact_order
                 WHERE event = 'ordered' AND is_counted AND date <= %(today)s AND partner_id IS NOT NULL
                 GROUP BY company_id, partner_id, date
            ),
            rhythm AS (
                SELECT company_id, partner_id, MAX(currency_id) AS currency_id, MIN(date) AS first_on, MAX(date) AS last_on,
                       (ARRAY_AGG(user_id ORDER BY date DESC))[1] AS user_id, COUNT(*) AS purchases,
                       COUNT(*) FILTER (WHERE date > %(year)s) AS frequency, 100 * SUM(reel_kg) / NULLIF(SUM(kg), 0) AS reels,
                       PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days) AS median,
                       PERCENTILE_CONT(0.8) WITHIN GROUP (ORDER BY days) AS p80
                  FROM bought GROUP BY company_id, partner_id
            ),
            worth AS (
                SELECT company_id, partner_id, SUM(ordered_kg - cancelled_kg) AS kg,
                       SUM(ordered_amount - cancelled_amount) AS amount
                  FROM paper_fact_order
                 WHERE event IN ('ordered', 'cancelled') AND is_counted AND date > %(year)s AND date <= %(today)s
                 GROUP BY company_id, partner_id
            ),
            answer AS (
                SELECT DISTINCT ON (company_id, partner_id) company_id, partner_id, asked_on, outcome, reason, expected_on
                  FROM paper_customer_answer ORDER BY company_id, partner_id, asked_on DESC, id DESC
            ),
            expected AS (
                SELECT rhythm.*, COALESCE(worth.kg, 0) AS kg, COALESCE(worth.amount, 0) AS amount, answer.outcome, answer.reason,
                       COALESCE(answer.expected_on, CASE WHEN purchases >= %(least)s
                           THEN last_on + ROUND(median)::int END) AS next_on,
                       COALESCE(answer.expected_on, CASE WHEN purchases >= %(least)s
                           THEN last_on + CEIL(p80)::int END) AS late_on,
                       COUNT(*) OVER company >= %(customers)s AS can_rank,
                       CEIL(5 * CUME_DIST() OVER (PARTITION BY rhythm.company_id ORDER BY last_on)) AS r,
                       CEIL(5 * CUME_DIST() OVER (PARTITION BY rhythm.company_id ORDER BY frequency)) AS f,
                       CEIL(5 * CUME_DIST() OVER (PARTITION BY rhythm.company_id ORDER BY COALESCE(worth.amount, 0))) AS m
                  FROM rhythm
                  LEFT JOIN worth USING (company_id, partner_id)
                  LEFT JOIN answer ON answer.company_id = rhythm.company_id AND answer.partner_id = rhythm.partner_id
                   AND answer.asked_on > rhythm.last_on
                WINDOW company AS (PARTITION BY rhythm.company_id)
            )
            SELECT partner_id::bigint * 10000 + company_id AS id, company_id, currency_id, partner_id, user_id, first_on, last_on,
                   %(today)s - last_on AS recency_days, purchases AS purchase_count, frequency, kg AS year_kg,
                   amount AS year_amount, ROUND(reels::numeric, 1) AS reel_percent,
                   CASE WHEN purchases >= %(least)s THEN median END AS interval_days,
                   CASE WHEN purchases >= %(least)s THEN p80 END AS long_days, next_on, late_on, reason,
                   CASE WHEN can_rank THEN r ELSE 0 END::int AS recency_score,
                   CASE WHEN can_rank THEN f ELSE 0 END::int AS frequency_score,
                   CASE WHEN can_rank THEN m ELSE 0 END::int AS amount_score,
                   CASE WHEN outcome = 'lost' THEN 'lost' WHEN late_on IS NULL THEN 'little'
                        WHEN late_on < %(today)s THEN 'overdue'
                        WHEN next_on <= %(today)s THEN 'due' ELSE 'early' END AS state
              FROM expected
            """,
            today=self.env.company._paper_today(),
            year=fields.Date.subtract(self.env.company._paper_today(), years=1),
            least=LEAST_PURCHASES,
            customers=LEAST_CUSTOMERS,
        )

    def action_answer(self):
        """Note what the customer says."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Answer of the Customer"),
            "res_model": "paper.customer.answer",
            "view_mode": "form",
            "target": "new",
            "context": {"default_partner_id": self.partner_id.id, "default_company_id": self.company_id.id},
        }

    def action_open_facts(self):
        """Open what the customer bought: the paper, the days, the orders behind them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_stats.action_paper_fact_order")
        domain = [("partner_id", "=", self.partner_id.id), ("company_id", "=", self.company_id.id), ("event", "=", "ordered")]
        return {**action, "domain": domain, "context": {}, "views": [(False, "list"), (False, "pivot"), (False, "graph")]}

    @api.model
    def _overdue_domain(self):
        """Return the customers of whom an order is overdue and who were not asked yet."""
        return [("state", "=", "overdue"), ("company_id", "in", self.env.companies.ids)]

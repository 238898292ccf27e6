from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import SQL, LazyTranslate
from odoo.tools.date_utils import start_of

from ...exceptions import PeriodError, PeriodRightError, SnapshotError

_lt = LazyTranslate(__name__)

MANAGEMENT, FINANCE = "paper_base.group_management", "paper_base.group_finance"
MONTHS = {"month": 1, "quarter": 3, "year": 12}


class PaperStatsPeriod(models.Model):
    """A month, quarter or year of a company. Finance or management closes it once it is over: its figures are copied then and
    stay as reported. What changes in its days later shows as a correction beside them. Management alone opens it again,
    with a reason; what was reported before stays in its earlier copy.
    """

    _name = "paper.stats.period"
    _description = "Period of the Statistics"
    _inherit = ["mail.thread", "paper.step.mixin"]
    _order = "date_from desc, date_to"
    _all_by_steps = True
    _field_error = SnapshotError
    _state_error = PeriodError
    _right_error = PeriodRightError
    _steps = {"open": {"frozen": (FINANCE, MANAGEMENT)}, "frozen": {"open": (MANAGEMENT,)}}
    _step_verbs = {"freeze": "frozen", "reopen": "open"}
    _entering = {
        "frozen": Entering(check="_check_over", then="_take_snapshot", by="frozen_by_id", on="frozen_on"),
        "open": Entering(),
    }
    _reason_steps = {
        "action_reopen": ReasonStep(_lt("Open the Period Again"), hint=_lt("What was wrong in the figures that were reported"))
    }

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection([("month", "Month"), ("quarter", "Quarter"), ("year", "Year")], required=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    date_from = fields.Date(required=True)
    date_to = fields.Date(required=True)
    state = fields.Selection([("open", "Open"), ("frozen", "Closed")], default="open", required=True, tracking=True)
    frozen_by_id = fields.Many2one("res.users", string="Closed by")
    frozen_on = fields.Datetime(string="Closed on")
    snapshot_ids = fields.One2many("paper.stats.snapshot", "period_id", string="Reported")
    snapshot_id = fields.Many2one("paper.stats.snapshot", string="Last Reported", ondelete="restrict")
    line_ids = fields.One2many(related="snapshot_id.line_ids")
    hash = fields.Char(related="snapshot_id.hash", string="Checksum")
    correction_ids = fields.One2many("paper.stats.correction", "period_id", string="Corrections")
    correction_count = fields.Integer(compute="_compute_correction_count")
    can_freeze = fields.Boolean(compute="_compute_can_steps")
    can_reopen = fields.Boolean(compute="_compute_can_steps")

    _once = models.Constraint("UNIQUE(company_id, kind, date_from)", "This period exists already.")
    _frozen_idx = models.Index("(company_id, date_from, date_to) WHERE state = 'frozen'")

    @api.depends("kind", "date_from")
    @api.depends_context("lang")
    def _compute_name(self):
        for period in self:
            day = period.date_from
            if not day:
                period.name = False
            elif period.kind == "month":
                period.name = f"{day:%Y-%m}"
            elif period.kind == "quarter":
                period.name = self.env._("%(year)s, quarter %(quarter)s", year=day.year, quarter=(day.month + 2) // 3)
            else:
                period.name = str(day.year)

    def _compute_correction_count(self):
        counts = dict(self.env["paper.stats.correction"]._read_group([("period_id", "in", self.ids)], ["period_id"], ["__count"]))
        for period in self:
            period.correction_count = counts.get(period, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_reported(self):
        for period in self:
            if period.snapshot_ids:
                raise SnapshotError(self.env._("%(period)s was reported. What was reported is kept.", period=period.name))

    # Steps

    def action_freeze(self):
        """Copy the figures of the period as they are now, and keep them so.

        :raises PeriodError: if it is not over yet, where the mill stands, or closed already
        """
        return self._take_step("frozen")

    def action_reopen(self, reason=None):
        """Open a closed period again; its earlier copies stay.

        :raises PeriodRightError: for anybody but management
        """
        self._check_step("open")
        if not said(reason):
            return self._ask_reason("action_reopen")
        for period in self:
            period.message_post(body=self.env._("Opened again: %(reason)s", reason=reason))
        return self._take_step("open")

    def _check_over(self):
        for period in self:
            if period.date_to >= period.company_id._paper_today():
                raise PeriodError(
                    self.env._(
                        "%(period)s ends on %(day)s. It can be closed from the next day on; until then its figures still grow.",
                        period=period.name,
                        day=period.company_id._paper_date(period.date_to),
                    )
                )

        # What waits comes in before the period is closed: it is reported, and no correction.
        # sudo: the statistics read the figures of the whole company, whoever closes its period
        self.env["paper.fact.queue"].sudo()._fill()

    def _take_snapshot(self):
        # sudo: the figures of the whole company are copied, whoever closes its period
        for period in self.sudo():
            period._by_step().snapshot_id = self.env["paper.stats.snapshot"].sudo()._take(period)

    def action_open_corrections(self):
        """Open what changed in the period after it was closed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_stats.action_paper_stats_correction")
        return {**action, "domain": [("period_id", "=", self.id)]}

    # Made by the statistics

    @api.model
    def _make_due(self):
        """Make the months, quarters and years of each company that began with its first figures and are over."""
        # sudo: the nightly run keeps the periods of all companies
        periods = self.sudo()
        known = {(p.company_id.id, p.kind, p.date_from) for p in periods.search([])}
        values = []
        for company, first in self._first_days().items():
            today = company._paper_today()
            for kind, months in MONTHS.items():
                day = start_of(first, kind)
                while (end := day + relativedelta(months=months, days=-1)) < today:
                    if (company.id, kind, day) not in known:
                        values.append({"company_id": company.id, "kind": kind, "date_from": day, "date_to": end, "state": "open"})
                    day = end + relativedelta(days=1)
        return periods._by_step().create(values)

    @api.model
    def _first_days(self):
        firsts = {}
        for fact in self.env["paper.fact.queue"]._facts():
            self.env.cr.execute(
                SQL("SELECT company_id, MIN(date) FROM %s WHERE company_id IS NOT NULL GROUP BY 1", SQL.identifier(fact._table))
            )
            for company, day in self.env.cr.fetchall():
                firsts[company] = min(day, firsts.get(company, day))
        return {self.env["res.company"].browse(company): day for company, day in firsts.items()}

    # Corrections

    @api.model
    def _frozen_figures(self, fact, documents):
        """Return what documents contribute to closed periods: ``{(period, document): {measure: value}}``."""
        self.env.cr.execute("SELECT EXISTS (SELECT FROM paper_stats_period WHERE state = 'frozen')")
        if not self.env.cr.fetchone()[0]:
            return {}
        measures = fact._measures()
        sums = SQL(", ").join(SQL("SUM(fact.%s)", SQL.identifier(name)) for name in measures)
        self.env.cr.execute(
            SQL(
                """
                SELECT period.id, fact.document_id, %s FROM %s fact
                  JOIN paper_stats_period period ON period.state = 'frozen' AND period.company_id = fact.company_id
                   AND fact.date BETWEEN period.date_from AND period.date_to
                 WHERE fact.document_id = ANY(%s) GROUP BY 1, 2
                """,
                sums,
                SQL.identifier(fact._table),
                list(documents),
            )
        )
        return {(row[0], row[1]): dict(zip(measures, row[2:], strict=True)) for row in self.env.cr.fetchall()}

    @api.model
    def _note_corrections(self, fact, documents, before):
        """Note by how much documents changed what was reported."""
        after = self._frozen_figures(fact, documents)
        changes = []
        for period, document in sorted({*before, *after}):
            was, now = before.get((period, document), {}), after.get((period, document), {})
            for measure in fact._measures():
                difference = (now.get(measure) or 0) - (was.get(measure) or 0)
                if difference:
                    changes.append((period, document, measure, difference))
        if changes:
            self.env["paper.stats.correction"]._note(fact, changes)

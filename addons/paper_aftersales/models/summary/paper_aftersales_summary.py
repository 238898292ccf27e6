from dateutil.relativedelta import relativedelta
from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.tools import SQL

from ...exceptions import SummaryError
from ...lib import drawing, figures

HEADS = ("paper_base.group_sales", "paper_base.group_quality", "paper_base.group_management")
DRAFT = {"new": HEADS, "draft": HEADS}
WRITTEN = ("common_problems", "improvement", "prevention")
NONE = "–"
DAYS_TO_WRITE = 10  # after the period


class PaperAftersalesSummary(models.Model):
    """What after-sales taught in a month or quarter (R7.3.2): figures that the system counts, the common problems, improvements
    and prevention that the head writes, actions, and to whom it goes. A draft is made on the first working day; issued, it is
    frozen.
    """

    _name = "paper.aftersales.summary"
    _description = "After-sales Summary"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _steps = {"draft": {"issued": HEADS}, "issued": {}}
    _step_verbs = {"issue": "issued"}
    _acts = {"read": (("issued",), ())}
    _entering = {
        "issued": Entering(
            check="_check_written", values="_prepare_issued", by="issued_by_id", on="issued_on", then="_distribute"
        )
    }
    _evidence_states = ("issued",)
    _evidence_error = SummaryError
    _state_error = SummaryError
    _right_error = SummaryError
    _field_error = SummaryError
    _locked_error = SummaryError

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, by_hand={"new": HEADS}
    )
    period = fields.Selection([("month", "Month"), ("quarter", "Quarter")], required=True, default="month", by_hand=DRAFT)
    date_from = fields.Date(string="From", required=True, index=True, by_hand=DRAFT, default=lambda self: self._last_month())
    date_to = fields.Date(string="To", compute="_compute_date_to", store=True)
    deadline_date = fields.Date(
        string="Due", compute="_compute_date_to", store=True, help="The tenth day after the period."
    )
    state = fields.Selection(
        [("draft", "Draft"), ("issued", "Issued")], required=True, default="draft", index=True, by_steps=True
    )
    author_id = fields.Many2one(
        "res.users", string="Head", required=True, default=lambda self: self.env.user, ondelete="restrict", by_hand=DRAFT
    )
    common_problems = fields.Text(by_hand=DRAFT, help="What came more than once, of product and of service (R7.3.2).")
    improvement = fields.Text(string="Improvements", by_hand=DRAFT)
    prevention = fields.Text(by_hand=DRAFT)
    recipient_ids = fields.Many2many(
        "res.users",
        string="Goes to",
        domain=[("share", "=", False)],
        by_hand=DRAFT,
        help="Research, production, sales, management: by name.",
    )
    action_ids = fields.One2many("paper.aftersales.action", "summary_id", string="Actions")
    earlier_action_ids = fields.Many2many(
        "paper.aftersales.action", string="Actions of Earlier Summaries", compute="_compute_earlier_action_ids"
    )
    frozen = fields.Json(by_steps=True, help="The figures as they were issued.")
    figures_html = fields.Html(compute="_compute_figures_html", string="Figures", sanitize=False)
    issued_by_id = fields.Many2one("res.users", string="Issued by", by_steps=True)
    issued_on = fields.Datetime(string="Issued on", by_steps=True)
    can_issue = fields.Boolean(compute="_compute_can_steps")
    can_read = fields.Boolean(compute="_compute_can_steps")

    _once = models.UniqueIndex("(company_id, period, date_from)", "There is a summary of this period already.")

    @api.model
    def _last_month(self):
        return self.env.company._paper_today().replace(day=1) - relativedelta(months=1)

    @api.depends("period", "date_from")
    def _compute_date_to(self):
        for summary in self:
            months = 3 if summary.period == "quarter" else 1
            summary.date_to = summary.date_from + relativedelta(months=months, days=-1) if summary.date_from else False
            summary.deadline_date = summary.date_to and summary.date_to + relativedelta(days=DAYS_TO_WRITE)

    @api.depends("period", "date_from")
    @api.depends_context("lang")
    def _compute_name(self):
        for summary in self:
            day = summary.date_from
            if not day:
                summary.name = ""
            elif summary.period == "quarter":
                summary.name = self.env._(
                    "After-sales %(year)s, quarter %(quarter)s", year=day.year, quarter=(day.month + 2) // 3
                )
            else:
                summary.name = self.env._("After-sales %(year)s-%(month)s", year=day.year, month=f"{day.month:02}")

    @api.constrains("date_from", "period")
    def _check_begins(self):
        for summary in self:
            first = summary.date_from.day == 1 and (summary.period == "month" or summary.date_from.month % 3 == 1)
            if not first:
                raise SummaryError(self.env._("A period begins on the first day of its month or quarter."))

    @api.depends("date_from", "company_id", "state")
    def _compute_earlier_action_ids(self):
        for summary in self:
            domain = [
                ("company_id", "=", summary.company_id.id),
                ("summary_id", "!=", summary._origin.id),
                "|",
                ("state", "!=", "checked"),
                ("summary_id.date_from", ">=", summary.date_from and summary.date_from - relativedelta(months=3)),
            ]
            summary.earlier_action_ids = self.env["paper.aftersales.action"].search(domain) if summary.date_from else False

    # Figures

    def _rows(self):
        """Return a dict for each case of the period that counts, one query: day, defect, grade, machine, kg, cost, days."""
        self.ensure_one()
        company = self.company_id
        self.env.flush_all()
        machine = self._machine_sql()
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT ticket.id, ticket.create_date AS came, ticket.closed_date AS closed, ticket.defect_id AS defect,
                          spec.grade_id AS grade, %(machine)s AS machine, ticket.claimed_kg AS kg,
                          ticket.accepted_kg AS accepted_kg,
                          ticket.cost AS cost, ticket.severity, ticket.nature, ticket.commercial_partner_id AS customer,
                          (SELECT min(notice.told_on) FROM paper_customer_notice notice
                            WHERE notice.ticket_id = ticket.id) AS answered
                     FROM helpdesk_ticket ticket
                     LEFT JOIN sale_order_line line ON line.id = COALESCE(ticket.sale_order_line_id, (
                          SELECT min(first.id) FROM sale_order_line first
                           WHERE first.order_id = ticket.sale_order_id AND first.paper_spec_id IS NOT NULL))
                     LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
                    WHERE ticket.active AND ticket.company_id = %(company)s AND ticket.create_date >= %(begin)s
                      AND ticket.create_date < %(end)s AND %(counts)s
                    ORDER BY ticket.create_date, ticket.id""",
                machine=machine,
                company=company.id,
                begin=company._paper_day_begins(self.date_from - relativedelta(days=figures.RECURRENCE_DAYS)),
                end=company._paper_day_begins(self.date_to + relativedelta(days=1)),
                counts=self.env["helpdesk.ticket"]._paper_counts_sql(SQL("ticket")),
            )
        )
        return [{**row, "day": company._paper_day(row["came"])} for row in rows]

    @api.model
    def _machine_sql(self):
        """Return SQL of the machine that made the claimed roll of ``ticket``. Override where rolls know it."""
        return SQL("NULL::int")

    def _delivered_kg(self):
        """Return the kilograms that went to customers in the period."""
        company = self.company_id
        groups = self.env["stock.move"]._read_group(
            [
                ("company_id", "=", company.id),
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
                ("product_id.is_paper", "=", True),
                ("date", ">=", company._paper_day_begins(self.date_from)),
                ("date", "<", company._paper_day_begins(self.date_to + relativedelta(days=1))),
            ],
            ["product_uom"],
            ["quantity:sum"],
        )
        return sum(uom._paper_kg(quantity) or 0.0 for uom, quantity in groups)

    def _count(self):
        """Return the figures of the period as plain values; what they mean stands in ``lib/figures.py``."""
        self.ensure_one()
        own = self.sudo()  # sudo: a summary counts the whole mill, whoever of the heads looks at it
        everything = own._rows()
        rows = [row for row in everything if row["day"] >= self.date_from]
        names = own._names(rows)
        kg = own._delivered_kg()
        recurred = figures.recurrences(everything) - figures.recurrences(
            [row for row in everything if row["day"] < self.date_from]
        )
        scores = own._scores()
        return {
            "cases": len(rows),
            "serious": sum(row["severity"] == "serious" for row in rows),
            "open": sum(not row["closed"] for row in rows),
            "delivered_kg": kg,
            "per_1000_t": figures.per_thousand_tonnes(len(rows), kg),
            "claimed_kg": sum(row["kg"] or 0 for row in rows),
            "accepted_kg": sum(row["accepted_kg"] or 0 for row in rows),
            "cost": sum(row["cost"] or 0 for row in rows),
            "recurred": recurred,
            "answer_hours": figures.spread([self._hours(row["came"], row["answered"]) for row in rows]),
            "solution_days": figures.spread([self._hours(row["came"], row["closed"], 24) for row in rows]),
            "satisfaction": figures.spread(scores),
            "open_actions": own.env["paper.aftersales.action"].search_count(
                [("company_id", "=", own.company_id.id), ("state", "=", "open")]
            ),
            "by_defect": figures.pareto((names["defect"].get(row["defect"], NONE), 1) for row in rows),
            "by_grade": figures.pareto((names["grade"].get(row["grade"], NONE), 1) for row in rows),
            "by_machine": figures.pareto((names["machine"].get(row["machine"], NONE), 1) for row in rows),
            "by_kg": figures.pareto((names["defect"].get(row["defect"], NONE), row["kg"] or 0) for row in rows),
            "by_cost": figures.pareto((names["defect"].get(row["defect"], NONE), row["cost"] or 0) for row in rows),
            "crossed": figures.pareto(
                (" × ".join(names[key].get(row[key], NONE) for key in ("defect", "grade", "machine")), 1) for row in rows
            ),
        }

    @api.model
    def _hours(self, begin, end, unit=1):
        return round(max((end - begin).total_seconds(), 0) / 3600 / unit, 1) if begin and end else None

    def _scores(self):
        visits = self.env["paper.quality.visit"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("done", "closed")),
                ("visited_on", ">=", self.date_from),
                ("visited_on", "<=", self.date_to),
                ("score", ">", 0),
            ]
        )
        return visits.mapped("score")

    def _names(self, rows):
        models_ = {"defect": "paper.defect", "grade": "paper.grade", "machine": "mrp.workcenter"}
        found = {}
        for key, model in models_.items():
            ids = {row[key] for row in rows if row[key]}
            found[key] = {rec.id: rec.display_name for rec in self.env[model].browse(ids)} if model in self.env else {}
        return found

    def _figures(self):
        """Return the figures: as issued where they are, else as they are now."""
        self.ensure_one()
        return self.frozen or self._count()

    @api.depends("frozen", "date_from", "date_to", "company_id")
    @api.depends_context("lang")
    def _compute_figures_html(self):
        for summary in self:
            if not summary.date_from or not summary.company_id:
                summary.figures_html = False
                continue
            summary.figures_html = self.env["ir.qweb"]._render(
                "paper_aftersales.summary_figures", {"figures": summary._figures(), "draw": self._draw, "summary": summary}
            )

    @api.model
    def _draw(self, rows):
        return Markup(drawing.pareto_svg([tuple(row) for row in rows]))

    # Steps

    def action_issue(self):
        """Issue the summary: its figures are frozen, it goes to everybody named (R7.3.2).

        :raises SummaryError: without its written parts or its readers
        """
        return self._take_step("issued")

    def _check_written(self):
        for summary in self:
            lacking = [summary._fields[name]._description_string(self.env) for name in WRITTEN if not said(summary[name])]
            if not summary.recipient_ids:
                lacking.append(summary._fields["recipient_ids"]._description_string(self.env))
            if lacking:
                raise SummaryError(
                    self.env._(
                        "%(summary)s is not issued before it says: %(lacking)s.", summary=summary.name, lacking=", ".join(lacking)
                    )
                )
            if summary.date_to >= summary.company_id._paper_today():
                raise SummaryError(self.env._("%(summary)s is issued once the period is over.", summary=summary.name))

    def _prepare_issued(self):
        return {"frozen": self._count()}

    def _distribute(self):
        """Send it by name, as a PDF in each reader's language, and let each confirm that he has read it."""
        for summary in self:
            for lang, readers in summary.recipient_ids.grouped("lang").items():
                there = summary.with_context(lang=lang)
                # sudo: rendering only
                report = self.env["ir.actions.report"].sudo().with_context(lang=lang)
                content = report._render_qweb_pdf("paper_aftersales.action_report_summary", summary.ids)[0]
                there.message_post(
                    subject=there.name,
                    body=there.env._("The after-sales summary is issued. Please read it and use it in your plans."),
                    partner_ids=readers.partner_id.ids,
                    attachments=[(f"{there.name}.pdf", content)],
                    subtype_xmlid="mail.mt_comment",
                )
            for reader in summary.recipient_ids:
                summary.company_id._paper_tell(
                    reader, summary, lambda own: own.env._("Read: %(summary)s", summary=own.name), kind="issued", quietly=True
                )

    def action_read(self):
        """Confirm that one has read it."""
        self._check_act("read")
        # sudo: readers write nothing else, and end their own to-do
        own = self.sudo()
        own.activity_ids.filtered(lambda rec: rec.user_id == self.env.user and rec.paper_kind == "issued").unlink()
        own.message_post(
            body=self.env._("Read by %(name)s", name=self.env.user.name),
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )
        return True

    @api.model
    def _cron_draft(self):
        """Make the drafts of the last month and quarter, on the first working day of the new one or later (R7.3.2)."""
        for company in self.env["res.company"].search([]):
            today = company._paper_today()
            first = today.replace(day=1)
            if not company._paper_work_calendar().working_days_between(first - relativedelta(days=1), today):
                continue
            wanted = [("month", first - relativedelta(months=1))]
            if first.month % 3 == 1:
                wanted.append(("quarter", first - relativedelta(months=3)))
            for period, begin in wanted:
                self._draft(company, period, begin)

    @api.model
    def _draft(self, company, period, begin):
        domain = [("company_id", "=", company.id), ("period", "=", period), ("date_from", "=", begin)]
        heads = company._paper_department_users("paper_base.group_quality") or company._paper_department_users(HEADS[-1])
        if self.search_count(domain, limit=1) or not heads:
            return self.browse()
        readers = heads
        for group in ("technical", "supervisor", "sales", "management"):
            readers |= company._paper_department_users(f"paper_base.group_{group}")[:1]
        values = {"company_id": company.id, "period": period, "date_from": begin, "author_id": heads[0].id}
        summary = self._by_step().create({**values, "recipient_ids": [fields.Command.set(readers.ids)]})
        company._paper_tell(
            (heads[0], "paper_base.group_quality"),
            summary,
            lambda own: own.env._("Write the summary: %(name)s", name=own.name),
            kind="draft",
        )
        return summary

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools import SQL


class PaperMachineMonth(models.Model):
    """A machine in a month: its rates by ISO 22400, how they stand beside all machines of the mill, and which of the three
    factors costs most (R8.1.2). Read from the months of production whenever somebody looks.
    """

    _name = "paper.machine.month"
    _inherit = ["paper.month.mixin"]
    _description = "Machine by Month"
    _auto = False
    _log_access = False
    _order = "month desc, oee_percent"
    _rec_name = "workcenter_id"

    company_id = fields.Many2one("res.company", readonly=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", readonly=True)
    through_kg = fields.Float(string="Through the Machine (kg)", readonly=True)
    run_hours = fields.Float(string="Running (h)", readonly=True)
    down_hours = fields.Float(string="Standing (h)", readonly=True)
    availability_percent = fields.Float(string="Availability (%)", readonly=True, aggregator=None)
    effectiveness_percent = fields.Float(string="Performance (%)", readonly=True, aggregator=None)
    quality_percent = fields.Float(string="Quality Ratio (%)", readonly=True, aggregator=None)
    oee_percent = fields.Float(string="OEE (%)", readonly=True, aggregator=None)
    usual_percent = fields.Float(
        string="OEE of the Mill (%)", readonly=True, aggregator=None, help="Of all machines in the month, by their time."
    )
    point = fields.Selection([("strong", "Strong Point"), ("usual", "Usual"), ("weak", "Weak Point")], readonly=True)
    lost_by = fields.Selection(
        [("availability", "Availability"), ("performance", "Performance"), ("quality", "Quality Ratio")],
        string="Loses Most by",
        readonly=True,
        help="The lowest of the three factors that are known.",
    )
    open_hours = fields.Float(string="Working Schedule (h)", compute="_compute_utilisation")
    utilisation_percent = fields.Float(
        string="Utilisation (%)", compute="_compute_utilisation", help="Running time by the machine's working schedule."
    )

    @property
    def _table_query(self):
        # A rate that nothing says anything about is left out of the product, and is not the lowest.
        quality = SQL("100 * made / NULLIF(gross, 0)")
        return SQL(
            """
            WITH machine AS (
                SELECT MIN(id) AS id, company_id, workcenter_id, month, SUM(through_kg) AS through_kg, SUM(run_minutes) AS run,
                       SUM(down_minutes) AS down, SUM(busy_minutes) AS busy, SUM(planned_minutes) AS planned,
                       SUM(made_kg) AS made, SUM(gross_kg) AS gross
                  FROM paper_fact_production_month WHERE workcenter_id IS NOT NULL GROUP BY company_id, workcenter_id, month
            ),
            rate AS (
                SELECT machine.*, 100 * run / NULLIF(busy, 0) AS availability, 100 * planned / NULLIF(run, 0) AS effectiveness,
                       %(quality)s AS quality,
                       CASE WHEN busy > 0 THEN 100 * run / busy * COALESCE(planned / NULLIF(run, 0),
                           1) * COALESCE(made / NULLIF(gross, 0), 1)
                       END AS oee
                  FROM machine
            ),
            mill AS (
                SELECT rate.*, SUM(oee * busy) OVER (PARTITION BY company_id, month)
                               / NULLIF(SUM(busy) FILTER (WHERE oee IS NOT NULL) OVER (PARTITION BY company_id, month),
                                   0) AS usual
                  FROM rate
            )
            SELECT id, company_id, workcenter_id, month, through_kg, run / 60 AS run_hours, down / 60 AS down_hours,
                   ROUND(availability, 2) AS availability_percent, ROUND(effectiveness, 2) AS effectiveness_percent,
                   ROUND(quality, 2) AS quality_percent, ROUND(oee, 2) AS oee_percent, ROUND(usual, 2) AS usual_percent,
                   CASE WHEN oee IS NULL THEN NULL WHEN oee >= usual * 1.05 THEN 'strong' WHEN oee <= usual * 0.95 THEN
                       'weak' ELSE 'usual' END
                        AS point,
                   CASE LEAST(availability, effectiveness, quality, 99.99) WHEN availability THEN 'availability'
                        WHEN effectiveness THEN 'performance' WHEN quality THEN 'quality' END AS lost_by
              FROM mill
            """,
            quality=quality,
        )

    @api.depends("workcenter_id", "month", "run_hours")
    def _compute_utilisation(self):
        hours = {}
        for row in self:
            calendar = row.workcenter_id.sudo().resource_calendar_id or row.company_id.resource_calendar_id  # sudo: hours alone
            key = (calendar, row.month, row.company_id)
            if key not in hours:
                begin = row.company_id._paper_day_begins(row.month)
                end = row.company_id._paper_day_begins(row.month + relativedelta(months=1))
                hours[key] = calendar.get_work_hours_count(begin, end - timedelta(seconds=1)) if calendar else 0
            row.open_hours = hours[key]
            row.utilisation_percent = 100 * row.run_hours / hours[key] if hours[key] else 0

    def action_open_facts(self):
        """Open what the rates of the machine are made of."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Figures Behind"),
            "res_model": "paper.fact.production",
            "view_mode": "list,pivot",
            "domain": [
                ("company_id", "=", self.company_id.id),
                ("workcenter_id", "=", self.workcenter_id.id),
                ("month", "=", self.month),
            ],
        }

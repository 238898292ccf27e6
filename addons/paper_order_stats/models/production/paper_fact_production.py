from odoo import api, fields, models
from odoo.tools import SQL

from ...lib.fact import Event, Watch
from .paper_production_figure import RATIOS


class PaperFactProduction(models.Model):
    """What was made (R8.1.2): every entry of paper, broke, scrap and material, every work order that was done, and the time of
    the machines. A manufacturing order is the document; a machine that stands without one is its own.
    """

    _name = "paper.fact.production"
    _inherit = ["paper.fact.mixin", "paper.production.figure"]
    _description = "Production Figures"
    _auto = False
    _log_access = False
    _rec_name = "production_id"
    _figure_ratios = RATIOS

    _fact_table = "mrp_production"
    _fact_documents = ("production_id", "workcenter_id")
    _fact_month = "paper.fact.production.month"
    _fact_slice = ("company_id", "month", "workcenter_id")

    event = fields.Selection(
        [
            ("made", "Made"),
            ("broke", "Broke"),
            ("scrapped", "Scrapped"),
            ("used", "Material Used"),
            ("worked", "Work Order Done"),
            ("time", "Machine Time"),
            ("stood", "Machine Standing Without Order"),
        ],
        string="What Happened",
        readonly=True,
    )
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    workorder_id = fields.Many2one("mrp.workorder", string="Work Order", readonly=True)
    order_id = fields.Many2one("sale.order", string="Order", readonly=True)
    productions = fields.Integer(
        string="Manufacturing Orders", readonly=True, aggregator="count_distinct", help="That paper came from."
    )

    def _derived(self):
        return super()._derived() | {"oee_percent"}

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec.startswith("oee_percent:"):
            return self._oee_select(query)
        return super()._read_group_select(aggregate_spec, query)

    def _every_document(self):
        return SQL("%s UNION SELECT -id FROM mrp_workcenter_productivity WHERE workorder_id IS NULL", super()._every_document())

    def _fact_watches(self):
        of_work = (
            "SELECT COALESCE(work.production_id, -changed.id) FROM changed LEFT JOIN mrp_workorder work ON"
            " work.id = changed.workorder_id"
        )
        return [
            Watch(
                "mrp_production", "SELECT id FROM changed", ("state", "product_id", "sale_line_id", "company_id", "product_qty")
            ),
            Watch(
                "stock_move",
                "SELECT production_id FROM changed UNION SELECT raw_material_production_id FROM changed"
                " UNION SELECT scrap.production_id FROM changed JOIN stock_scrap scrap ON scrap.id = changed.scrap_id",
                ("state", "quantity", "product_uom", "date", "production_id", "raw_material_production_id"),
            ),
            Watch("stock_scrap", "SELECT production_id FROM changed"),
            Watch(
                "mrp_workorder",
                "SELECT production_id FROM changed",
                ("state", "duration_expected", "qty_produced", "date_finished", "workcenter_id"),
            ),
            Watch(
                "mrp_workcenter_productivity",
                of_work,
                ("date_start", "date_end", "duration", "loss_id", "workorder_id", "workcenter_id"),
            ),
            Watch(
                "sale_order_line",
                "SELECT production.id FROM changed JOIN mrp_production production ON production.sale_line_id = changed.id",
                ("paper_spec_id",),
            ),
        ]

    def _fact_with(self, only):
        return SQL(
            """
            %(kilogram)s,
            made AS MATERIALIZED (
                SELECT mo.id AS document_id, mo.id AS production_id, mo.company_id, company.currency_id, mo.product_id,
                    mo.product_qty,
                       line.order_id, COALESCE(spec.grade_id, template.paper_grade_id) AS grade_id,
                       ROUND(spec.basis_weight) AS basis_weight, calendar.tz, %(unit)s AS unit_kg,
                       (SELECT work.workcenter_id FROM mrp_workorder work WHERE work.production_id = mo.id
                           AND work.state != 'cancel'
                         ORDER BY work.sequence DESC, work.id DESC LIMIT 1) AS last_workcenter_id
                  FROM mrp_production mo
                  JOIN res_company company ON company.id = mo.company_id
                  JOIN product_product product ON product.id = mo.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom uom ON uom.id = mo.product_uom_id
                 CROSS JOIN kilogram
                  LEFT JOIN sale_order_line line ON line.id = mo.sale_line_id
                  LEFT JOIN paper_spec spec ON spec.id = line.paper_spec_id
                  LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
                 WHERE (template.is_paper OR spec.id IS NOT NULL) AND %(only)s
            )
            """,
            kilogram=super()._fact_with(only),
            unit=self._kilograms(SQL("1"), SQL("uom")),
            only=only(SQL("mo.id")),
        )

    def _fact_events(self, only):
        names = (
            "document_id",
            "production_id",
            "company_id",
            "currency_id",
            "product_id",
            "order_id",
            "grade_id",
            "basis_weight",
        )
        same = {name: SQL.identifier("made", name) for name in names}
        last = {**same, "workcenter_id": SQL("made.last_workcenter_id")}
        weight = self._kilograms(SQL("move.quantity"), SQL("unit"))
        moved = {**last, "date": self._day(SQL("move.date"), "made")}
        unit = SQL("JOIN uom_uom unit ON unit.id = move.product_uom CROSS JOIN kilogram")
        finished = SQL(
            "made JOIN stock_move move ON move.production_id = made.production_id AND move.state = 'done' AND"
            " move.scrap_id IS NULL %s",
            unit,
        )
        return {
            "made": Event(
                SQL("move.id"),
                {**moved, "made_kg": weight, "gross_kg": weight, "productions": SQL("made.production_id")},
                SQL("%s WHERE move.product_id = made.product_id", finished),
            ),
            "broke": Event(
                SQL("move.id"),
                {**moved, "broke_kg": weight, "gross_kg": weight},
                SQL("%s WHERE move.product_id != made.product_id", finished),
            ),
            "scrapped": Event(
                SQL("move.id"),
                {**moved, "scrap_kg": weight, "gross_kg": weight},
                SQL(
                    "made JOIN stock_scrap scrap ON scrap.production_id = made.production_id AND scrap.state = 'done'"
                    " AND scrap.product_id = made.product_id"
                    " JOIN stock_move move ON move.scrap_id = scrap.id AND move.state = 'done' %s",
                    unit,
                ),
            ),
            "used": Event(
                SQL("move.id"),
                {**moved, "material_kg": weight},
                SQL(
                    "made JOIN stock_move move ON move.raw_material_production_id = made.production_id AND move.state = 'done'"
                    " AND move.scrap_id IS NULL %s",
                    unit,
                ),
            ),
            "worked": Event(
                SQL("work.id"),
                {
                    **same,
                    "workcenter_id": SQL("work.workcenter_id"),
                    "workorder_id": SQL("work.id"),
                    "date": self._day(SQL("work.date_finished"), "made"),
                    "work_count": SQL("1"),
                    "through_kg": SQL("work.qty_produced * made.unit_kg"),
                    "planned_minutes": SQL("work.duration_expected * work.qty_produced / NULLIF(made.product_qty, 0)"),
                },
                SQL(
                    "made JOIN mrp_workorder work ON work.production_id = made.production_id AND work.state = 'done'"
                    " AND work.date_finished IS NOT NULL"
                ),
            ),
            "time": Event(
                SQL("log.id"),
                {
                    **same,
                    **self._log_columns(),
                    "workorder_id": SQL("work.id"),
                    "date": self._day(SQL("log.date_start"), "made"),
                },
                SQL(
                    "made JOIN mrp_workorder work ON work.production_id = made.production_id"
                    " JOIN mrp_workcenter_productivity log ON log.workorder_id = work.id AND log.date_end IS NOT NULL %s",
                    self._log_tables(),
                ),
            ),
            "stood": Event(
                SQL("log.id"),
                {
                    "document_id": SQL("-log.id"),
                    "company_id": SQL("log.company_id"),
                    "currency_id": SQL("company.currency_id"),
                    **self._log_columns(),
                    "date": self._day(SQL("log.date_start")),
                },
                SQL(
                    "mrp_workcenter_productivity log JOIN res_company company ON company.id = log.company_id"
                    " LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id %s"
                    " WHERE log.workorder_id IS NULL AND log.date_end IS NOT NULL AND %s",
                    self._log_tables(),
                    only(SQL("-log.id")),
                ),
            ),
        }

    @api.model
    def _log_tables(self):
        return SQL(
            "JOIN mrp_workcenter_productivity_loss loss ON loss.id = log.loss_id LEFT JOIN"
            " mrp_workcenter_productivity_loss_type kind ON kind.id = loss.loss_id"
        )

    @api.model
    def _log_columns(self):
        # Reduced speed is running time, slow; trouble with quality too: what it made is judged by its kilograms.
        runs = SQL("COALESCE(kind.loss_type, 'productive') != 'availability'")
        minutes = SQL("GREATEST(log.duration, 0)")
        return {
            "workcenter_id": SQL("log.workcenter_id"),
            "run_minutes": SQL("CASE WHEN %s THEN %s ELSE 0 END", runs, minutes),
            "down_minutes": SQL("CASE WHEN %s THEN 0 ELSE %s END", runs, minutes),
            "busy_minutes": minutes,
        }

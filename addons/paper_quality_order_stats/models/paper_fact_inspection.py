from odoo import fields, models
from odoo.addons.paper_order_stats.lib.fact import Event, Watch
from odoo.tools import SQL


class PaperFactInspection(models.Model):
    """Inspections that have a result, on the day of the inspection: passed or not, and whether at the first attempt."""

    _name = "paper.fact.inspection"
    _inherit = ["paper.fact.mixin"]
    _description = "Inspection Figures"
    _auto = False
    _log_access = False
    _rec_name = "inspection_id"
    _fact_table = "qc_inspection"
    _fact_documents = ("inspection_id",)
    _figure_ratios = {
        "passed_percent": ("passed_count", "inspection_count", 100),
        "first_pass_percent": ("first_passed_count", "first_count", 100),
    }

    event = fields.Selection([("inspected", "Inspected")], string="What Happened", readonly=True)
    inspection_id = fields.Many2one("qc.inspection", string="Inspection", readonly=True)
    kind = fields.Selection(selection="_kinds", readonly=True)
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    grade_id = fields.Many2one("paper.grade", readonly=True)
    inspection_count = fields.Integer(string="Inspections", readonly=True)
    passed_count = fields.Integer(string="Passed", readonly=True)
    failed_count = fields.Integer(string="Failed", readonly=True)
    first_count = fields.Integer(string="First Attempts", readonly=True)
    first_passed_count = fields.Integer(string="Passed at First Attempt", readonly=True)
    passed_percent = fields.Float(string="Pass Rate (%)", readonly=True, aggregator="avg")
    first_pass_percent = fields.Float(string="First-pass Yield (%)", readonly=True, aggregator="avg")

    def _kinds(self):
        return self.env["qc.inspection"]._fields["kind"]._description_selection(self.env)

    def _fact_watches(self):
        # A result makes later inspections of the same lot second attempts.
        return [
            Watch(
                "qc_inspection",
                "SELECT other.id FROM changed JOIN qc_inspection other ON other.id = changed.id OR other.lot_id = changed.lot_id"
                " UNION SELECT id FROM changed",
                ("state", "date_done", "kind", "lot_id", "production_id", "product_id", "paper_spec_id", "company_id"),
            )
        ]

    def _fact_events(self, only):
        first = SQL(
            """
            NOT EXISTS (SELECT FROM qc_inspection earlier
                         WHERE earlier.lot_id = inspection.lot_id AND earlier.kind = inspection.kind
                           AND earlier.state IN ('success', 'failed')
                           AND (earlier.date_done, earlier.id) < (inspection.date_done, inspection.id))
            """
        )
        passed = SQL("inspection.state = 'success'")
        count = "CASE WHEN %s THEN 1 ELSE 0 END"
        return {
            "inspected": Event(
                SQL("inspection.id"),
                {
                    "document_id": SQL("inspection.id"),
                    "inspection_id": SQL("inspection.id"),
                    "company_id": SQL("inspection.company_id"),
                    "currency_id": SQL("company.currency_id"),
                    "date": self._day(SQL("inspection.date_done")),
                    "kind": SQL("inspection.kind"),
                    "production_id": SQL("inspection.production_id"),
                    "product_id": SQL("inspection.product_id"),
                    "grade_id": SQL("COALESCE(spec.grade_id, template.paper_grade_id)"),
                    "inspection_count": SQL("1"),
                    "passed_count": SQL(count, passed),
                    "failed_count": SQL(count, SQL("NOT (%s)", passed)),
                    "first_count": SQL(count, first),
                    "first_passed_count": SQL(count, SQL("%s AND %s", passed, first)),
                },
                SQL(
                    """
                    qc_inspection inspection
                    JOIN res_company company ON company.id = inspection.company_id
                    LEFT JOIN resource_calendar calendar ON calendar.id = company.resource_calendar_id
                    LEFT JOIN paper_spec spec ON spec.id = inspection.paper_spec_id
                    LEFT JOIN product_product product ON product.id = inspection.product_id
                    LEFT JOIN product_template template ON template.id = product.product_tmpl_id
                    WHERE inspection.state IN ('success', 'failed') AND inspection.date_done IS NOT NULL AND %s
                    """,
                    only(SQL("inspection.id")),
                ),
            )
        }

from odoo import fields, models
from odoo.tools import SQL

RATIOS = {
    "availability_percent": ("run_minutes", "busy_minutes", 100),
    "effectiveness_percent": ("planned_minutes", "run_minutes", 100),
    "quality_percent": ("made_kg", "gross_kg", 100),
    "yield_percent": ("made_kg", "material_kg", 100),
    "broke_percent": ("broke_kg", "gross_kg", 100),
    "tonnes_per_hour": ("through_kg", "run_minutes", 0.06),
}


class PaperProductionFigure(models.AbstractModel):
    """The columns that facts of production and their months have in common. The rates are those of ISO 22400-2:2014:
    availability is actual production time by planned busy time, effectiveness planned run time of what was made by actual
    production time, quality ratio good quantity by produced quantity; OEE is their product. The planned run time is the work
    order's, which the machine's speed for the grade gave.
    """

    _name = "paper.production.figure"
    _description = "Figures of Production"

    company_id = fields.Many2one("res.company", readonly=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    grade_id = fields.Many2one("paper.grade", readonly=True)
    basis_weight = fields.Integer(string="Basis Weight (g/m²)", readonly=True, aggregator=None)

    made_kg = fields.Float(string="Made (kg)", readonly=True, help="Entered from production, on the day of the entry.")
    broke_kg = fields.Float(string="Broke and By-products (kg)", readonly=True, help="Entered beside what was made.")
    scrap_kg = fields.Float(string="Scrapped (kg)", readonly=True)
    gross_kg = fields.Float(string="Made, Broke and Scrap (kg)", readonly=True)
    material_kg = fields.Float(string="Material Used (kg)", readonly=True)
    through_kg = fields.Float(
        string="Through the Machine (kg)", readonly=True, help="By work orders that were done, on the day they ended."
    )
    work_count = fields.Integer(string="Work Orders Done", readonly=True)
    planned_minutes = fields.Float(
        string="Planned Run Time (min)", readonly=True, help="Of what was made, at the speed for the grade."
    )
    run_minutes = fields.Float(string="Running (min)", readonly=True)
    down_minutes = fields.Float(string="Standing (min)", readonly=True)
    busy_minutes = fields.Float(string="Planned Busy Time (min)", readonly=True, help="Running and standing.")
    availability_percent = fields.Float(string="Availability (%)", readonly=True, aggregator="avg")
    effectiveness_percent = fields.Float(string="Performance (%)", readonly=True, aggregator="avg")
    quality_percent = fields.Float(string="Quality Ratio (%)", readonly=True, aggregator="avg")
    oee_percent = fields.Float(string="OEE (%)", readonly=True, aggregator="avg")
    yield_percent = fields.Float(string="Yield of Material (%)", readonly=True, aggregator="avg")
    broke_percent = fields.Float(string="Broke (%)", readonly=True, aggregator="avg")
    tonnes_per_hour = fields.Float(string="Tonnes per Hour Running", readonly=True, aggregator="avg")
    currency_id = fields.Many2one("res.currency", readonly=True)

    def _oee_select(self, query):
        """Return SQL of the OEE of a group: each factor from the group's sums, a factor that nothing says anything about
        left out."""
        factors = [
            SQL("COALESCE(%s / 100, 1)", self._read_group_select(f"{name}:avg", query))
            for name in ("availability_percent", "effectiveness_percent", "quality_percent")
        ]
        busy = self._read_group_select("busy_minutes:sum", query)
        return SQL("CASE WHEN %s > 0 THEN ROUND(100 * %s, 2) END", busy, SQL(" * ").join(factors))

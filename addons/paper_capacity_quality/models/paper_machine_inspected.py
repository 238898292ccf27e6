from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_quality.lib.limits import property_of
from odoo.tools import SQL

from ..lib.scatter import natural_range

# Set anew by each order: readings of several orders say nothing of the machine.
OF_THE_ORDER = {"appearance", "width", "length", "reel_diameter", "basis_weight", "caliper"}


def property_key(name, unit):
    """Return what a property is told by, in whatever language its name is written."""
    return property_of(name) or (name or "").strip().casefold(), (unit or "").strip().casefold()


class PaperMachineInspected(models.Model):
    """What the readings of passed inspections say of one property, on one machine that makes the web and for one grade: their
    number, mean and scatter, and the range that follows by the company's settings. Nobody writes it; it is read from the
    inspections as they are (R3.3.4).
    """

    _name = "paper.machine.inspected"
    _description = "Quality of a Machine from Inspections"
    _auto = False
    _order = "capability_id, name, grade_id, id"

    capability_id = fields.Many2one("paper.machine.capability", string="Machine", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    name = fields.Char(string="Property", readonly=True)
    unit = fields.Char(readonly=True)
    grade_id = fields.Many2one("paper.grade", string="Grade", readonly=True)
    readings = fields.Integer(readonly=True)
    mean = fields.Float(digits=(16, 3), readonly=True)
    deviation = fields.Float(string="Standard Deviation", digits=(16, 4), readonly=True)
    lowest = fields.Float(string="Least Reading", digits=(16, 3), readonly=True)
    minimum = fields.Float(string="From", digits=(16, 4), compute="_compute_range")
    maximum = fields.Float(string="To", digits=(16, 4), compute="_compute_range")
    date_from = fields.Date(string="First Inspection", readonly=True)
    date_to = fields.Date(string="Last Inspection", readonly=True)

    _depends = {
        "qc.inspection": ["state", "date_done", "production_id", "paper_spec_id", "company_id"],
        "qc.inspection.line": [
            "inspection_id", "name", "paper_unit", "quantitative_value", "measured", "question_type", "uom_id", "test_uom_id",
        ],
        "mrp.workorder": ["production_id", "workcenter_id", "state"],
        "paper.spec": ["grade_id"],
        "paper.machine.capability": ["workcenter_id", "makes_web"],
        "res.company": ["paper_inspected_days", "paper_inspected_least"],
    }  # fmt: skip

    @property
    def _table_query(self):
        """Put the readings together by machine, property, unit and grade, for the days that each company looks back at."""
        since = {
            company.id: company._paper_today() - timedelta(days=company.paper_inspected_days)
            # sudo: the settings of every company bound what is read of its machines
            for company in self.env["res.company"].sudo().search([])
        }
        days = SQL(", ").join(SQL("(%s, %s::date)", company, day) for company, day in since.items())
        return SQL(
            """
            SELECT row_number() OVER (
                       ORDER BY capability.id, inspection.company_id, btrim(line.name), COALESCE(btrim(line.paper_unit), ''),
                                spec.grade_id
                   ) AS id, capability.id AS capability_id, inspection.company_id,
                   btrim(line.name) AS name, COALESCE(btrim(line.paper_unit), '') AS unit, spec.grade_id,
                   count(*) AS readings, avg(line.quantitative_value) AS mean,
                   stddev_samp(line.quantitative_value) AS deviation, min(line.quantitative_value) AS lowest,
                   min(inspection.date_done)::date AS date_from, max(inspection.date_done)::date AS date_to
              FROM qc_inspection_line line
              JOIN qc_inspection inspection ON inspection.id = line.inspection_id
              JOIN (VALUES %s) AS since (company_id, day) ON since.company_id = inspection.company_id
              JOIN res_company company ON company.id = inspection.company_id
              JOIN (SELECT DISTINCT production_id, workcenter_id FROM mrp_workorder WHERE state != 'cancel') made
                ON made.production_id = inspection.production_id
              JOIN paper_machine_capability capability ON capability.workcenter_id = made.workcenter_id
              LEFT JOIN paper_spec spec ON spec.id = inspection.paper_spec_id
             WHERE capability.makes_web AND inspection.state = 'success' AND inspection.date_done >= since.day
               AND line.measured AND line.question_type = 'quantitative'
               AND line.uom_id IS NOT DISTINCT FROM line.test_uom_id
             GROUP BY capability.id, inspection.company_id, company.paper_inspected_least, 4, 5, spec.grade_id
            HAVING count(*) >= company.paper_inspected_least
            """,
            days,
        )

    @api.depends("mean", "deviation", "lowest", "company_id.paper_inspected_spread")
    def _compute_range(self):
        for row in self:
            # sudo: the spread is a setting, its reader need not read companies
            spread = row.company_id.sudo().paper_inspected_spread
            row.minimum, row.maximum = natural_range(row.mean, row.deviation, spread, row.lowest)

    def _of_the_machine(self):
        """Leave out the figures that each order sets anew."""
        return self.filtered(lambda row: property_of(row.name) not in OF_THE_ORDER)

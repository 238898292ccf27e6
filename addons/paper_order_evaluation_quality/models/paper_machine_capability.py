from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_order_evaluation.lib.capability import span_within
from odoo.addons.paper_quality.lib.limits import property_of
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..lib.scatter import natural_range

# Set anew by each order: readings of several orders say nothing of the machine.
OF_THE_ORDER = {"appearance", "width", "length", "reel_diameter", "basis_weight", "caliper"}


def _key(name, unit):
    """Return what a property is told by, in whatever language its name is written."""
    return property_of(name) or (name or "").strip().casefold(), (unit or "").strip().casefold()


class PaperMachineCapability(models.Model):
    """The quality that past inspections show, beside the ranges that the technical department recorded (R3.3.4)."""

    _inherit = "paper.machine.capability"

    inspected_ranges = fields.Json(compute="_compute_inspected_ranges")
    inspected_html = fields.Html(string="From Past Inspections", compute="_compute_inspected_html", sanitize=False)

    @api.depends("workcenter_id")
    def _compute_inspected_ranges(self):
        found = self._inspected_ranges()
        for capability in self:
            capability.inspected_ranges = [
                {**item, "from": str(item["from"]), "to": str(item["to"])} for item in found[capability]
            ]

    @api.depends("inspected_ranges")
    @api.depends_context("lang")
    def _compute_inspected_html(self):
        _, opinions = self.env._, self.env["paper.evaluation.opinion"]
        heads = opinions._heads(_("Readings"), _("From"), _("To"))
        titles = (_("Property"), _("Grade"), *heads, _("Unit"), _("Measured"))
        grades = self.env["paper.grade"]
        for capability in self:
            rows = [
                (
                    item["name"],
                    grades.browse(item["grade_id"]).display_name if item["grade_id"] else "–",
                    opinions._number(item["count"], 0),
                    opinions._number(item["minimum"], 2),
                    opinions._number(item["maximum"], 2),
                    item["unit"],
                    f"{format_date(self.env, item['from'])} – {format_date(self.env, item['to'])}",
                )
                for item in capability.inspected_ranges or []
            ]
            capability.inspected_html = opinions._evidence_table(titles, rows) or False

    def _inspected_ranges(self):
        found = super()._inspected_ranges()
        for company, capabilities in self.grouped(lambda rec: rec.company_id or self.env.company).items():
            by_centre = capabilities._read_readings(company)
            for capability in capabilities:
                found[capability] += by_centre[capability.workcenter_id.id]
        return found

    def _read_readings(self, company):
        """Return ``{work centre id: ranges}`` of these machines, in one query."""
        since = company._paper_today() - timedelta(days=company.paper_inspected_days)
        by_centre = defaultdict(list)
        for centre, name, unit, grade, count, mean, deviation, lowest, first, last in self._query_readings(company, since):
            if property_of(name) in OF_THE_ORDER:
                continue
            low, high = natural_range(mean, deviation, company.paper_inspected_spread, lowest)
            by_centre[centre].append(
                {
                    "name": name,
                    "unit": unit,
                    "grade_id": grade,
                    "minimum": round(low, 4),
                    "maximum": round(high, 4),
                    "count": count,
                    "from": first,
                    "to": last,
                }
            )
        return by_centre

    def _query_readings(self, company, since):
        """Return the readings of these machines since a day, put together by machine, property, unit and grade.

        The rights of the reader are not asked: what is told is the machine's, of no order and no customer.
        """
        if not self.workcenter_id.ids:
            return []
        for model, names in (
            ("qc.inspection", ["state", "date_done", "production_id", "paper_spec_id", "company_id"]),
            ("qc.inspection.line", ["inspection_id", "name", "paper_unit", "quantitative_value", "measured", "question_type"]),
            ("mrp.workorder", ["production_id", "workcenter_id", "state"]),
            ("paper.spec", ["grade_id"]),
        ):
            self.env[model].flush_model(names)
        return self.env.execute_query(
            SQL(
                """
                SELECT made.workcenter_id, btrim(line.name), COALESCE(btrim(line.paper_unit), ''), spec.grade_id,
                       count(*), avg(line.quantitative_value), stddev_samp(line.quantitative_value),
                       min(line.quantitative_value), min(inspection.date_done)::date, max(inspection.date_done)::date
                  FROM qc_inspection_line line
                  JOIN qc_inspection inspection ON inspection.id = line.inspection_id
                  JOIN (SELECT DISTINCT production_id, workcenter_id FROM mrp_workorder
                         WHERE workcenter_id IN %(centres)s AND state != 'cancel') made
                    ON made.production_id = inspection.production_id
                  LEFT JOIN paper_spec spec ON spec.id = inspection.paper_spec_id
                 WHERE inspection.state = 'success' AND inspection.company_id = %(company)s
                   AND inspection.date_done >= %(since)s AND line.measured AND line.question_type = 'quantitative'
                   AND line.uom_id IS NOT DISTINCT FROM line.test_uom_id
                 GROUP BY 1, 2, 3, 4
                HAVING count(*) >= %(least)s
                 ORDER BY 1, 2, 3, 4
                """,
                centres=tuple(self.workcenter_id.ids),
                company=company.id,
                since=since,
                least=company.paper_inspected_least,
            )
        )

    # Orders under evaluation

    def _check_quality(self, item):
        """What the technical department recorded comes first; where it recorded nothing, inspections speak."""
        ok, achievable, near = super()._check_quality(item)
        if achievable or ok is not None or not self._inspected_range(item):
            return ok, achievable, near
        measured = self._inspected_range(item)
        span = measured["minimum"], measured["maximum"]
        return span_within(item["value"], span), f"{span[0]:.4g} – {span[1]:.4g}", None

    def _check_property(self, item):
        """Add ``inspected``, the number of readings, where inspections and no record of the machine gave the answer."""
        check = super()._check_property(item)
        measured = self._inspected_range(item) if item["property"] == "quality" and not self._recorded(item) else None
        return {**check, "inspected": measured["count"]} if measured else check

    def _recorded(self, item):
        """Say whether the technical department recorded a range of a property that is asked."""
        wanted = (item["name"].strip().casefold(), item["unit"].strip().casefold())
        return any(
            (limit.name.strip().casefold(), (limit.unit or "").strip().casefold()) == wanted
            and (not limit.grade_id or limit.grade_id.id == item["grade_id"])
            for limit in self.limit_ids
        )

    def _inspected_range(self, item):
        """Return the range of a property that is asked: of the grade itself, None where too little was measured."""
        self.ensure_one()
        wanted = _key(item["name"], item["unit"])
        same = [found for found in self.inspected_ranges or [] if _key(found["name"], found["unit"]) == wanted]
        return next((found for found in same if found["grade_id"] == item["grade_id"]), None)

from odoo import api, fields, models

from ...exceptions import ReadingError
from ...lib import spc


class PaperSpcChart(models.Model):
    """A control chart of one figure that inspections read: of one machine or all, of one grade or all. Its limits follow from its
    last subgroups until the quality department fixes them.
    """

    _name = "paper.spc.chart"
    _description = "Control Chart"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    question_id = fields.Many2one(
        "qc.test.question",
        string="Figure",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("type", "=", "quantitative")],
    )
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", check_company=True, help="Empty: all.")
    grade_id = fields.Many2one("paper.grade", string="Grade", help="Empty: all.")
    kind = fields.Selection(
        [("imr", "Single Values and Moving Range"), ("xr", "Means and Ranges"), ("xs", "Means and Deviations")],
        required=True,
        default="imr",
        tracking=True,
    )
    size = fields.Integer(string="Readings of a Subgroup", default=5, help="An inspection with fewer readings is left out.")
    window = fields.Integer(string="Subgroups Shown", default=25)
    rules = fields.Selection([("western", "Western Electric"), ("nelson", "Nelson")], required=True, default="western")
    limits = fields.Json(readonly=True, copy=False)
    limits_on = fields.Datetime(string="Limits Fixed on", readonly=True, copy=False)
    alarm_ids = fields.One2many("paper.spc.alarm", "chart_id", string="Alarms")

    _figures = models.Constraint(
        'CHECK("size" >= 1 AND "window" >= 2)', "A chart needs subgroups, and at least two of them."
    )

    @api.constrains("kind", "size")
    def _check_size(self):
        for chart in self.filtered(lambda rec: rec.kind != "imr"):
            if chart.size < 2 or (chart.kind == "xr" and chart.size not in spc.RANGE):
                raise ReadingError(
                    self.env._(
                        "%(chart)s: ranges need two to ten readings of a subgroup, deviations two or more.", chart=chart.name
                    )
                )

    def _lines(self):
        """Return the answers that the chart draws, the oldest first, no more than it shows."""
        self.ensure_one()
        domain = [
            ("test_line", "=", self.question_id.id),
            ("measured", "=", True),
            ("inspection_id.state", "in", ("waiting", "success", "failed")),
            ("inspection_id.company_id", "=", self.company_id.id),
        ]
        if self.kind != "imr":
            domain.append(("reading_count", ">=", self.size))
        if self.grade_id:
            domain.append(("inspection_id.paper_spec_id.grade_id", "=", self.grade_id.id))
        if self.workcenter_id:
            domain.append(("inspection_id.production_id.workorder_ids.workcenter_id", "=", self.workcenter_id.id))
        # sudo: the figures of a machine, of no order
        lines = self.env["qc.inspection.line"].sudo().search(domain, order="id desc", limit=self.window)
        return lines.sorted("id")

    def _groups(self, lines):
        if self.kind == "imr":
            return [[line.quantitative_value] for line in lines]
        return [line.reading_ids.sorted("number").mapped("value")[: self.size] for line in lines]

    def _limits(self, groups):
        """Return the limits of the chart, fixed ones first; None while there are too few subgroups."""
        if self.limits:
            return spc.Limits(**self.limits)
        try:
            return spc.limits(self.kind, groups)
        except ValueError:
            return None

    def action_fix_limits(self):
        """Keep the limits that follow from the subgroups shown; quality."""
        self.check_access("write")
        for chart in self:
            try:
                found = spc.limits(chart.kind, chart._groups(chart._lines()))
            except ValueError:
                raise ReadingError(self.env._("%(chart)s has too few subgroups for limits.", chart=chart.name)) from None
            chart.write({"limits": vars(found), "limits_on": fields.Datetime.now()})
        return True

    def action_free_limits(self):
        """Let the limits follow from the last subgroups again; quality."""
        self.check_access("write")
        self.write({"limits": False, "limits_on": False})
        return True

    def paper_chart_data(self):
        """Return what the chart is drawn from (R5.3.2).

        :return: ``{"labels", "points", "spreads", "limits": {…} or None, "alarms": [[index, rule]], "lower", "upper" (agreed),
            "cp", "cpk", "unit", "rules": {rule: sentence}}``
        """
        self.ensure_one()
        self.check_access("read")
        lines = self._lines()
        groups = self._groups(lines)
        values, spreads = spc.points(self.kind, groups) if groups else ([], [])
        chart = self._limits(groups)
        last = lines[-1:]
        lower = last.min_value if last.has_minimum else None
        upper = last.max_value if last.has_maximum else None
        cp, cpk = spc.capability(chart.centre, chart.sigma, lower, upper) if chart else (None, None)
        return {
            "labels": [line.inspection_id.lot_id.name or line.inspection_id.name for line in lines],
            "points": values,
            "spreads": spreads,
            "limits": vars(chart) if chart else None,
            "alarms": [list(alarm) for alarm in (spc.alarms(values, chart, self.rules) if chart else [])],
            "lower": lower,
            "upper": upper,
            "cp": cp,
            "cpk": cpk,
            "unit": last.paper_unit or self.question_id.paper_unit or "",
            "rules": self._rule_sentences(),
        }

    @api.model
    def _rule_sentences(self):
        _ = self.env._
        beyond = {
            "1": _("one point beyond three sigma"),
            "2": _("two of three points beyond two sigma on one side"),
            "3": _("four of five points beyond one sigma on one side"),
        }
        return {
            "we1": beyond["1"],
            "we2": beyond["2"],
            "we3": beyond["3"],
            "we4": _("eight points on one side"),
            "n1": beyond["1"],
            "n2": _("nine points on one side"),
            "n3": _("six points rising or falling"),
            "n4": _("fourteen points up and down in turn"),
            "n5": beyond["2"],
            "n6": beyond["3"],
            "n7": _("fifteen points within one sigma"),
            "n8": _("eight points outside of one sigma"),
        }

    def _judge_last(self, inspections):
        """Make an alarm of each of these inspections whose point breaks a rule of the chart."""
        self.ensure_one()
        lines = self._lines()
        groups = self._groups(lines)
        chart = self._limits(groups)
        if not chart:
            return self.env["paper.spc.alarm"]
        values, _spreads = spc.points(self.kind, groups)
        places = {line.inspection_id: index for index, line in enumerate(lines)}
        broken = {}
        for index, rule in spc.alarms(values, chart, self.rules):
            broken.setdefault(index, []).append(rule)
        return self.env["paper.spc.alarm"]._make(
            [(self, inspection, broken[places[inspection]]) for inspection in inspections if broken.get(places.get(inspection))]
        )

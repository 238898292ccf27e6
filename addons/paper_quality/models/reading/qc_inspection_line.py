from odoo import api, fields, models

from ...exceptions import InspectionStateError, ReadingError
from ...lib.readings import plausible, ratio, reading, rounded, summary
from ..inspection.qc_inspection_line import ANSWER, QUESTION


class QcInspectionLine(models.Model):
    """An answer that several specimens give: their number, mean and scatter, and the verdict on the mean or on each."""

    _inherit = "qc.inspection.line"

    reading_ids = fields.One2many("paper.test.reading", "line_id", string="Readings", copy=False, by_hand=ANSWER)
    paper_specimens = fields.Integer(string="Specimens", by_hand=QUESTION)
    paper_interval = fields.Float(string="Rounded to", digits=(16, 4), by_hand=QUESTION)
    paper_judged = fields.Selection(
        [("mean", "Mean"), ("each", "Each Specimen")], string="Judged by", default="mean", by_hand=QUESTION
    )
    paper_band = fields.Float(string="Plausible within (%)", by_hand=QUESTION)
    paper_free = fields.Boolean(string="Recorded Only", by_hand=QUESTION)
    limit_source = fields.Char(string="Limit from", by_hand=QUESTION)
    reading_count = fields.Integer(string="n", compute="_compute_readings", store=True)
    reading_lowest = fields.Float(string="Least", digits=(16, 4), compute="_compute_readings", store=True)
    reading_highest = fields.Float(string="Greatest", digits=(16, 4), compute="_compute_readings", store=True)
    reading_deviation = fields.Float(string="s", digits=(16, 5), compute="_compute_readings", store=True)
    reading_variation = fields.Float(string="CV (%)", digits=(16, 2), compute="_compute_readings", store=True)
    reading_ratio = fields.Float(string="MD/CD", digits=(16, 3), compute="_compute_readings", store=True)

    @api.depends("reading_ids.value", "reading_ids.direction")
    def _compute_readings(self):
        for line in self:
            found = summary(line.reading_ids.mapped("value"))
            along, across = (
                line.reading_ids.filtered(lambda item, way=way: item.direction == way).mapped("value") for way in ("md", "cd")
            )
            line.reading_count = found.n
            line.reading_lowest = found.lowest or 0.0
            line.reading_highest = found.highest or 0.0
            line.reading_deviation = found.deviation or 0.0
            line.reading_variation = found.variation or 0.0
            line.reading_ratio = ratio(along, across) or 0.0

    def _follow_readings(self):
        """Let the answer of these tests be the mean of their readings, rounded as the test says; none without readings."""
        # sudo: the answer follows from the readings, whoever took them
        for line in self.sudo():
            mean = summary(line.reading_ids.mapped("value")).mean
            line._by_step().write(
                {
                    "quantitative_value": rounded(mean, line.paper_interval) if mean is not None else 0.0,
                    "measured": mean is not None,
                }
            )

    def _judged_values(self):
        """Return the values that are held to the limits, rounded by GB/T 8170-2008 before they are compared."""
        self.ensure_one()
        if self.paper_judged == "each" and self.reading_ids:
            return [rounded(value, self.paper_interval) for value in self.reading_ids.mapped("value")]
        return [rounded(self.quantitative_value, self.paper_interval)]

    def _lacks_limit(self):
        """Say whether the figure has neither a limit nor the word of quality that it is only recorded."""
        self.ensure_one()
        return not (self.has_minimum or self.has_maximum or self.paper_free) and bool(self.target)

    # The sheet

    def _sheet_column(self, readings):
        self.ensure_one()
        values = {item.number: f"{item.value:.10g}" for item in readings}
        return {
            "id": self.id,
            "name": self.paper_question,
            "unit": self.paper_unit or self.test_uom_id.name or "",
            "limits": self.valid_values or "",
            "specimens": self.paper_specimens,
            "target": self.target,
            "band": self.paper_band,
            "low": self.min_value if self.has_minimum else False,
            "high": self.max_value if self.has_maximum else False,
            "values": [values.get(number, "") for number in range(1, max(values, default=0) + 1)],
            "seen": max(readings.ids, default=0),
            "instrument": readings[-1:].instrument_id.id,
            "summary": self._statistics_text() if readings else "",
        }

    def _record_column(self, column):
        """Replace the readings of a test by those typed into its column, see ``qc.inspection.paper_record_sheet``."""
        self.ensure_one()
        readings = self.env["paper.test.reading"].search([("line_id", "=", self.id)])
        if max(readings.ids, default=0) != (column.get("seen") or 0):
            last = readings[-1:]
            raise InspectionStateError(
                self.env._(
                    "%(test)s: %(user)s has entered readings meanwhile. Look at them before you enter yours.",
                    test=self.paper_question,
                    user=last.user_id.name or self.env.user.name,
                )
            )
        typed = self._typed_numbers(column.get("values") or [])
        tool = column.get("instrument") or False
        if typed == [(item.number, item.value) for item in readings] and tool == (readings[-1:].instrument_id.id or False):
            return
        sure = bool(column.get("sure"))
        readings.unlink()
        self.env["paper.test.reading"].create(
            [
                {
                    "line_id": self.id,
                    "number": number,
                    "value": value,
                    "instrument_id": tool,
                    "lot_id": self.inspection_id.lot_id.id,
                    "is_sure": sure and not plausible(value, self.target, self.paper_band),
                }
                for number, value in typed
            ]
        )

    def _typed_numbers(self, texts):
        found = []
        for number, text in enumerate(texts, 1):
            try:
                value = reading(text if text is not None else "")
            except ValueError:
                raise ReadingError(
                    self.env._(
                        "%(test)s, specimen %(number)s: “%(text)s” is no number.",
                        test=self.paper_question,
                        number=number,
                        text=str(text)[:40],
                    )
                ) from None
            if value is not None:
                found.append((number, value))
        return found

    def _statistics_text(self):
        """Return n, least, greatest, s and CV of the readings in one line."""
        self.ensure_one()
        if not self.reading_count:
            return ""
        figure = self.inspection_id._certificate_figure
        return self.env._(
            "n %(n)s · %(least)s – %(greatest)s · s %(s)s · CV %(cv)s %%",
            n=self.reading_count,
            least=figure(self.reading_lowest),
            greatest=figure(self.reading_highest),
            s=figure(self.reading_deviation, 3),
            cv=figure(self.reading_variation, 2),
        )

    @api.model
    def _prepare_reading_question(self, question):
        """Return what a question says of its readings, for the line that asks it."""
        return {
            "paper_specimens": question.paper_specimens,
            "paper_interval": question.paper_interval,
            "paper_judged": question.paper_judged,
            "paper_band": question.paper_band,
            "paper_free": question.paper_free,
        }

from odoo import models


class QcInspectionLine(models.Model):
    _inherit = "qc.inspection.line"

    def _certificate_row(self):
        """Return what the certificate says of one property: as ordered, what was agreed, what was found, whether it keeps.

        Without an agreed limit there is nothing to keep, so that the verdict stays open.
        """
        self.ensure_one()
        _ = self.env._
        inspection = self.inspection_id
        figure = inspection._certificate_figure
        if self.question_type == "qualitative":
            return {
                "property": self.paper_question,
                "method": self.paper_method or "",
                "unit": "",
                "nominal": "",
                "limits": ", ".join(self.possible_ql_values.filtered("ok").mapped("name")),
                "result": self.qualitative_value.name or "",
                "count": "",
                "spread": "",
                "verdict": _("Pass") if self.success else _("Fail"),
            }
        unit = self.paper_unit or self.test_uom_id.name or ""
        low, high = figure(self.min_value), figure(self.max_value)
        limits = ""
        if self.has_minimum and self.has_maximum:
            limits = f"{low} – {high}"
        elif self.has_minimum or self.has_maximum:
            limits = f"≥ {low}" if self.has_minimum else f"≤ {high}"
        own = self.uom_id.name if self.uom_id and self.uom_id != self.test_uom_id else ""
        return {
            "property": self.paper_question,
            "method": self.paper_method or "",
            "unit": unit,
            "nominal": figure(self.target) if self.target else "",
            "limits": limits,
            "result": " ".join(filter(None, (figure(self.quantitative_value), own))),
            "count": self.reading_count or "",
            "spread": f"{figure(self.reading_lowest)} – {figure(self.reading_highest)}" if self.reading_count > 1 else "",
            "verdict": "" if not limits else _("Pass") if self.success else _("Fail"),
        }

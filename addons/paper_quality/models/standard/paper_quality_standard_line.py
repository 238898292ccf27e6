from odoo import api, fields, models

from ...exceptions import InspectionFigureError
from ...lib.limits import property_of


class PaperQualityStandardLine(models.Model):
    """One limit of a standard: property, unit, method with its edition, and between which figures."""

    _name = "paper.quality.standard.line"
    _description = "Limit of a Standard"
    _order = "standard_id, sequence, id"

    standard_id = fields.Many2one("paper.quality.standard", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Property", required=True, translate=True)
    unit = fields.Char(help="Unit of the limits, for example g/m², % or s.")
    method = fields.Char(help="Test method with its edition, for example GB/T 451.2-2002.")
    minimum = fields.Float(digits=(16, 4))
    has_minimum = fields.Boolean(string="Has a Minimum")
    maximum = fields.Float(digits=(16, 4))
    has_maximum = fields.Boolean(string="Has a Maximum")
    paper_interval = fields.Float(string="Rounded to", digits=(16, 4), help="Interval of the result by GB/T 8170-2008.")

    @api.constrains("minimum", "maximum", "has_minimum", "has_maximum")
    def _check_range(self):
        for line in self.filtered(lambda rec: rec.has_minimum and rec.has_maximum and rec.minimum > rec.maximum):
            raise InspectionFigureError(
                self.env._(
                    "%(property)s: the minimum %(minimum)s is above the maximum %(maximum)s.",
                    property=line.name,
                    minimum=line.minimum,
                    maximum=line.maximum,
                )
            )

    def _property_key(self):
        """Return what the property is told by: the code of a figure of the paper, else its name."""
        self.ensure_one()
        english = self.with_context(lang="en_US").name
        return property_of(self.name, english) or (english or "").strip().casefold()

    def _question_values(self):
        """Return what a question takes from the limit."""
        self.ensure_one()
        values = {
            "min_value": self.minimum,
            "max_value": self.maximum,
            "has_minimum": self.has_minimum,
            "has_maximum": self.has_maximum,
            "limit_source": self.standard_id.display_name,
        }
        texts = {"paper_unit": self.unit, "paper_method": self.method, "paper_interval": self.paper_interval}
        return values | {name: value for name, value in texts.items() if value}

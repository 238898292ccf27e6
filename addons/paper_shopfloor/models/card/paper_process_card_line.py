from odoo import api, fields, models

from ...exceptions import ProcessCardError


class PaperProcessCardLine(models.Model):
    _name = "paper.process.card.line"
    _description = "Set Point of a Process Card"
    _order = "card_id, sequence, id"

    card_id = fields.Many2one("paper.process.card", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, help="Such as machine speed, or steam pressure of the first group.")
    unit = fields.Char(help="Such as m/min, MPa, °C, %.")
    target = fields.Float(digits=(16, 3))
    minimum = fields.Float(digits=(16, 3))
    maximum = fields.Float(digits=(16, 3), help="With both limits 0 the value is only recorded.")

    @api.constrains("minimum", "maximum", "target")
    def _check_limits(self):
        for line in self:
            if line._is_limited() and not line.minimum <= line.target <= line.maximum:
                raise ProcessCardError(
                    self.env._("%(point)s: the set point lies between the least and the most.", point=line.name)
                )

    def _is_limited(self):
        return bool(self.minimum or self.maximum)

    def _is_out(self, value):
        """Say whether a value is out of range."""
        self.ensure_one()
        return self._is_limited() and not self.minimum <= value <= self.maximum

from odoo import api, fields, models

from ...exceptions import SpecGeometryError


class PaperSpecLimit(models.Model):
    """One agreed quality property of a specification: what is measured, by which method and
    edition, and between which limits. Limits without a text behind them stay blank.
    """

    _name = "paper.spec.limit"
    _description = "Quality Limit of a Specification"
    _inherit = ["paper.agreed.mixin"]
    _order = "spec_id, sequence, id"

    spec_id = fields.Many2one("paper.spec", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Property", required=True, translate=True, agreed=True)
    unit = fields.Char(help="Unit of the limits, for example g/m², % or s.", agreed=True)
    minimum = fields.Float(digits=(16, 4), agreed=True)
    has_minimum = fields.Boolean(string="Has a Minimum", agreed=True)
    target = fields.Float(digits=(16, 4), agreed=True)
    maximum = fields.Float(digits=(16, 4), agreed=True)
    has_maximum = fields.Boolean(string="Has a Maximum", agreed=True)
    method = fields.Char(help="Test method with its edition, for example GB/T 451.2-2002.", agreed=True)

    @api.constrains("minimum", "maximum", "has_minimum", "has_maximum")
    def _check_range(self):
        for limit in self:
            if limit.has_minimum and limit.has_maximum and limit.minimum > limit.maximum:
                raise SpecGeometryError(
                    self.env._(
                        "%(property)s: the minimum %(minimum)s is above the maximum %(maximum)s.",
                        property=limit.name,
                        minimum=limit.minimum,
                        maximum=limit.maximum,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        limits = super().create(vals_list)
        limits.spec_id._check_unlocked()
        return limits

    def write(self, vals):
        self.spec_id._check_unlocked()
        result = super().write(vals)
        if "spec_id" in vals:
            self.spec_id._check_unlocked()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_locked(self):
        self.spec_id._check_unlocked()

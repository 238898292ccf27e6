from odoo import api, models


class PaperRequiredFact(models.Model):
    _inherit = "paper.required.fact"

    @api.model
    def _targets(self):
        """A fact that orders may have to name: the colour."""
        label = self.env["sale.order"]._fields["colour"]._description_string(self.env)
        return [*super()._targets(), ("sale.order,colour", label)]

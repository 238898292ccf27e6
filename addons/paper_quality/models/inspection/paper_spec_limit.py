from odoo import models

from ...lib.limits import property_of


class PaperSpecLimit(models.Model):
    _inherit = "paper.spec.limit"

    def _paper_property(self):
        """Return the figure of the paper that this limit speaks of, None for a property of its own."""
        self.ensure_one()
        return property_of(self.name, self.with_context(lang="en_US").name)

    def _paper_key(self):
        """Return what its property is told by: the code of a figure of the paper, else its name."""
        self.ensure_one()
        return self._paper_property() or (self.with_context(lang="en_US").name or "").strip().casefold()

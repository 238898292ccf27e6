from odoo import models

from ...lib.progress import Progress


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _paper_progress(self, reached=0.0, is_open=False, begun=False):
        """Return how far the paper of this line has come through a stage.

        :param reached: kg that have come through
        :param is_open: more of it is still under way
        :param begun: somebody took it up; what then is missing with nothing open was given up
        """
        self.ensure_one()
        spec = self.paper_spec_id
        # The mill makes and ships what the unit of measure says, which is rounded.
        procured = self._paper_line_kg(self.product_uom_qty)
        return Progress(
            ordered=min(self.paper_weight_kg, procured) if self.paper_weight_kg else procured,
            reached=reached,
            minus=spec.tolerance_minus,
            plus=spec.tolerance_plus,
            slack=max(self._paper_line_kg(self.product_uom_id.rounding), 0.001),
            open=is_open,
            begun=begun,
            line=self.id,
        )

    def _paper_accepted_kg(self):
        """Return how many kg of the line the customer takes at most: what is ordered, and the agreed tolerance once."""
        self.ensure_one()
        return self._paper_line_kg(self.product_uom_qty) * (1 + self.paper_spec_id.tolerance_plus / 100)

    def _paper_line_kg(self, quantity, uom=None):
        """Return ``quantity`` of a unit of measure, the line's unless given, in kg; 0 where that is no weight."""
        self.ensure_one()
        return (uom or self.product_uom_id)._paper_kg(quantity)

    def _paper_wanted(self):
        """Return the lines of paper of which something is ordered."""
        wanted = self.filtered(lambda line: line.is_paper and not line.display_type and line.product_uom_qty > 0)
        return wanted.with_prefetch(self._prefetch_ids)  # what hangs on them is read for all orders at once

    def _paper_in_hand(self):
        """Return ``{line: (kg that lie ready for it or have left, kg that are still to come)}``.

        Override where the mill keeps stock; without it nobody knows of any goods.
        """
        return {line: (0.0, line._paper_line_kg(line.product_uom_qty)) for line in self}

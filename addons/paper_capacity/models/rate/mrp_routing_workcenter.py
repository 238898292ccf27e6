from odoo import models


class MrpRoutingWorkcenter(models.Model):
    _inherit = "mrp.routing.workcenter"

    def _paper_share(self, product, spec):
        """Return how much of it the operation handles for each unit of a product that is made; 0 where it does nothing for it.

        Promise and cost ask it of a bill of materials that no order stands behind yet. Override where more goes through a
        machine than is sold.

        :param spec: paper.spec that is made, empty where it is no paper
        """
        self.ensure_one()
        return 0.0 if self._skip_operation_line(product) else 1.0

    def _paper_is_full_web(self, product):
        """Say whether the operation makes a web that no width is cut of yet, so that none of it is trim."""
        return False

from odoo import models

WAREHOUSE = "paper_base.group_warehouse"


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _paper_tell_stopped(self, lots, left):
        """Tell who prepares a delivery that rolls of it are stopped. Override to tell more people.

        :param lots: the rolls
        :param left: True where they have left with it already
        """
        self.ensure_one()
        if not left:
            (self.company_id or self.env.company)._paper_tell(
                WAREHOUSE,
                self,
                lambda picking: picking.env._(
                    "%(rolls)s: no longer for sale, and not kept for this delivery any more. Choose others.",
                    rolls=lots._told_names(),
                ),
                kind="stopped",
                quietly=True,
            )

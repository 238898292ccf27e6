from odoo import models

from ...exceptions import CountingError

SUPERVISOR = ("paper_base.group_supervisor",)
COUNTED = ("surplus", "shortage")


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        # sudo: the rule is the same whatever the user may read
        entering = self.sudo().filtered(lambda move: move._is_about_to_move() and move.production_id and move._is_paper_entry())
        entering.production_id._check_entry_by_note()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _check_paper_way(self, way, lines):
        if (
            way in COUNTED
            and self.company_id.paper_entry_by_note
            and not self.env["paper.stock.exception"]._is_one_of(SUPERVISOR)
        ):
            raise CountingError(
                self.env._(
                    "%(product)s: the production supervisor enters what was counted otherwise, and says why.",
                    product=self.product_id.display_name,
                )
            )
        return super()._check_paper_way(way, lines)

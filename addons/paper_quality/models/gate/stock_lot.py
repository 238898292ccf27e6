from odoo import models

from ...exceptions import MovedGoodsError
from .moved import same

# What stands on the roll, and what it was made by.
MOVED = ("name", "paper_spec_id", "product_id", "company_id")


class StockLot(models.Model):
    _inherit = "stock.lot"

    def write(self, vals):
        # A conversion that was entered wrong is taken back by its own step, with the numbers of its rolls.
        names = [] if self._is_step() else [name for name in MOVED if name in vals]
        # sudo: the rule is the same whatever the user may read
        lots = self.sudo().filtered("product_id.is_paper") if names else self.browse()
        changed = lots.filtered(lambda lot: any(lot[name] and not same(lot, name, vals[name]) for name in names))
        if changed:
            line = self.env["stock.move.line"].sudo().search(  # sudo: as above
                [("lot_id", "in", changed.ids), ("state", "=", "done")], limit=1
            )
            if line:
                raise MovedGoodsError(
                    self.env._(
                        "%(lot)s has moved under its number and by its specification: both stay. Put it on hold, or convert it.",
                        lot=line.lot_id.name,
                    ),
                    action=self.env["paper.way.out"]._lead_to(line.lot_id),
                )
        return super().write(vals)

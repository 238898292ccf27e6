from odoo import api, models
from odoo.addons.paper_base.models.steps.holding import holds

from ...exceptions import MovedGoodsError
from .moved import is_another_day
from .ways import INTO_QUARANTINE

# What was moved, how much of it, from where to where.
MOVED = (
    "product_id",
    "lot_id",
    "quantity",
    "product_uom_id",
    "location_id",
    "location_dest_id",
    "owner_id",
    "move_id",
    "picking_id",
    "state",
)


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # What has moved stays as it is

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # sudo: the rule is the same whatever the user may read
        lines.sudo().filtered(lambda line: line.state == "done" and line.product_id.is_paper)._refuse_moved()
        lines._make_lot_controls()
        return lines

    def write(self, vals):
        changed = [name for name in (*MOVED, "quant_id", "date") if name in vals]
        if changed:
            # sudo: see create
            done = self.sudo().filtered(lambda line: line.state == "done" and line.product_id.is_paper)
            done.filtered(lambda line: line._paper_differs(vals, changed))._refuse_moved()
        result = super().write(vals)
        if vals.get("lot_id"):
            self._make_lot_controls()
        return result

    def _paper_differs(self, vals, names):
        return any(
            is_another_day(vals[name]) if name == "date" else name == "quant_id" or not holds(self, name, vals[name])
            for name in names
        )

    def _refuse_moved(self):
        """Refuse to rewrite what has moved.

        :raises MovedGoodsError: if there is anything
        """
        if self:
            line = self[0]
            raise MovedGoodsError(
                self.env._(
                    "%(product)s of %(document)s has moved: what moved stays as it is. Return it, or count the stock.",
                    product=line.product_id.display_name,
                    document=line.picking_id.name or line.move_id.reference or line.move_id.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(line.picking_id),
            )

    # The way that paper takes

    def _paper_way(self):
        """Return the exceptional way that the line takes into the mill or out of it, a key of ``WAYS``; "" if none."""
        self.ensure_one()
        move, source, target = self.move_id, self.location_id, self.location_dest_id
        if move._is_paper_converting():
            return ""  # it changes its form and stays where it is
        ours, stays = source._is_paper_ours(), target._is_paper_ours()
        if ours and stays:
            return ""
        if stays:
            return move._paper_way_in(source)
        if target.usage == "customer" and source.usage != "customer":
            return "" if move._paper_leaves_for_order() else "sample"
        if not ours:
            return ""
        if target.usage == "transit":
            return "" if move._paper_leaves_for_order() else "other_company"
        if target.usage == "production":
            if move.raw_material_production_id:
                # Into paper, by its plan; into anything else it is gone, and what is made of it leaves past every gate.
                return "" if move.raw_material_production_id.product_id.is_paper else "made_into"
            return "unbuilt" if move.consume_unbuild_id else "used"
        if target.usage == "inventory":
            return "scrapped" if move.scrap_id else "shortage" if move.is_inventory else "written_off"
        return "sent_back"

    def _paper_into_quarantine(self):
        """Lead what enters by an exceptional way into the quarantine of its warehouse."""
        for line in self:
            if line.location_dest_id.is_paper_quarantine or line._paper_way() not in INTO_QUARANTINE:
                continue
            quarantine = line.move_id._paper_quarantine()
            line.location_dest_id = quarantine
            line.move_id._paper_lead_to(quarantine)

    def _leaves_quarantine(self):
        """Say whether the line takes paper out of quarantine to be used or sold."""
        self.ensure_one()
        target = self.location_dest_id
        if self.move_id._is_paper_converting():
            return False  # what is made of it stays there
        onward = target._is_paper_ours() or target.usage in ("customer", "production")
        return self.location_id.is_paper_quarantine and onward and not target.is_paper_quarantine

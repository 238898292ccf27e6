from odoo import models

from .release import changed

AGREED = (
    "product_id",
    "product_uom_qty",
    "product_uom",
    "raw_material_production_id",
    "production_id",
    "location_id",
    "location_dest_id",
    "bom_line_id",
    "operation_id",
    "workorder_id",
)


class StockMove(models.Model):
    """The components of an order, and what it makes, belong to what its plan agreed on."""

    _inherit = "stock.move"

    def _paper_production(self):
        """Return the orders that these moves are components or products of, but for released ones; scrap is neither."""
        moves = self.filtered(lambda move: (move.raw_material_production_id | move.production_id)._unreleased())
        # sudo: the rule is the same whatever the user may read
        moves = moves.sudo().filtered(lambda move: move.location_dest_id.usage != "inventory").sudo(False)
        return (moves.raw_material_production_id | moves.production_id)._unreleased()

    def _check_agreed_write(self, vals):
        """Refuse, or keep with its reason, what would change the components or the product of a decided plan.

        :return: the moves as they may be written
        """
        names = [name for name in AGREED if name in vals]
        if vals.get("state") in ("draft", "cancel"):
            names.append("state")
        productions = self._paper_production() if names else self.env["mrp.production"]
        for name in ("raw_material_production_id", "production_id"):
            # Nor does a move of something else become a component.
            productions |= productions.browse(vals.get(name) or ())
        held = productions._held()
        if not held:
            return self
        changes = {}
        for move, own in changed(self, vals, names).items():
            production = (move.raw_material_production_id or move.production_id) & held or held[:1]
            subject = move.product_id.display_name
            changes.setdefault(production, []).extend(
                production._prepare_part_change(move, name, vals[name], subject) for name in own
            )
        held._change_agreed(changes)
        return held._as_released(self)

    def _check_agreed(self, kind):
        """Refuse, or keep with its reason, that these moves are added to what a plan agreed on, or taken from it."""
        productions = self._paper_production()._held()
        if not productions:
            return productions
        subjects = {}
        for move in self:
            production = (move.raw_material_production_id or move.production_id) & productions
            subjects.setdefault(production, []).append((self._name, move.product_id.display_name))
        return productions._check_agreed(kind, subjects)

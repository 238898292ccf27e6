from odoo import api, fields, models

from ..lib.arrival_text import storable

# What an arrival may say of its order beyond the figures that every channel shares. Nothing else is taken over.
DETAILS = {
    "spec": {
        "format",
        "grain_direction",
        "sheets_per_ream",
        "core_outside_diameter",
        "reel_length",
        "winding_direction",
        "finish",
        "packing",
        "tolerance_minus",
        "tolerance_plus",
    },
    "order": {"partner_shipping_id", "incoterm", "paper_order_type"},
    "line": {"paper_quantity", "paper_unit"},
}


class PaperIntakeMessage(models.Model):
    _inherit = "paper.intake.message"

    details = fields.Json(
        string="Further Details", by_steps=True, help="What was told beyond the figures of every channel."
    )

    unread_columns = fields.Char(
        string="Columns Not Read", by_steps=True, help="Columns of the customer's list that stand for no figure here."
    )

    @api.model
    def _columns_text(self, book):
        """Return the names of the columns of an order book that nothing was read from."""
        return storable(", ".join(" ".join(name.split()) for name in book.ignored_columns), 500)

    def _told(self, part):
        """Return what was told of a part of the order: spec, order or line."""
        self.ensure_one()
        told = (self.details or {}).get(part) or {}
        return {name: value for name, value in told.items() if name in DETAILS[part]}

    def _prepare_spec_values(self):
        return {**super()._prepare_spec_values(), **self._told("spec")}

    def _prepare_head_values(self):
        return {**super()._prepare_head_values(), **self._told("order")}

    def _prepare_line_values(self, spec):
        values = super()._prepare_line_values(spec)
        told = self._told("line")
        # A weight that was mended later is what holds; the customer's own count was another one.
        same = told.get("paper_quantity") and abs(
            spec._convert(told["paper_quantity"], told["paper_unit"], "kg", raise_if_missing=False) - self.weight
        ) < max(0.01, self.weight * 0.0001)
        if not same:
            return values
        values.pop("product_uom_qty", None)
        return {**values, **told}

from odoo import models
from odoo.addons.paper_base.models.steps.permit import ServerToken


class Converting(ServerToken):
    """Tells the goods of a conversion of rolls from others: no client can send an instance.

    It is for the moves that it names: other moves that Odoo reserves meanwhile are as ever.
    """

    moves: frozenset

    def __new__(cls, *moves):
        token = super().__new__(cls, ",".join(map(str, moves)))
        token.moves = frozenset(moves)
        return token


KEY = "paper_converting"


class StockMove(models.Model):
    _inherit = "stock.move"

    def _paper_converting(self):
        """Return the moves in the environment in which they are done as the goods of a conversion."""
        return self.with_context(**{KEY: Converting(*self.ids)})

    def _is_paper_converting(self):
        """Say whether these are the goods of a conversion: they change their form and stay where they are."""
        token = self.env.context.get(KEY)
        return bool(self) and isinstance(token, Converting) and token.moves.issuperset(self.ids)

    def _get_value_from_production(self, quantity, at_date=None):
        """What a conversion makes is worth what it took, whatever the broke: each kg of it the same."""
        batch = self._paper_conversion_batch()
        if not batch or self.product_id.cost_method == "standard":
            return super()._get_value_from_production(quantity, at_date)
        made = batch.filtered(lambda move: move._is_in())
        taken = (batch - made).filtered(lambda move: move._is_out())
        whole = sum(move.product_uom._paper_kg(move.quantity) for move in made)
        own = self.product_id.uom_id._paper_kg(quantity)
        value = sum(taken.mapped("value")) * (own / whole if whole else 0.0)
        return {"value": value, "quantity": quantity, "description": self.origin or ""}

    def _paper_conversion_batch(self):
        """Return the moves of the conversion, or of its reversal, that this is one of; none where it is of no conversion."""
        self.ensure_one()
        if self.location_id.usage != "production":
            return self.browse()
        conversions = self.env["paper.roll.conversion"].sudo()  # sudo: the value is the same whoever asks for it
        found = conversions.search(["|", ("move_ids", "in", self.ids), ("undo_move_ids", "in", self.ids)], limit=1)
        return found.move_ids if self in found.move_ids else found.undo_move_ids

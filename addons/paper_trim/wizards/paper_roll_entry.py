from odoo import models


class PaperRollEntry(models.TransientModel):
    """The next set of the chosen trim is what the crew enters: a roll for each width, in its place across the web (R5.3.1)."""

    _inherit = "paper.roll.entry"

    def _prepare_lines(self):
        turn = self.production_id._paper_next_set()
        return [
            {
                "paper_width": cut.width,
                "paper_length": metres,
                "paper_diameter": turn.diameter,
                "paper_set_number": turn.number,
                "paper_position": cut.place + 1,
            }
            for cut, metres in turn._rolls_of(self.production_id)
        ] if turn else super()._prepare_lines()

from odoo import models

from ...exceptions import OpinionIncompleteError


class PaperEvaluationOpinion(models.Model):
    _inherit = "paper.evaluation.opinion"

    def _check_price_settled(self):
        """Refuse the opinion on cost while price or cost is still being settled with sales."""
        for opinion in self.filtered(lambda rec: rec.dimension == "cost"):
            rounds = opinion.evaluation_id.sudo().price_round_ids  # sudo: whether one is open is asked, not its figures
            if any(record.state == "open" for record in rounds):
                raise OpinionIncompleteError(
                    self.env._("%(opinion)s: the round on price or cost has to end first.", opinion=opinion.display_name)
                )

from odoo import models


class StockReference(models.Model):
    _inherit = "stock.reference"

    def _paper_productions(self, given_up=False):
        """Return the manufacturing orders that make the paper of what these references stand for.

        :param given_up: True returns those with them that were cancelled
        """
        made = self.production_ids
        paper = made.filtered(lambda production: production.is_paper and (given_up or production.state != "cancel"))
        # filtered() would read what hangs on them one reference at a time
        return paper.with_prefetch(made._prefetch_ids)

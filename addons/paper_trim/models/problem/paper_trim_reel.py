from odoo import fields, models

from ...lib.items import StockReel


class PaperTrimReel(models.Model):
    """A reel in stock that may be rewound instead of making new paper: offered to a trim problem, taken where it pays."""

    _name = "paper.trim.reel"
    _description = "Stock Reel for the Trim"
    _inherit = ["paper.trim.part"]
    _order = "width desc, id"
    _check_company_auto = True
    _rec_name = "lot_id"

    lot_id = fields.Many2one("stock.lot", string="Reel", required=True, index=True, ondelete="cascade", check_company=True)
    width = fields.Float(string="Width (mm)", digits=(16, 2), aggregator=None)
    length = fields.Float(string="Web Length (m)", digits=(16, 2))
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(string="Rewinding", help="What rewinding it costs.")

    _once = models.UniqueIndex("(problem_id, lot_id)", "This reel is offered already.")

    def _prepare_reel(self):
        """Return the reel as the maths reads it: :class:`~..lib.items.StockReel`."""
        self.ensure_one()
        return StockReel(str(self.lot_id.id), self.width, self.length, self.cost)

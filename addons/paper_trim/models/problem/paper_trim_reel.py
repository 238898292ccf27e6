from odoo import api, fields, models

from ...lib.items import StockReel


class PaperTrimReel(models.Model):
    """A reel in stock that may be rewound instead of making new paper: offered to a trim problem, taken where it pays."""

    _name = "paper.trim.reel"
    _description = "Stock Reel for the Trim"
    _order = "width desc, id"
    _check_company_auto = True
    _rec_name = "lot_id"

    problem_id = fields.Many2one("paper.trim.problem", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="problem_id.company_id", store=True, index=True)
    lot_id = fields.Many2one("stock.lot", string="Reel", required=True, index=True, ondelete="cascade", check_company=True)
    width = fields.Float(string="Width (mm)", digits=(16, 2), aggregator=None)
    length = fields.Float(string="Web Length (m)", digits=(16, 2))
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(string="Rewinding", help="What rewinding it costs.")

    _once = models.UniqueIndex("(problem_id, lot_id)", "This reel is offered already.")

    @api.model_create_multi
    def create(self, vals_list):
        reels = super().create(vals_list)
        reels.problem_id._check_draft()
        return reels

    def write(self, vals):
        self.problem_id._check_draft()
        result = super().write(vals)
        self.problem_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_of_draft(self):
        self.problem_id._check_draft()

    def _prepare_reel(self):
        """Return the reel as the maths reads it: :class:`~..lib.items.StockReel`."""
        self.ensure_one()
        return StockReel(str(self.lot_id.id), self.width, self.length, self.cost)

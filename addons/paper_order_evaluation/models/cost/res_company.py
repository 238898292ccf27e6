from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_trim_counted = fields.Float(
        string="Trim Loss Counted at Most (%)",
        digits=(5, 2),
        default=5.0,
        help="An order's own width may leave much of the web over; what other orders will fill is not its cost (R3.3.5).",
    )
    paper_broke_value = fields.Float(
        string="Value of Broke (% of the Material)",
        digits=(5, 2),
        default=0.0,
        help="Share of the material's value that comes back with trim and broke (R3.3.5).",
    )

    _paper_cost_shares = models.Constraint(
        "CHECK(paper_trim_counted >= 0 AND paper_trim_counted < 100 AND paper_broke_value BETWEEN 0 AND 100)",
        "A share lies between 0 and 100 %.",
    )

    def _paper_counted_trim(self):
        self.ensure_one()
        return self.paper_trim_counted / 100

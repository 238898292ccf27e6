from odoo import api, fields, models


class MrpProduction(models.Model):
    """A manufacturing order in the trim: what is cut for it by the chosen results (R5.1.1)."""

    _inherit = "mrp.production"

    paper_trim_cut_ids = fields.One2many("paper.trim.cut", "production_id", string="Cuts")
    paper_trim_kg = fields.Float(string="Trimmed (kg)", digits=(16, 1), compute="_compute_paper_trim", compute_sudo=True)
    paper_trim_problem_id = fields.Many2one("paper.trim.problem", string="Trim", compute="_compute_paper_trim", compute_sudo=True)

    @api.depends("paper_trim_cut_ids.kg", "paper_trim_cut_ids.result_id.problem_id.chosen_id")
    def _compute_paper_trim(self):
        for production in self:
            cuts = production.paper_trim_cut_ids.filtered(lambda cut: cut.result_id.is_chosen)
            production.paper_trim_kg = sum(cuts.mapped("kg"))
            production.paper_trim_problem_id = cuts.result_id.problem_id[:1]

    def action_paper_trim(self):
        """Open the trim that the order is cut by."""
        self.ensure_one()
        return self.paper_trim_problem_id._get_records_action(name=self.env._("Trim"))

    def _paper_trim_range(self):
        """Return (planned, least, most) kg that the trim may cut for the order.

        Where the orders of a line together make what the customer takes, each may be shorter or longer as long as their sum is
        within the line's tolerance; else each keeps the line's tolerance for its own quantity.
        """
        self.ensure_one()
        planned = self._paper_kg(self.product_qty)
        line, low, high = self._paper_limits()
        if line:
            others = sum(rec._paper_kg(rec.product_qty) for rec in line._paper_line_productions() - self)
            if low <= planned + others <= high:
                return planned, max(low - others, 0.0), high - others
            wanted = line._paper_progress()
            return planned, planned * (1 - wanted.minus / 100), planned * (1 + wanted.plus / 100)
        return planned, low, high

    def _trim_papers(self):
        """Return what must be the same for one web: (product, basis weight) of these orders, a set."""
        # sudo: planning reads of a specification what it makes
        return {(rec.product_id.id, rec.sudo().paper_spec_id.basis_weight) for rec in self}

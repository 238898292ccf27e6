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

    def _paper_chosen_cuts(self):
        """Return what the chosen results cut of new paper for these orders."""
        # sudo: whoever winds by the trim need not plan it
        return self.sudo().paper_trim_cut_ids.filtered(lambda cut: cut.result_id.is_chosen and not cut.pattern_id.lot_id)

    def _paper_take_by_trim(self):
        """Let cuts take so much base paper as the chosen trim does, its loss included; without one, what the recipe says.

        It holds for orders that nobody has begun, in plans that are drafts: the runs of these make so much then.
        """
        # sudo: what an order takes follows from the trim that planning chose
        own = self.sudo().filtered(lambda rec: rec.paper_kind == "cut" and rec.state == "confirmed")
        cuts = own.filtered(lambda rec: rec.paper_plan_id.state in (False, "draft"))
        for cut in cuts:
            made = cut._paper_kg(cut.product_qty)
            taken = made * cut._paper_taken_per_kg()
            broke = cut.move_byproduct_ids.filtered(lambda move, cut=cut: move.product_id == cut.bom_id.paper_broke_id)
            moves = (cut._paper_base_moves(), taken), (broke, max(taken - made, 0.0))
            for move, kg in ((rec, kg) for recs, kg in moves for rec in recs[:1]):
                quantity = move.product_id.uom_id._compute_quantity(kg, move.product_uom, round=False)
                if move.product_uom.compare(move.product_uom_qty, quantity):
                    move.product_uom_qty = quantity
        for plan in cuts.paper_plan_id:
            plan._paper_make_runs()

    def _paper_taken_per_kg(self):
        """Return how many kg of base paper one kg of a cut takes: by the chosen trim, else by its recipe."""
        self.ensure_one()
        whole = self.paper_trim_kg
        if whole:
            cuts = self._paper_chosen_cuts()
            return sum(cut.kg * cut.result_id.problem_id.web_mm / cut.pattern_id.used_mm for cut in cuts) / whole
        lines = self.bom_id.bom_line_ids.filtered(lambda line: line.product_id == self.paper_base_id)
        return sum(lines.mapped("product_qty")) / self.bom_id.product_qty

    def _paper_next_set(self):
        """Return the first set of the chosen trim of which nothing is entered for this order; none when all are wound."""
        self.ensure_one()
        wound = set(self.paper_roll_ids.mapped("paper_set_number"))
        patterns = self._paper_chosen_cuts().pattern_id
        return patterns.result_id.set_ids.filtered(lambda turn: turn.pattern_id in patterns and turn.number not in wound)[:1]

    def _trim_papers(self):
        """Return what must be the same for one web: (product, basis weight) of these orders, a set."""
        # sudo: planning reads of a specification what it makes
        return {(rec.product_id.id, rec.sudo().paper_spec_id.basis_weight) for rec in self}

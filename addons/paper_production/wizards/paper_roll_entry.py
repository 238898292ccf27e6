from odoo import Command, api, fields, models

KILOGRAM = (16, 3)


class PaperRollEntry(models.TransientModel):
    """Entering what a run or cut has made: a jumbo that comes down, a set that comes off the winder, a pallet (R5.3.1)."""

    _name = "paper.roll.entry"
    _description = "Entry of Rolls"

    production_id = fields.Many2one("mrp.production", required=True, readonly=True)
    company_id = fields.Many2one(related="production_id.company_id")
    paper_kind = fields.Selection(related="production_id.paper_kind")
    paper_base_id = fields.Many2one(related="production_id.paper_base_id")
    jumbo_id = fields.Many2one("stock.lot", string="Cut From", check_company=True)
    jumbo_left_kg = fields.Float(string="Left of It (kg)", digits=(16, 1), compute="_compute_jumbo_left_kg", compute_sudo=True)
    broke_kg = fields.Float(string="Broke and Trim (kg)", digits=KILOGRAM)
    line_ids = fields.One2many("paper.roll.entry.line", "entry_id", string="Rolls")

    @api.depends("jumbo_id")
    def _compute_jumbo_left_kg(self):
        for entry in self:
            entry.jumbo_left_kg = entry.jumbo_id._paper_left_kg() if entry.jumbo_id else 0.0

    @api.model_create_multi
    def create(self, vals_list):
        entries = super().create(vals_list)
        for entry in entries.filtered(lambda rec: not rec.line_ids):
            width = entry.production_id.paper_spec_id.width
            entry.line_ids = [Command.create({"name": entry._next_name(), "paper_width": width})]
        return entries

    def _next_name(self):
        production = self.production_id
        number = production.paper_roll_count + len(self.line_ids) + 1
        return f"{production.name}-{number:02d}"

    def action_enter(self):
        """Enter the rolls; they are in stock when the order is finished."""
        self.ensure_one()
        self.production_id._paper_enter([line._roll() for line in self.line_ids], self.broke_kg, self.jumbo_id)
        return {"type": "ir.actions.act_window_close"}

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
            entry.line_ids = [
                Command.create({"name": entry._next_name(place), **vals}) for place, vals in enumerate(entry._prepare_lines(), 1)
            ]
        return entries

    def _prepare_lines(self):
        """Return the values of the rolls that are proposed, weighed by nobody yet. Override to propose those of the next set."""
        self.ensure_one()
        return [{"paper_width": self.production_id.paper_spec_id.width}]

    def _next_name(self, place):
        """Return the number of the roll that is entered in this place, counted from 1."""
        production = self.production_id
        return f"{production.name}-{production.paper_roll_count + place:02d}"

    def action_enter(self):
        """Enter the rolls; they are in stock when the order is finished."""
        self.ensure_one()
        self.production_id._paper_enter([line._roll() for line in self.line_ids], self.broke_kg, self.jumbo_id)
        return {"type": "ir.actions.act_window_close"}

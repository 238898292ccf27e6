from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..exceptions import TrimTypingError


class PaperTrimTyping(models.TransientModel):
    """Patterns that a planner types; the server says at once what they break, and keeps them as a result (R5.1.1)."""

    _name = "paper.trim.typing"
    _description = "Typed Patterns"

    problem_id = fields.Many2one("paper.trim.problem", required=True, ondelete="cascade")
    text = fields.Text(string="Patterns", help="A line for each: widths, a colon, and the number of sets or metres.")
    faults = fields.Text(string="Not Possible because", compute="_compute_faults")
    waste = fields.Float(string="Waste (%)", digits=(16, 2), compute="_compute_faults")
    is_sound = fields.Boolean(compute="_compute_faults")

    @api.depends("text", "problem_id")
    def _compute_faults(self):
        for typing in self:
            typing.faults, typing.waste, typing.is_sound = False, 0.0, False
            if not said(typing.text) or not typing.problem_id:
                continue
            try:
                plan, texts = typing.problem_id._typed_faults(typing.text)
            except TrimTypingError as error:
                typing.faults = str(error)
                continue
            typing.faults = "\n".join(texts)
            typing.waste = 100 * plan.waste
            typing.is_sound = bool(plan.runs) and not texts

    def action_keep(self):
        """Keep the patterns as a result beside the computed ones."""
        self.ensure_one()
        self.problem_id._keep_typed(self.text)
        return {"type": "ir.actions.act_window_close"}

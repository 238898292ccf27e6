from odoo import fields, models

from ..exceptions import TrimTypingError


class PaperTrimFault(models.TransientModel):
    """Where a jumbo is bad; the trim is planned anew round it, and only what must change does (R5.1.1)."""

    _name = "paper.trim.fault"
    _description = "Trim round a Fault"

    pattern_id = fields.Many2one("paper.trim.pattern", required=True, ondelete="cascade")
    metres = fields.Float(related="pattern_id.metres")
    trim_mm = fields.Float(related="pattern_id.trim_mm")
    # Where the fault ends is asked, never taken for granted: the whole run would be lost by one careless press.
    from_m = fields.Float(string="From (m)", digits=(16, 1))
    to_m = fields.Float(string="To (m)", digits=(16, 1))
    from_mm = fields.Float(string="From the First Edge (mm)", digits=(16, 1))
    to_mm = fields.Float(string="To (mm)", digits=(16, 1))

    def action_retrim(self):
        """Plan the trim round the fault; the result stands beside the one that it was made from.

        :raises TrimTypingError: if the fault lies outside of the pattern, or on a stock reel
        """
        self.ensure_one()
        pattern = self.pattern_id
        inside = (
            0 <= self.from_m < self.to_m <= pattern.metres + 1e-6 and 0 <= self.from_mm < self.to_mm <= pattern.trim_mm + 1e-6
        )
        if not inside or pattern.lot_id:
            raise TrimTypingError(
                self.env._(
                    "The fault lies outside of the pattern: it is %(metres)s m long and %(trim)s mm wide, and of new paper.",
                    metres=f"{pattern.metres:.10g}",
                    trim=f"{pattern.trim_mm:.10g}",
                )
            )
        pattern.result_id.problem_id._keep_retrim(pattern, self.from_m, self.to_m, self.from_mm, self.to_mm)
        return {"type": "ir.actions.act_window_close"}

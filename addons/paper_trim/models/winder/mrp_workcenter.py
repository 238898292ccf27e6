from odoo import fields, models

from ...lib.items import Winder


class MrpWorkcenter(models.Model):
    """What a winder can cut: how wide, with how many knives, how near they stand (R5.1.1)."""

    _inherit = "mrp.workcenter"

    paper_is_winder = fields.Boolean(string="Winder", help="Cuts the web into the widths of orders: its trim is planned.")
    paper_trim_max = fields.Float(
        string="Trim Width to (mm)",
        digits=(16, 2),
        help="Most that the widths of a set may add up to. 0: the web less its edges.",
    )
    paper_trim_min = fields.Float(string="Trim Width from (mm)", digits=(16, 2), help="Least that the widths of a set add up to.")
    paper_edge_trim = fields.Float(
        string="Edge Trim (mm)", digits=(16, 2), help="What is always cut off at each edge of the web."
    )
    paper_knives = fields.Integer(string="Knives", help="A set of n pieces needs n + 1 of them. 0: no limit.")
    paper_knife_pitch = fields.Float(string="Knife Distance (mm)", digits=(16, 2), help="Least distance of two knives.")
    paper_rewind_cost = fields.Monetary(
        string="Cost of Rewinding a Reel",
        help="What it costs to rewind a reel from stock. A reel is taken where the new paper that it saves is worth more.",
    )

    _paper_winder_figures = models.Constraint(
        """CHECK(paper_trim_max >= 0 AND paper_trim_min >= 0 AND paper_edge_trim >= 0 AND paper_knives >= 0
           AND paper_knives != 1 AND paper_knife_pitch >= 0 AND paper_rewind_cost >= 0)""",
        "The figures of a winder cannot be negative, and one knife alone cuts no set.",
    )

    def _paper_winder(self, web_mm):
        """Return the :class:`~..lib.items.Winder` that gets a web of ``web_mm``."""
        self.ensure_one()
        trim = web_mm - 2 * self.paper_edge_trim
        if self.paper_trim_max:
            trim = min(trim, self.paper_trim_max)
        return Winder(
            deckle_mm=max(trim, 0.0) + 2 * self.paper_edge_trim,
            edge_trim_mm=self.paper_edge_trim,
            trim_min_mm=self.paper_trim_min,
            knives=self.paper_knives or None,
            pitch_mm=self.paper_knife_pitch,
        )

    def _paper_web(self):
        """Return the width of the web that the winder gets unless told otherwise, mm."""
        self.ensure_one()
        widest = self._paper_widest_deckle(self.company_id.id or self.env.company.id)
        return widest or self.paper_trim_max + 2 * self.paper_edge_trim

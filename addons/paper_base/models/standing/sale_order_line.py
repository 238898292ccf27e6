from odoo import api, fields, models

from .columns import store_columns
from .sale_order import SOON_DAYS

# What the tracking table shows of a line: how many kg have come through which stage.
TRACKED = {
    "paper_planned_kg": "planned",
    "paper_made_kg": "produced",
    "paper_inspected_kg": "inspected",
    "paper_stocked_kg": "stocked",
    "paper_shipped_kg": "dispatched",
    "paper_accepted_kg": "delivered",
}
# Less is what a figure of so many digits is rounded by.
SAME_KG = 0.0005
LIGHTS = [("late", "Late"), ("soon", "Due Soon"), ("fine", "In Time"), ("done", "Done")]


class SaleOrderLine(models.Model):
    """A row of the tracking table: ordered, planned, made, inspected, shipped, accepted, invoiced, each in kg."""

    _inherit = "sale.order.line"

    # Stored with where their order stands, by the same milestones, when a transaction ends.
    paper_stage = fields.Selection(
        lambda self: self.env["sale.order"]._paper_stage_names(), string="Stage", by_steps=True, copy=False
    )
    paper_planned_kg = fields.Float(string="Planned (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_made_kg = fields.Float(string="Made (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_inspected_kg = fields.Float(string="Passed (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_stocked_kg = fields.Float(string="In Stock (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_shipped_kg = fields.Float(string="Shipped (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_accepted_kg = fields.Float(string="Accepted (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_invoiced_kg = fields.Float(string="Invoiced (kg)", digits=(16, 0), compute="_compute_paper_tracking")
    paper_due_day = fields.Date(string="Due", compute="_compute_paper_tracking")
    paper_light = fields.Selection(LIGHTS, string="Light", compute="_compute_paper_tracking")

    # The tracking table reads the lines of orders that are under way, of all that a mill ever had.
    _paper_under_way = models.Index("(order_id, paper_stage) WHERE paper_stage != 'closed'")

    @api.depends(
        "product_uom_qty",
        "qty_invoiced",
        "order_id.state",
        "paper_shipped_kg",
        "paper_commitment_date",
        "order_id.commitment_date",
        "company_id",
    )
    def _compute_paper_tracking(self):
        days = {}
        self.order_id.fetch(("company_id", "state", "commitment_date", "name"))
        for line in self:
            company = line.order_id.company_id or self.env.company
            if company not in days:
                today = company._paper_today()
                days[company] = today, company._paper_add_working_days(today, SOON_DAYS)
            line.paper_invoiced_kg = line._paper_line_kg(line.qty_invoiced)
            line.paper_due_day = line._paper_delivery_day()
            line.paper_light = line._light(*days[company])

    def _light(self, today, soon):
        """Return the light of a line: whether its day has passed, comes soon, or all of it has left the mill."""
        if self.order_id.state == "cancel" or not self.is_paper:
            return False
        if self._paper_progress(self.paper_shipped_kg).is_enough:
            return "done"
        if not self.paper_due_day:
            return False
        if self.paper_due_day < today:
            return "late"
        return "soon" if self.paper_due_day <= soon else "fine"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        tracked = self.env["sale.order"]._paper_tracked_stages()
        for node in arch.iter("field"):
            if TRACKED.get(node.get("name"), "") not in {"", *tracked}:
                node.set("column_invisible" if view_type == "list" else "invisible", "True")
        return arch, view

    def _store_reached(self, reached, stages):
        """Store where these lines stand and how many kg of them have come through each stage, of all that differ at once.

        :param reached: ``{line id: {stage: kg}}``
        :param stages: ``{order id: the stage in which the order stands, None where in none}``
        """
        rows = []
        for line in self:
            stage = stages[line.order_id.id]
            weights = [reached.get(line.id, {}).get(code, 0.0) for code in TRACKED.values()]
            differs = any(abs(line[name] - weight) > SAME_KG for name, weight in zip(TRACKED, weights, strict=True))
            if differs or (line.paper_stage or None) != stage:
                rows.append((line.id, stage, *weights))
        if not rows:
            return
        store_columns(self, ["paper_stage", *TRACKED], rows)
        self.invalidate_recordset(["paper_stage", *TRACKED, "paper_light"], flush=False)
        self.order_id.invalidate_recordset(["paper_made_percent", "paper_shipped_percent"], flush=False)

    def action_open_tracked_order(self):
        self.ensure_one()
        return self.env["paper.way.out"]._open(self.order_id)
